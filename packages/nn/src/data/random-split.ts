import { defaultGenerator, requireOptions, ValueError } from "@torchlet/tensor";
import type { Dataset } from "./dataset.ts";
import type { DrawOptions } from "./samplers.ts";
import { Subset } from "./subset.ts";

/**
 * Divides a dataset at random into parts that do not overlap.
 *
 * PyTorch: [`random_split`](https://pytorch.org/docs/stable/data.html#torch.utils.data.random_split), whose parts come out with a
 * generator of engine `"torch"`.
 *
 * @param dataset - What to divide.
 * @param lengths - The number of samples in each part, or fractions that sum to 1. Samples that fractions leave over go to the first parts,
 * one each.
 * @param options - See {@link DrawOptions}.
 * @returns The parts.
 * @throws ValueError if lengths do not sum to the length of the dataset, nor to 1, or one is negative.
 *
 * @example
 * ```ts
 * import { randomSplit, TensorDataset } from "@torchlet/nn";
 * import { arange, Generator } from "@torchlet/tensor";
 *
 * const dataset = new TensorDataset(arange(10));
 * const generator = new Generator(0, { engine: "torch" });
 * const [training, validation] = randomSplit(dataset, [0.8, 0.2], { generator });
 * training?.indices; // => [4, 1, 7, 5, 3, 9, 0, 8]
 * validation?.length; // => 2
 * ```
 */
export function randomSplit<T>(
  dataset: Dataset<T>,
  lengths: readonly number[],
  options: DrawOptions = {},
): Subset<T>[] {
  requireOptions("randomSplit", options, "generator", ["generator"]);
  const counts = countsOf(lengths, dataset.length);
  const order = (options.generator ?? defaultGenerator()).permutation(dataset.length);
  let start = 0;
  return counts.map((count) => new Subset(dataset, [...order.subarray(start, (start += count))]));
}

function countsOf(lengths: readonly number[], total: number): readonly number[] {
  if (!lengths.every((length) => length >= 0))
    throw new ValueError("randomSplit", `lengths must not be negative, got ${lengths.join(", ")}`);
  const sum = lengths.reduce((a, b) => a + b, 0);
  const whole = lengths.every(Number.isInteger);
  if (sum === total && whole) return lengths;
  if (Math.abs(sum - 1) > 1e-9)
    throw new ValueError(
      "randomSplit",
      `lengths ${lengths.join(", ")} sum to ${sum}, but the dataset has ${total} samples; give counts that sum to ${total}, or fractions that sum to 1`,
    );
  const counts = lengths.map((fraction) => Math.floor(fraction * total));
  const left = total - counts.reduce((a, b) => a + b, 0);
  return counts.map((count, i) => count + (i < left ? 1 : 0));
}
