import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Kernels } from "../../../src/kernels/kernels.ts";
import { plainKernels } from "../../../src/kernels/plain/plain.ts";
import type { Operand } from "../../../src/storage/storage.ts";
import { difference, output } from "../operands.ts";
import { floats, places, wasm } from "./contract.ts";

describe("steps of optimizers in WebAssembly have the bits of the plain loops", () => {
  const numbers = fc.double({ min: -2, max: 2, noNaN: true });
  const lengths = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(4096, 4099, 9000));

  /** Contiguous operands, some in linear memory and some not, with copies of them for the other provider. */
  const alike = (count: number): fc.Arbitrary<(readonly [Operand, Operand])[]> =>
    fc.record({ dtype: fc.constantFrom(...floats), n: lengths, seed: fc.nat() }).chain(({ dtype, n, seed }) =>
      fc.array(places, { minLength: count, maxLength: count }).map((list) =>
        list.map((place, k) => {
          const pair = [output([n], dtype, place), output([n], dtype, place)] as const;
          for (const { storage } of pair)
            storage.data.forEach((_, i, data) => (data[i] = ((seed + 7919 * (i + k)) % 1000) / 250 - 1));
          return pair;
        }),
      ),
    );

  function expectSameChanges(
    pairs: readonly (readonly [Operand, Operand])[],
    run: (kernels: Kernels, operands: readonly Operand[]) => void,
  ): void {
    run(
      plainKernels,
      pairs.map(([plain]) => plain),
    );
    run(
      wasm,
      pairs.map(([, fast]) => fast),
    );
    for (const [plain, fast] of pairs) expect(difference(fast, plain)).toBeNull();
  }

  test("momentum", () => {
    fc.assert(
      fc.property(alike(3), numbers, numbers, numbers, (pairs, decay, gain, rate) =>
        expectSameChanges(pairs, (k, [x, v, g]) => k.momentumStep(x!, v!, g!, { decay, gain, rate })),
      ),
      { numRuns: 60 },
    );
  });

  test("Adam", () => {
    const factors = fc.record({
      decay1: numbers,
      gain1: numbers,
      decay2: numbers,
      gain2: numbers,
      correction: numbers,
      eps: numbers,
      rate: numbers,
    });
    fc.assert(
      fc.property(alike(4), factors, (pairs, f) =>
        expectSameChanges(pairs, (k, [x, m, v, g]) => k.adamStep(x!, m!, v!, g!, f)),
      ),
      { numRuns: 60 },
    );
  });
});
