/** Small results stand side by side, and nobody notices. */
import { describe, expect, test } from "vitest";
import { ones } from "../../src/index.ts";
import { allocateResult } from "../../src/storage/slabs.ts";

describe("the data of small results", () => {
  test("have a buffer of their own, without a neighbour's bytes", () => {
    for (const length of [1, 16, 17, 100, 512, 513, 5000]) {
      const { data } = ones(length).mul(2);
      expect([data.length, data.byteOffset, data.buffer.byteLength]).toEqual([length, 0, 4 * length]);
      expect(data.every((x) => x === 2)).toBe(true);
    }
  });

  test("can be given away without taking those of others", () => {
    const results = [1, 2, 3].map((value) => ones(20).mul(value));
    const { data } = results[1]!;
    expect(structuredClone(data, { transfer: [data.buffer] })).toEqual(new Float32Array(20).fill(2));
    expect(results[0]!.toArray()).toEqual(new Array(20).fill(1));
    expect(results[2]!.toArray()).toEqual(new Array(20).fill(3));
  });

  test("are live, for views too, also of those made before", () => {
    const x = ones(40).mul(3);
    const row = x.view(2, 20).select(0, 1);
    const { data } = x;
    data[25] = 7;
    row.data[6] = 8;
    expect(row.toArray()).toEqual(Array.from({ length: 20 }, (_, i) => (i === 5 ? 7 : i === 6 ? 8 : 3)));
    expect(x.data).toBe(data);
    expect([data[25], data[26]]).toEqual([7, 8]);
  });
});

describe("pieces of slabs", () => {
  test.each([9, 100, 1000, 8000])("of %i numbers do not overlap", (length) => {
    const pieces = Array.from({ length: 40 }, (_, i) => allocateResult("float64", length + (i % 3)).fill(i));
    pieces.forEach((piece, i) => expect(piece).toEqual(new Float64Array(length + (i % 3)).fill(i)));
    expect(new Set(pieces.map((piece) => piece.buffer)).size).toBeLessThan(40);
  });

  test("keep at most 16 kB alive, or eight times their own bytes", () => {
    for (const length of [9, 100, 256, 1000, 8192])
      expect(allocateResult("float64", length).buffer.byteLength).toBeLessThanOrEqual(
        Math.max(16384, 8 * 1.25 * 8 * length),
      );
  });

  test("begin where every kind of element may", () => {
    expect(allocateResult("bool", 133)).toHaveLength(133);
    expect(allocateResult("float64", 20)).toHaveLength(20); // of the same slab
  });
});
