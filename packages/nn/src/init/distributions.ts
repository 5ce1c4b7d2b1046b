/** Distributions that do not look at the shape. */
import { noGrad, requireOptions, tensor, ValueError, type Tensor } from "@torchlet/tensor";
import { from, type InitOptions } from "./options.ts";

/**
 * Numbers drawn evenly from [low, high). PyTorch: `nn.init.uniform_`.
 *
 * @param x - The tensor that is overwritten.
 * @param low - The lower end. Default: 0.
 * @param high - The upper end. Default: 1.
 * @param options - `generator`.
 * @throws ValueError if `low > high`.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * const x = init.uniform_(zeros(100), -2, 3);
 * x.ge(-2).all().item() && x.le(3).all().item(); // => 1
 * ```
 */
export function uniform_(x: Tensor, low = 0, high = 1, options: InitOptions = {}): Tensor {
  return x.numel === 0 ? x : noGrad(() => x.uniform_(low, high, from(options))); // the bounds for no inputs are infinite
}

/**
 * Numbers from the normal distribution. PyTorch: `nn.init.normal_`.
 *
 * @param x - The tensor that is overwritten.
 * @param mean - The mean. Default: 0.
 * @param std - The standard deviation. Default: 1.
 * @param options - `generator`.
 * @throws ValueError if `std` is negative.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.normal_(zeros(2), 5, 0).toArray(); // => [5, 5]
 * ```
 */
export function normal_(x: Tensor, mean = 0, std = 1, options: InitOptions = {}): Tensor {
  return x.numel === 0 ? x : noGrad(() => x.normal_(mean, std, from(options)));
}

/** Options of {@link truncNormal_}. */
export interface TruncNormalOptions extends InitOptions {
  /** The mean before truncation. Default: 0. */
  mean?: number;
  /** The standard deviation before truncation. Default: 1. */
  std?: number;
  /** The lowest value. Default: -2. */
  a?: number;
  /** The highest value. Default: 2. */
  b?: number;
}

/**
 * Numbers from the normal distribution as far as they lie in [a, b]: uniform numbers sent through the inverse of its distribution function.
 *
 * PyTorch: `nn.init.trunc_normal_`.
 *
 * @param x - The tensor that is overwritten.
 * @param options - `mean`, `std`, `a`, `b`, `generator`.
 * @throws ValueError if `a < b` or `std > 0` does not hold, or [a, b] is too far from the mean for any number to fall into it.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.truncNormal_(zeros(100), { std: 10 }).abs().le(2).all().item(); // => 1
 * ```
 */
export function truncNormal_(x: Tensor, options: TruncNormalOptions = {}): Tensor {
  requireOptions("truncNormal_", options, "std: 0.02", ["mean", "std", "a", "b", "generator"]);
  const { mean = 0, std = 1, a = -2, b = 2 } = options;
  if (!(a < b) || !(std > 0))
    throw new ValueError("truncNormal_", `needs a < b and std > 0, got a ${a}, b ${b}, std ${std}`);
  const [low, high] = [a, b].map((end) => erf((end - mean) / std / Math.SQRT2)) as [number, number];
  if (low === high)
    throw new ValueError("truncNormal_", `[${a}, ${b}] is out of reach of mean ${mean} and std ${std}`);
  return noGrad(() => {
    const y = x.uniform_(low, high, from(options)).to("float64");
    return x.copy_(
      erfinv(y)
        .mul(std * Math.SQRT2)
        .add(mean)
        .clamp(a, b),
    );
  });
}

function erf(x: number): number {
  return tensor(x, { dtype: "float64" }).erf().item();
}

/** The inverse of the error function: Winitzki's approximation, good to 0.2 %, made exact by Newton's method. */
function erfinv(y: Tensor): Tensor {
  const target = y.clamp(-1 + 2 ** -26, 1 - 2 ** -26); // ±1 would be infinite
  const c = 0.147;
  const log = target.square().neg().log1p();
  const half = log.div(2).add(2 / (Math.PI * c));
  let x = half.square().sub(log.div(c)).sqrt().sub(half).clampMin(0).sqrt().mul(target.sign());
  for (let i = 0; i < 4; i++)
    x = x.sub(
      x
        .erf()
        .sub(target)
        .mul(x.square().exp())
        .mul(Math.sqrt(Math.PI) / 2),
    );
  return x;
}
