import { expect, test } from "vitest";
import type { DType } from "../../src/dtype.ts";
import { fromTypedArray } from "../../src/index.ts";
import { elements, workspace } from "../../src/kernels/wasm/workspace.ts";
import { allocate } from "../../src/storage/arrays.ts";
import { linearMemory } from "../../src/storage/memory.ts";
import { copyElements, fillElements, repeatElements } from "../../src/storage/transfer.ts";

const lengths = [0, 1, 100, 511, 512, 513, 1023, 1024, 1025, 4095, 4096, 5000];

test.runIf(workspace())(
  "copying to linear memory and back moves the elements asked for, and no others",
  () => {
    const start = linearMemory()!.buffer.byteLength / 16; // behind the workspace and what stands behind it
    for (const dtype of ["float32", "float64", "int32", "bool"] as DType[]) {
      for (const n of lengths) {
        const from = allocate(dtype, n + 5).map((_, i) => (i * 7 + 1) % 251);
        const memory = elements(workspace()!, from);
        const at = start / from.BYTES_PER_ELEMENT;
        memory.fill(9, at, at + n + 2);
        copyElements(memory, at + 1, from, 3, n);
        expect([...memory.subarray(at, at + n + 2)]).toEqual([9, ...from.subarray(3, 3 + n), 9]);
        const to = allocate(dtype, n + 2).fill(8);
        copyElements(to, 1, memory, at + 1, n);
        expect([...to]).toEqual([8, ...from.subarray(3, 3 + n), 8]);
      }
    }
  },
);

test.runIf(workspace())("filling linear memory sets the elements asked for, and no others", () => {
  const start = linearMemory()!.buffer.byteLength / 16;
  for (const dtype of ["float32", "float64", "int32", "bool"] as DType[]) {
    for (const n of lengths) {
      const memory = elements(workspace()!, allocate(dtype, 0));
      const at = start / memory.BYTES_PER_ELEMENT;
      memory.fill(9, at, at + n + 2);
      fillElements(memory, at + 1, 7, n);
      expect([...memory.subarray(at, at + n + 2)]).toEqual([9, ...new Array<number>(n).fill(7), 9]);
      for (const count of [1, 3, n].filter((count) => count <= n)) {
        memory.fill(9, at, at + n + 2);
        const from = allocate(dtype, count + 2).map((_, i) => (i * 7 + 1) % 251);
        repeatElements(memory, at + 1, from, 2, count, n);
        const expected = Array.from({ length: n }, (_, i) => from[2 + (i % Math.max(1, count))]);
        expect([...memory.subarray(at, at + n + 2)]).toEqual([9, ...expected, 9]);
      }
    }
  }
});

test.each([NaN, -0, Infinity, -1.5])("filling with %s keeps its bits", (value) => {
  for (const array of [new Float32Array(2000), new Float64Array(2000)]) {
    fillElements(array, 0, value, array.length);
    expect(array.every((x) => Object.is(x, value))).toBe(true);
  }
});

test.each([1, -1])("tensors over parts of one array, %s apart, are copied as if they were not", (shift) => {
  const n = 5000;
  const numbers = Float32Array.from({ length: n + 1 }, (_, i) => i);
  const [low, high] = [numbers.subarray(0, n), numbers.subarray(1)].map((part) => fromTypedArray(part));
  const [to, from, first] = shift === 1 ? [high!, low!, 0] : [low!, high!, 1];
  to.copy_(from);
  expect(to.toTypedArray()).toEqual(Float32Array.from({ length: n }, (_, i) => i + first));
});
