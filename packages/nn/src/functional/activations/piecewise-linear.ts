/** Functions of straight pieces. */
import { ValueError, type Tensor } from "@torchlet/tensor";
import * as fused from "@torchlet/tensor/fused";
import { requireTensor } from "../../arguments/tensors.ts";

/**
 * Elementwise `x` limited to `[min, max]`. Gradient: `g` strictly inside, else 0.
 *
 * PyTorch: [`F.hardtanh`](https://pytorch.org/docs/stable/generated/torch.nn.functional.hardtanh.html).
 *
 * @param x - Any shape.
 * @param min - The lowest value. Default: -1.
 * @param max - The highest value. Default: 1.
 * @throws ValueError if `min > max`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.hardtanh(tensor([-3, 0.5, 3])).toArray(); // => [-1, 0.5, 1]
 * ```
 */
export function hardtanh(x: Tensor, min = -1, max = 1): Tensor {
  requireTensor("hardtanh", "the input", x);
  if (!(min <= max)) throw new ValueError("hardtanh", `needs min <= max, got ${min} and ${max}`);
  return fused.hardtanh(x, min, max);
}

/**
 * Elementwise `x/6 + 1/2` limited to `[0, 1]`. Gradient: `g / 6` for `-3 < x < 3`, else 0.
 *
 * PyTorch: [`F.hardsigmoid`](https://pytorch.org/docs/stable/generated/torch.nn.functional.hardsigmoid.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.hardsigmoid(tensor([-4, 0, 1.5, 4])).toArray(); // => [0, 0.5, 0.75, 1]
 * ```
 */
export function hardsigmoid(x: Tensor): Tensor {
  requireTensor("hardsigmoid", "the input", x);
  return hardtanh(x.add(3), 0, 6).div(6);
}

/**
 * Elementwise `x hardsigmoid(x)`. Gradient: `g (x/3 + 1/2)` for `-3 ≤ x ≤ 3`, `g` above, 0 below.
 *
 * PyTorch: [`F.hardswish`](https://pytorch.org/docs/stable/generated/torch.nn.functional.hardswish.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.hardswish(tensor([-4, 0, 1.5, 4])).toArray(); // => [0, 0, 1.125, 4]
 * ```
 */
export function hardswish(x: Tensor): Tensor {
  return fused.hardswish(x);
}

/**
 * Elementwise `x` where `|x| > lambd`, else 0. Gradient: `g`, or 0.
 *
 * PyTorch: [`F.hardshrink`](https://pytorch.org/docs/stable/generated/torch.nn.functional.hardshrink.html).
 *
 * @param x - Any shape.
 * @param lambd - The threshold. Default: 0.5.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.hardshrink(tensor([-1, 0.25, 2])).toArray(); // => [-1, 0, 2]
 * ```
 */
export function hardshrink(x: Tensor, lambd = 0.5): Tensor {
  requireTensor("hardshrink", "the input", x);
  return x.maskedFill(x.abs().le(lambd), 0);
}

/**
 * Elementwise `x` moved towards 0 by `lambd`, and 0 where `|x| ≤ lambd`. Gradient: `g` where `|x| > lambd`, else 0.
 *
 * PyTorch: [`F.softshrink`](https://pytorch.org/docs/stable/generated/torch.nn.functional.softshrink.html).
 *
 * @param x - Any shape.
 * @param lambd - How far. Default: 0.5.
 * @throws ValueError if `lambd` is negative.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.softshrink(tensor([-1, 0.25, 2])).toArray(); // => [-0.5, 0, 1.5]
 * ```
 */
export function softshrink(x: Tensor, lambd = 0.5): Tensor {
  requireTensor("softshrink", "the input", x);
  if (!(lambd >= 0)) throw new ValueError("softshrink", `lambd must not be negative, got ${lambd}`);
  return x.sub(x.sign().mul(lambd)).maskedFill(x.abs().le(lambd), 0);
}

/**
 * Elementwise `x` where `x > threshold`, else `value`. Gradient: `g`, or 0.
 *
 * PyTorch: [`F.threshold`](https://pytorch.org/docs/stable/generated/torch.nn.functional.threshold.html).
 *
 * @param x - Any shape.
 * @param threshold - What must be exceeded.
 * @param value - What stands elsewhere.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { F } from "@torchlet/nn";
 *
 * F.threshold(tensor([-1, 0.5, 2]), 1, 20).toArray(); // => [20, 20, 2]
 * ```
 */
export function threshold(x: Tensor, threshold: number, value: number): Tensor {
  requireTensor("threshold", "the input", x);
  return x.maskedFill(x.le(threshold), value);
}
