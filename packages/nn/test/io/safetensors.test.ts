import { readFileSync } from "node:fs";
import fc from "fast-check";
import { arange, fromTypedArray, ones, tensor, Tensor, TorchletError, ValueError } from "@torchlet/tensor";
import { describe, expect, test } from "vitest";
import { Linear } from "../../src/index.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/io/safetensors.ts";

const mixed = new Uint8Array(readFileSync(new URL("golden/mixed.safetensors", import.meta.url)));

/** A file with this header and this many bytes of data, whatever the header says. */
function file(header: unknown, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

function headerOf(bytes: Uint8Array): Record<string, { data_offsets: number[] }> {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  return JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as never;
}

describe("decodeSafetensors", () => {
  const { tensors, metadata } = decodeSafetensors(mixed);

  test.each([
    ["matrix", "float32", [[1, -2.5, Math.fround(0.1)], [Math.fround(3e38), -0, Infinity]]], // prettier-ignore
    ["scalar", "float64", 0.1],
    ["none", "float32", []],
    ["ints", "int32", [-(2 ** 31), 7]],
    ["longs", "int32", [-(2 ** 31), 2 ** 31 - 1, -1]],
    ["shorts", "int32", [-32768, 5]],
    ["signed", "int32", [-128, 127]],
    ["bytes", "int32", [255, 1]],
    ["flags", "bool", [true, false, true]],
    ["halves", "float32", [1.5, -0.0999755859375, 65504, 2 ** -24, -Infinity, -0]],
    ["brains", "float32", [1, -2, 3.140625, 2 ** -126]],
  ] as const)("reads %s of a file made by hand as %s", (name, dtype, values) => {
    expect(tensors[name]?.dtype).toBe(dtype);
    expect(tensors[name]?.toArray()).toEqual(values);
  });

  test("keeps the shape of tensors without elements, the order of the header, and the metadata", () => {
    expect(tensors.none?.shape).toEqual([0, 4]);
    expect(Object.keys(tensors).slice(0, 3)).toEqual(["matrix", "scalar", "none"]);
    expect(metadata).toEqual({ "made by": "hand", größe: "klein" });
  });

  test("reads a file that lies anywhere in a larger buffer", () => {
    const larger = new Uint8Array(mixed.length + 20);
    larger.set(mixed, 13);
    const inside = larger.subarray(13, 13 + mixed.length);
    expect(decodeSafetensors(inside).tensors.matrix?.toArray()).toEqual(tensors.matrix?.toArray());
  });

  const f32 = (shape: unknown, begin: unknown, end: unknown) => ({
    dtype: "F32",
    shape,
    data_offsets: [begin, end],
  });

  test.each([
    ["an empty file", new Uint8Array(0), /0 bytes do not even hold the 8 of the header's length/],
    ["a length beyond the file", file("{}", 0).subarray(0, 9), /length is given as 2, which is beyond 1/],
    ["a length of 2^64 - 1", new Uint8Array(64).fill(255), /length is given as 18446744073709552000/],
    ["a header that is no object", file("[1]", 0), /does not begin with \{/],
    ["a header without a byte", file("", 0), /does not begin with \{/],
    ["a header that is no JSON", file('{"x": ', 0), /is not JSON/],
    ["a header that is no UTF-8", file("{", 0).fill(0xff, 9), /beyond|is not JSON/],
    ["a description that is no object", file({ x: 3 }, 0), /tensor "x" is not described by an object/],
    ["a missing dtype", file({ x: { shape: [], data_offsets: [0, 0] } }, 0), /tensor "x" has no dtype/],
    [
      "an unknown dtype",
      file({ x: { ...f32([0], 0, 0), dtype: "F8_E4M3" } }, 0),
      /dtype F8_E4M3; torchlet reads F64, F32/,
    ],
    [
      "a dtype named like a method of objects",
      file({ x: { ...f32([0], 0, 0), dtype: "toString" } }, 0),
      /dtype toString/,
    ],
    ["a negative size", file({ x: f32([-1], 0, 4) }, 4), /impossible shape \[-1\]/],
    ["a size that is no number", file({ x: f32(["1"], 0, 4) }, 4), /impossible shape \["1"\]/],
    ["a fractional size", file({ x: f32([1.5], 0, 6) }, 6), /impossible shape \[1.5\]/],
    [
      "a shape that overflows",
      file({ x: f32([2 ** 40, 2 ** 40], 0, 4) }, 4),
      /needs 4.8\d+e\+24 bytes, not 4/,
    ],
    ["offsets that run backwards", file({ x: f32([1], 4, 0) }, 4), /needs 4 bytes, not -4/],
    [
      "a missing offset",
      file({ x: { dtype: "F32", shape: [1], data_offsets: [0] } }, 4),
      /impossible data_offsets \[0\]/,
    ],
    ["a shape that contradicts the offsets", file({ x: f32([3], 0, 8) }, 8), /needs 12 bytes, not 8/],
    ["offsets beyond the file", file({ x: f32([1000], 0, 4000) }, 16), /take 4000 bytes, but 16 are there/],
    [
      "two tensors in one place",
      file({ x: f32([1], 0, 4), y: f32([1], 0, 4) }, 4),
      /"y" begins at byte 0 of the data, the one before ends at 4/,
    ],
    ["a gap", file({ x: f32([1], 4, 8) }, 8), /"x" begins at byte 4 of the data, the one before ends at 0/],
    ["bytes that belong to no tensor", file({ x: f32([1], 0, 4) }, 9), /take 4 bytes, but 9 are there/],
    ["metadata that are no texts", file({ __metadata__: { a: 1 } }, 0), /__metadata__ does not hold texts/],
  ])("refuses %s", (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(ValueError);
    expect(() => decodeSafetensors(bytes)).toThrow(message);
  });

  test("refuses an integer that does not fit int32, and names the tensor", () => {
    const bytes = file({ steps: { dtype: "I64", shape: [1], data_offsets: [0, 8] } }, 8);
    new DataView(bytes.buffer).setBigInt64(bytes.length - 8, 2n ** 31n, true);
    expect(() => decodeSafetensors(bytes)).toThrow(
      /tensor "steps" holds 2147483648, which does not fit int32/,
    );
  });

  test("a tensor may be called __proto__", () => {
    const { tensors } = decodeSafetensors(
      file('{"__proto__":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}', 1),
    );
    expect(Object.keys(tensors)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(tensors)).toBe(Object.prototype);
  });

  test("a file that ends early is refused wherever it ends", () => {
    for (let length = 0; length < mixed.length; length++)
      expect(() => decodeSafetensors(mixed.subarray(0, length))).toThrow(TorchletError);
  });

  test("damaged bytes give tensors or torchlet's error, nothing else", () => {
    const damage = fc.array(fc.tuple(fc.nat(mixed.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(damage, (changes) => {
        const bytes = mixed.slice();
        for (const [at, value] of changes) bytes[at] = value;
        try {
          decodeSafetensors(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(TorchletError);
        }
      }),
    );
  });
});

describe("encodeSafetensors", () => {
  const element = {
    float64: fc.double(),
    float32: fc.float(),
    int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    bool: fc.boolean(),
  };
  const anyTensor = fc
    .tuple(fc.constantFrom("float64", "float32", "int32", "bool"), fc.array(fc.nat(3), { maxLength: 3 }))
    .chain(([dtype, shape]) => {
      const length = shape.reduce((n, size) => n * size, 1);
      return fc
        .array<number | boolean>(element[dtype], { minLength: length, maxLength: length })
        .map((values) => tensor(values, { dtype }).view(shape));
    });

  test("what it writes is read back with the same names, dtypes, shapes and values", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: "binary" }), anyTensor),
        fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary" })),
        (tensors, metadata) => {
          const back = decodeSafetensors(encodeSafetensors(tensors, metadata));
          expect(Object.keys(back.tensors).sort()).toEqual(Object.keys(tensors).sort());
          for (const [name, x] of Object.entries(tensors)) {
            const y = back.tensors[name]!;
            expect([y.dtype, y.shape]).toEqual([x.dtype, x.shape]);
            expect(y.toTypedArray()).toEqual(x.toTypedArray());
          }
          expect({ ...back.metadata }).toEqual({ ...metadata });
        },
      ),
    );
  });

  test("every tensor begins where its elements are aligned", () => {
    const bytes = encodeSafetensors({
      mask: tensor([true]),
      weight: ones(3),
      mean: tensor([1], { dtype: "float64" }),
      count: tensor([1], { dtype: "int32" }),
    });
    const header = headerOf(bytes);
    const dataStart = bytes.length - (8 + 12 + 4 + 1);
    expect(dataStart % 8).toBe(0);
    expect(header.mean!.data_offsets).toEqual([0, 8]);
    expect(header.weight!.data_offsets).toEqual([8, 20]);
    expect(header.count!.data_offsets).toEqual([20, 24]);
    expect(header.mask!.data_offsets).toEqual([24, 25]);
  });

  test("stores a view as its own elements, and nothing of the rest of its storage", () => {
    const x = arange(6).view(2, 3).T;
    const { tensors } = decodeSafetensors(encodeSafetensors({ x }));
    expect(tensors.x?.toArray()).toEqual([[0, 3], [1, 4], [2, 5]]); // prettier-ignore
    expect(encodeSafetensors({ x: arange(1000).narrow(0, 0, 1) }).length).toBeLessThan(100);
  });

  test("what comes back has no gradient and shares no memory", () => {
    const w = tensor([1, 2], { requiresGrad: true });
    const back = decodeSafetensors(encodeSafetensors({ w })).tensors.w!;
    expect(back).toBeInstanceOf(Tensor);
    expect(back.requiresGrad).toBe(false);
    back.zero_();
    expect(w.toArray()).toEqual([1, 2]);
  });

  test("no tensors at all make a file too", () => {
    expect(decodeSafetensors(encodeSafetensors({}))).toEqual({ tensors: {}, metadata: {} });
  });

  test("__metadata__ is refused as a name, and metadata other than texts", () => {
    const x = fromTypedArray(new Float32Array(1));
    expect(() => encodeSafetensors({ __metadata__: x })).toThrow(/cannot be the name of a tensor/);
    expect(() => encodeSafetensors({ x }, { epochs: 5 as unknown as string })).toThrow(/epochs is a number/);
  });

  test.each([
    [
      "a Map",
      new Map([["a", tensor(1)]]),
      "needs an object of tensors by name, as stateDict() gives it, got a Map",
    ],
    ["a module", new Linear(1, 1), "got a Linear"],
    ["an array in the place of a tensor", { a: [1, 2] }, '"a" must be a tensor, got an array'],
  ])("refuses %s instead of writing an empty file", (_, given, message) => {
    expect(() => encodeSafetensors(given as never)).toThrow(message);
  });
});

test("decodeSafetensors says what it needs instead of an ArrayBuffer", () => {
  expect(() => decodeSafetensors(new ArrayBuffer(8) as never)).toThrow(
    "make one with new Uint8Array(buffer)",
  );
});
