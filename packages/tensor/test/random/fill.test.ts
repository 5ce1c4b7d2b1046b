/** Whoever fills arrays from a stream of words: the values of the plain loops, to the last bit, and the same state afterwards. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { workspace } from "../../src/kernels/wasm/workspace.ts";
import type { FloatArray } from "../../src/random/engine.ts";
import { plainFill } from "../../src/random/fill.ts";
import { SeedrandomEngine } from "../../src/random/seedrandom.ts";
import { wasmFill } from "../../src/random/wasm-fill.ts";

/** WebAssembly for everything that it can do, however small. */
const fast = wasmFill(0);

/** Sizes around the edges of vectors, blocks (256 words) and pieces (4096 words), and those in between. */
const sizes = fc.oneof(
  fc.nat({ max: 40 }),
  fc.nat({ max: 1100 }),
  fc.constantFrom(255, 256, 257, 511, 512, 2047, 2048, 2049, 4095, 4096, 4097, 4352, 9000, 20_000),
);
const seeds = fc.oneof(fc.integer(), fc.string());
/** How many words have been drawn before: any place in a block, the first and the last included. */
const offsets = fc.nat({ max: 520 });

/** Draws twice with both, from the same place of the same stream: the same bits must come out, and the same state be left. */
function expectSame<A extends FloatArray | Int32Array | Uint8Array>(
  seed: number | string,
  offset: number,
  make: () => A,
  draw: (engine: SeedrandomEngine, out: A) => void,
): void {
  const [plain, wasm] = [new SeedrandomEngine(seed, plainFill), new SeedrandomEngine(seed, fast)];
  for (const engine of [plain, wasm]) for (let i = 0; i < offset; i++) engine.drawSeed();
  for (let time = 0; time < 2; time++) {
    const [expected, out] = [make(), make()];
    draw(plain, expected);
    draw(wasm, out);
    expect(out.findIndex((x, i) => !Object.is(x, expected[i]))).toBe(-1);
    expect(wasm.getState()).toEqual(plain.getState());
  }
  expect(wasm.drawSeed()).toBe(plain.drawSeed());
}

const bounds = fc.oneof(
  fc.constantFrom<[number, number]>(
    [0, 1],
    [-1, 1],
    [-0, 0],
    [4, 4],
    [1, 1 + 2 ** -23],
    [1, 1 + 2 ** -52],
    [-1e300, 1e300],
  ),
  fc
    .tuple(fc.double({ min: -1e30, max: 1e30, noNaN: true }), fc.double({ min: 0, max: 1e30, noNaN: true }))
    .map(([low, width]): [number, number] => [low, low + width]),
);
const probability = fc.oneof(
  fc.constantFrom(0, 1, 0.5, 0.8, 2 ** -32, 2 ** -33, 1 - 2 ** -32, 1 - 2 ** -33, 5e-324),
  fc.double({ min: 0, max: 1, noNaN: true }),
);

describe.runIf(workspace())("in WebAssembly has the bits and leaves the state of the plain loops", () => {
  test.each([Float32Array, Float64Array])("uniform, %o", (Kind) => {
    fc.assert(
      fc.property(seeds, offsets, sizes, bounds, (seed, offset, n, [low, high]) =>
        expectSame(
          seed,
          offset,
          () => new Kind(n).fill(7),
          (engine, out) => engine.uniform(out, low, high),
        ),
      ),
      { numRuns: 200 },
    );
  });

  test.each([Uint8Array, Float32Array, Float64Array, Int32Array])("bernoulli, %o", (Kind) => {
    fc.assert(
      fc.property(seeds, offsets, sizes, probability, (seed, offset, n, p) =>
        expectSame(
          seed,
          offset,
          () => new Kind(n).fill(7),
          (engine, out) => engine.bernoulli(out, p),
        ),
      ),
    );
  });

  test("a bernoulli of probability p is 1 where the word is below p 2^32, be it by 1 or by less", () => {
    const engine = new SeedrandomEngine(9, fast);
    const words = Array.from({ length: 50 }, () => engine.drawSeed());
    for (const limit of words.flatMap((word) => [word, word + 0.5, word + 1])) {
      const out = new Uint8Array(words.length);
      new SeedrandomEngine(9, fast).bernoulli(out, limit / 2 ** 32);
      expect([...out]).toEqual(words.map((word) => (word < limit ? 1 : 0)));
    }
  });

  test("nothing outside of a part of an array is written", () => {
    for (const Kind of [Uint8Array, Float32Array]) {
      const whole = new Kind(1000).fill(7);
      new SeedrandomEngine(1, fast).bernoulli(whole.subarray(101, 899), 0.5);
      expect(whole.subarray(0, 101).every((x) => x === 7)).toBe(true);
      expect(whole.subarray(101, 899).every((x) => x === 0 || x === 1)).toBe(true);
      expect(whole.subarray(899).every((x) => x === 7)).toBe(true);
    }
  });
});
