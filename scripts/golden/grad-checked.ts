import { outputsOf, tensorsOf, type GoldenSample } from "./format.ts";

/** PyTorch's softplus jumps by 2e-9 at its threshold, where this sample stands. */
const jumps = ["nn.functional.softplus.f64.h0"];

/** Small, smooth samples, whose gradients are compared with differences: those of large or kinked ones would say nothing. */
export function gradChecked(sample: GoldenSample): boolean {
  const smooth = !sample.kink && !sample.special && !sample.large && !jumps.includes(sample.id);
  const size = (xs: readonly { readonly d: readonly unknown[] }[]): number => xs.reduce((n, x) => n + x.d.length, 0);
  const outputs = outputsOf(sample).filter((y) => y.cot !== undefined);
  const inputs = tensorsOf(sample).filter((x) => x.g === 1);
  const double = [...outputs, ...inputs].every((x) => x.t === "f64");
  return smooth && double && size(outputs) > 0 && size(inputs) > 0 && size(outputs) + size(inputs) <= 44;
}
