import { ShapeError, stack, Tensor, tensor, ValueError } from "@torchlet/tensor";
import { format, isPlain, sameShape } from "@torchlet/tensor/checks";

/** What samples of type `T` become in a batch: tensors are stacked, numbers and booleans become tensors, structure stays. */
export type Collated<T> = T extends Tensor | number | boolean
  ? Tensor
  : T extends string
    ? string[]
    : { -readonly [K in keyof T]: Collated<T[K]> };

/**
 * Makes one batch of many samples of the same structure.
 *
 * Tensors are stacked along a new first dimension; numbers become a float32 tensor, booleans a bool tensor, strings an array; arrays,
 * tuples and objects are collated entry by entry.
 * PyTorch: [`default_collate`](https://pytorch.org/docs/stable/data.html#torch.utils.data.default_collate), which makes int64 of whole
 * numbers and float64 of others; JavaScript cannot tell 1 from 1.0.
 *
 * @param samples - At least one.
 * @throws ShapeError if tensors have different shapes.
 * @throws ValueError if there are no samples, their structures differ, or something cannot be collated.
 *
 * @example
 * ```ts
 * import { defaultCollate } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * const samples = [
 *   { image: tensor([1, 2]), label: 0 },
 *   { image: tensor([3, 4]), label: 1 },
 * ];
 * const batch = defaultCollate(samples);
 * batch.image.toArray(); // => [[1, 2], [3, 4]]
 * batch.label.toArray(); // => [0, 1]
 * ```
 */
export function defaultCollate<T>(samples: readonly T[]): Collated<T> {
  if (samples.length === 0) throw new ValueError("defaultCollate", "there are no samples to make a batch of");
  return collate(samples, "a sample") as Collated<T>;
}

function collate(samples: readonly unknown[], where: string): unknown {
  if (samples.every((x) => x instanceof Tensor)) return stackEqual(samples, where);
  if (samples.every((x) => typeof x === "number") || samples.every((x) => typeof x === "boolean"))
    return tensor(samples);
  if (samples.every((x) => typeof x === "string")) return samples;
  if (samples.every((x) => Array.isArray(x))) {
    const keys = sameKeys(samples, where);
    return keys.map((key) =>
      collate(
        samples.map((x) => x[Number(key)] as unknown),
        `${where}[${key}]`,
      ),
    );
  }
  if (samples.every(isPlain)) {
    const keys = sameKeys(samples, where);
    return Object.fromEntries(
      keys.map((key) => [
        key,
        collate(
          samples.map((x) => x[key]),
          `${where}.${key}`,
        ),
      ]),
    );
  }
  throw new ValueError(
    "defaultCollate",
    `no batch can be made where ${where} is ${[...new Set(samples.map(kindOf))].join(" or ")}; ` +
      "use tensors, numbers, booleans, strings, arrays and plain objects, or pass { collate }",
  );
}

/** The tensors as one; an error if their shapes differ. */
function stackEqual(tensors: readonly Tensor[], where: string): Tensor {
  const { shape } = tensors[0]!;
  const other = tensors.find((x) => !sameShape(x.shape, shape));
  if (other !== undefined)
    throw new ShapeError(
      "defaultCollate",
      `${where} has shape ${format(shape)} in one and ${format(other.shape)} in another; make them equal, or pass { collate }`,
    );
  return stack(tensors);
}

/** The keys of every sample; an error if they differ. */
function sameKeys(samples: readonly object[], where: string): string[] {
  const keys = Object.keys(samples[0]!);
  for (const sample of samples) {
    const own = Object.keys(sample);
    if (own.length !== keys.length || !keys.every((key) => Object.hasOwn(sample, key)))
      throw new ValueError(
        "defaultCollate",
        `the structure of ${where} differs from sample to sample: entries ${keys.join(", ")} and ${own.join(", ")}`,
      );
  }
  return keys;
}

function kindOf(x: unknown): string {
  if (x === null) return "null";
  return typeof x === "object" ? `an object of class ${x.constructor.name}` : `a ${typeof x}`;
}
