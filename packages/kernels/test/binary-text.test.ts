import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encode } from "../scripts/encode.mjs";
import { decode } from "../src/binary-text.ts";
import { simd } from "../src/generated/simd.ts";

test("any bytes come back from their text", () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect(decode(encode(all))).toEqual(all);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1000 }), (bytes) => {
      expect([...decode(encode(bytes))]).toEqual([...bytes]);
    }),
  );
});

test("the text is printable, and does not end a string", () => {
  expect(encode(Uint8Array.from({ length: 256 }, (_, i) => i))).toMatch(/^[#-~]*$/);
});

test("the text of the kernels is at most a twentieth longer for gzip than the kernels are", () => {
  const text = gzipSync(simd, { level: 9 }).length;
  expect(text).toBeLessThanOrEqual(1.05 * gzipSync(decode(simd), { level: 9 }).length);
});
