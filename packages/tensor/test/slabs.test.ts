/** Small results stand side by side, and nobody notices. */
import { describe, expect, test } from "vitest";
import { full, ones } from "../src/index.ts";
import { allocateResult } from "../src/slabs.ts";

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
  test("do not overlap, and each keeps at most 16 times its bytes alive", () => {
    const pieces = Array.from({ length: 40 }, (_, i) => allocateResult("float64", 9 + (i % 3)).fill(i));
    pieces.forEach((piece, i) => expect([...piece]).toEqual(full([9 + (i % 3)], i).toArray()));
    for (const piece of pieces) expect(piece.buffer.byteLength).toBeLessThanOrEqual(16 * 128);
    expect(new Set(pieces.map((piece) => piece.buffer)).size).toBeLessThan(40);
  });

  test("begin where every kind of element may", () => {
    expect(allocateResult("bool", 133)).toHaveLength(133);
    expect(allocateResult("float64", 20)).toHaveLength(20); // of the same slab
  });
});
