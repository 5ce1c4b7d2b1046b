import { AutogradError } from "../errors.ts";
import { requireFunction } from "../options.ts";

let enabled = true;

/**
 * Whether operations are being recorded for backward.
 *
 * PyTorch: [`torch.is_grad_enabled`](https://pytorch.org/docs/stable/generated/torch.is_grad_enabled.html).
 *
 * @example
 * ```ts
 * import { isGradEnabled, noGrad } from "@torchlet/tensor";
 *
 * isGradEnabled(); // => true
 * noGrad(() => isGradEnabled()); // => false
 * ```
 */
export function isGradEnabled(): boolean {
  return enabled;
}

/** A callback that gives its result at once: a `Promise` would still run after the mode has ended. */
export type Synchronous<T> = T extends PromiseLike<unknown> ? never : T;

/**
 * Runs `body` without recording: results have no history, and leaves may be changed in place.
 *
 * The mode ends when `body` returns or throws, so `body` must be synchronous; an `async` function does not compile here.
 * PyTorch: [`torch.no_grad`](https://pytorch.org/docs/stable/generated/torch.no_grad.html).
 *
 * @param body - What to run.
 * @returns What `body` returns.
 * @throws AutogradError if `body` returns a promise all the same.
 *
 * @example
 * ```ts
 * import { noGrad, tensor } from "@torchlet/tensor";
 *
 * const w = tensor([1, 2], { requiresGrad: true });
 * const y = noGrad(() => w.mul(2));
 * y.requiresGrad; // => false
 * ```
 */
export function noGrad<T>(body: () => Synchronous<T>): T {
  requireFunction("noGrad", "the body", body);
  return withGradMode(false, body);
}

/**
 * Runs `body` with recording switched on, also inside {@link noGrad}.
 *
 * PyTorch: [`torch.enable_grad`](https://pytorch.org/docs/stable/generated/torch.enable_grad.html).
 *
 * @param body - What to run.
 * @returns What `body` returns.
 * @throws AutogradError if `body` returns a promise.
 *
 * @example
 * ```ts
 * import { enableGrad, noGrad, tensor } from "@torchlet/tensor";
 *
 * const w = tensor(3, { requiresGrad: true });
 * noGrad(() => enableGrad(() => w.mul(2)).requiresGrad); // => true
 * ```
 */
export function enableGrad<T>(body: () => Synchronous<T>): T {
  requireFunction("enableGrad", "the body", body);
  return withGradMode(true, body);
}

/** Runs `body` with recording on or off; the mode before returns afterwards. */
export function withGradMode<T>(mode: boolean, body: () => Synchronous<T>): T {
  const before = enabled;
  enabled = mode;
  try {
    const result: T = body();
    if (isPromise(result)) {
      throw new AutogradError(
        mode ? "enableGrad" : "noGrad",
        "the callback returned a promise, but the mode ends before it is settled; await outside",
      );
    }
    return result;
  } finally {
    enabled = before;
  }
}

/** Whether it is the result of an `async` function. */
export function isPromise(x: unknown): boolean {
  return typeof x === "object" && x !== null && "then" in x && typeof x.then === "function";
}
