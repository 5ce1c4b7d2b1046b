import { AutogradError } from "../errors.ts";
import { requireFunction, requireOptions } from "../options.ts";
import { flatIndex, format } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { isPromise, type Synchronous } from "./grad-mode.ts";
import type { Node } from "./node.ts";

/** Options of {@link detectAnomaly} and {@link setDetectAnomaly}. */
export interface AnomalyOptions {
  /** Names of parameters for the report, such as `model.namedParameters()`. Default: none. */
  names?: Iterable<readonly [name: string, x: Tensor]>;
  /** Also report infinite gradients; PyTorch reports NaN only. Default: true. */
  infinity?: boolean;
}

interface AnomalyMode {
  readonly names: ReadonlyMap<Tensor, string>;
  readonly infinity: boolean;
}

let mode: AnomalyMode | null = null;

/**
 * Whether anomaly mode is on.
 *
 * PyTorch: [`torch.is_anomaly_enabled`](https://pytorch.org/docs/stable/autograd.html#anomaly-detection).
 *
 * @example
 * ```ts
 * import { detectAnomaly, isAnomalyEnabled } from "@torchlet/tensor";
 *
 * isAnomalyEnabled(); // => false
 * detectAnomaly(() => isAnomalyEnabled()); // => true
 * ```
 */
export function isAnomalyEnabled(): boolean {
  return mode !== null;
}

/**
 * Switches anomaly mode for the whole program; {@link detectAnomaly} does it for one piece of code.
 *
 * PyTorch: [`torch.autograd.set_detect_anomaly`](https://pytorch.org/docs/stable/autograd.html#torch.autograd.set_detect_anomaly).
 *
 * @param on - Whether gradients shall be checked.
 * @param options - `names` of parameters, and whether `infinity` counts.
 *
 * @example
 * ```ts
 * import { isAnomalyEnabled, setDetectAnomaly } from "@torchlet/tensor";
 *
 * setDetectAnomaly(true);
 * isAnomalyEnabled(); // => true
 * setDetectAnomaly(false);
 * ```
 */
export function setDetectAnomaly(on: boolean, options: AnomalyOptions = {}): void {
  mode = on ? modeOf("setDetectAnomaly", options) : null;
}

function modeOf(op: string, options: AnomalyOptions): AnomalyMode {
  requireOptions(op, options, "infinity: false", ["names", "infinity"]);
  const { names = [], infinity = true } = options;
  return { names: new Map(Array.from(names, ([name, x]) => [x, name])), infinity };
}

/**
 * Runs `body` so that the first NaN or infinite gradient is an error that says where it comes from.
 *
 * The error names the operation whose gradient went wrong, the element and its value, the parameters nearest to it (if `names` are
 * given), and the line that called the operation in forward. Forward and backward must both happen inside `body`, which must be
 * synchronous. Every gradient is read and every call noted, so this is for debugging only.
 * PyTorch: [`torch.autograd.detect_anomaly`](https://pytorch.org/docs/stable/autograd.html#torch.autograd.detect_anomaly), which
 * reports NaN only: `{ infinity: false }`.
 *
 * @param body - What to run.
 * @param options - `names` of parameters, and whether `infinity` counts.
 * @returns What `body` returns.
 * @throws AutogradError from `backward` or `grad` inside `body`, when a gradient is not finite; if `body` returns a promise.
 *
 * @example
 * ```ts
 * import { detectAnomaly, tensor } from "@torchlet/tensor";
 *
 * const w = tensor([4, 0], { requiresGrad: true });
 * let message = "";
 * try {
 *   detectAnomaly(() => w.sqrt().sum().backward(), { names: [["w", w]] }); // d√w/dw at 0 is infinite
 * } catch (error) {
 *   message = (error as Error).message;
 * }
 * message.split("\n")[0]; // => "[backward] sqrt produced a gradient that is not finite: Infinity at [1], for w of shape [2]"
 * ```
 */
export function detectAnomaly<T>(body: () => Synchronous<T>, options: AnomalyOptions = {}): T {
  requireFunction("detectAnomaly", "the body", body);
  const before = mode;
  mode = modeOf("detectAnomaly", options);
  try {
    const result: T = body();
    if (isPromise(result))
      throw new AutogradError(
        "detectAnomaly",
        "the callback returned a promise, but the mode ends before it is settled; call setDetectAnomaly(true) before it, and (false) afterwards",
      );
    return result;
  } finally {
    mode = before;
  }
}

/** In anomaly mode, notes where the operation was called. */
export function recordStack(node: Node): Node {
  if (mode !== null) node.stack = userFrames();
  return node;
}

/** Where we were called from, without the frames of this package and of the JavaScript engine. */
function userFrames(): string {
  // The folder of the package's sources, or of what they are bundled into. Vite would take new URL(".", ...) for a file to be served.
  const here = new URL(import.meta.url).pathname.replace(/(autograd\/)?[^/]*$/, "");
  const settings = Error as { stackTraceLimit?: number };
  const limit = settings.stackTraceLimit;
  if (limit !== undefined) settings.stackTraceLimit = 50;
  const frames = (new Error().stack ?? "").split("\n").filter((line) => /^\s+at |@/.test(line));
  if (limit !== undefined) settings.stackTraceLimit = limit;
  const foreign = frames.filter((line) => !line.includes(here) && !line.includes("node:internal"));
  return (foreign.length > 0 ? foreign : frames).join("\n");
}

/** In anomaly mode, throws if `g`, which `source` gave for the output of `of`, is not finite; `node` is the operation to blame. */
export function checkFinite(source: string, node: Node, of: Node, g: Tensor): void {
  if (mode === null) return;
  const { infinity, names } = mode;
  const values = g.toTypedArray();
  const bad = values.findIndex((v) => (infinity ? !Number.isFinite(v) : Number.isNaN(v)));
  if (bad < 0) return;
  const name = of.leaf && names.get(of.leaf);
  const near = name ? [] : nearestNames(node, names);
  throw new AutogradError(
    "backward",
    `${source} produced a gradient that is not finite: ${values[bad]} at ${format(flatIndex(bad, g.shape))}, ` +
      `for ${name ?? (of === node ? "a tensor" : "an input")} of shape ${format(g.shape)}` +
      (near.length > 0 ? `; nearest parameters: ${near.join(", ")}` : "") +
      (node.stack ? `\nforward call of ${node.name}:\n${node.stack}` : ""),
  );
}

/** The named leaves that are the fewest operations away from `node`. */
function nearestNames(node: Node, names: ReadonlyMap<Tensor, string>): string[] {
  const seen = new Set<Node>();
  for (let level = [node]; level.length > 0 && names.size > 0;) {
    const found = level.flatMap((n) => (n.leaf && names.get(n.leaf)) ?? []);
    if (found.length > 0) return found;
    level = level.flatMap((n) => n.parents.filter((p): p is Node => p !== null && !seen.has(p)));
    for (const n of level) seen.add(n);
    level = [...new Set(level)];
  }
  return [];
}
