import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainKernels } from "../../../src/kernels/plain/plain.ts";
import { Layout } from "../../../src/layout.ts";
import { difference, operand, output, read } from "../operands.ts";
import { expectSame, shapes, wasm } from "./contract.ts";

describe("copies in WebAssembly have the bits of the plain loops", () => {
  const dtypes = fc.constantFrom("float32", "float64", "int32", "bool" as const);

  test("from any layout", () => {
    fc.assert(
      fc.property(
        fc.tuple(dtypes, shapes).chain(([dtype, shape]) => operand(shape, dtype)),
        (x) => expectSame(x.layout.shape, x.storage.dtype, (k, out) => k.copy(out, x)),
      ),
      { numRuns: 300 },
    );
  });

  test("to any permutation with gaps, which stay", () => {
    const operands = fc.tuple(dtypes, shapes).chain(([dtype, shape]) =>
      fc.record({
        x: operand(shape, dtype),
        order: fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
        gap: fc.integer({ min: 1, max: 3 }),
      }),
    );
    fc.assert(
      fc.property(operands, ({ x, order, gap }) => {
        const { shape } = x.layout;
        const wide = [...order.map((d) => shape[d]!), gap];
        expectSame(wide, x.storage.dtype, (k, { storage, layout }) => {
          const strides = shape.map((_, d) => layout.strides[order.indexOf(d)]!);
          k.copy({ storage, layout: new Layout(shape, strides, layout.offset) }, x);
        });
      }),
      { numRuns: 300 },
    );
  });

  test("that join several operands", () => {
    const operands = fc
      .tuple(
        dtypes,
        fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 }), fc.nat({ max: 40 })),
        fc.nat({ max: 2 }),
      )
      .chain(([dtype, shape, dim]) =>
        fc.record({
          xs: fc.array(
            fc.integer({ min: 1, max: 20 }).chain((size) => operand(shape.with(dim, size), dtype)),
            { minLength: 1, maxLength: 3 },
          ),
          dim: fc.constant(dim),
        }),
      );
    fc.assert(
      fc.property(operands, ({ xs, dim }) => {
        const { shape } = xs[0]!.layout;
        const size = xs.reduce((sum, { layout }) => sum + layout.shape[dim]!, 0);
        expectSame(shape.with(dim, size), xs[0]!.storage.dtype, (k, out) => k.cat(out, xs, dim));
      }),
      { numRuns: 300 },
    );
  });

  test("of more elements than the workspace holds", () => {
    const x = output([3000, 3000], "float32");
    x.storage.data.forEach((_, i, data) => (data[i] = i % 1000));
    const turned = { storage: x.storage, layout: new Layout([3000, 3000], [1, 3000], 0) };
    const [plain, fast] = [output([3000, 3000], "float32"), output([3000, 3000], "float32")];
    plainKernels.copy(plain, turned);
    wasm.copy(fast, turned);
    expect(difference(fast, plain)).toBeNull();
  });

  test("reverse rows", () => {
    const x = output([2, 300], "float64");
    x.storage.data.forEach((_, i, data) => (data[i] = i));
    const out = output([2, 300], "float64");
    wasm.copy(out, { storage: x.storage, layout: new Layout([2, 300], [300, -1], 299) });
    expect(read(out)).toEqual(Array.from({ length: 600 }, (_, i) => (i < 300 ? 299 - i : 899 - i)));
  });
});

describe("gathers and scatters in WebAssembly have the bits of the plain loops", () => {
  const dtypes = fc.constantFrom("float32", "float64", "int32", "bool" as const);
  const few = fc.integer({ min: 1, max: 6 });
  /** Only the last dimension is long: twenty operands, with gaps, fit into linear memory. */
  const indexable = fc
    .tuple(fc.array(few, { maxLength: 2 }), fc.oneof(few, fc.constantFrom(16, 40)))
    .map(([leading, last]) => [...leading, last]);

  /** An index into `size` places, of any layout, and what stands where it points and where it comes from. */
  const indexed = fc
    .record({
      dtype: dtypes,
      shape: indexable,
      count: fc.nat({ max: 20 }),
      dim: fc.nat(2),
    })
    .chain(({ dtype, shape, count, dim: wanted }) => {
      const dim = wanted % shape.length;
      return fc.record({
        x: operand(shape, dtype),
        index: operand(shape.with(dim, count), "int32"),
        src: operand(shape.with(dim, count), dtype),
        dim: fc.constant(dim),
      });
    })
    .map(({ index, ...rest }) => {
      const { data } = index.storage;
      const size = rest.x.layout.shape[rest.dim]!;
      data.forEach((value, i) => (data[i] = (value >>> 0) % size));
      return { index, ...rest };
    });

  test("gather", () => {
    fc.assert(
      fc.property(indexed, ({ x, index, dim }) =>
        expectSame(index.layout.shape, x.storage.dtype, (k, out) => k.gather(out, x, dim, index)),
      ),
      { numRuns: 500 },
    );
  });

  test.each(["set", "add", "multiply"] as const)("scatter: %s", (op) => {
    fc.assert(
      fc.property(indexed, ({ x, index, src, dim }) =>
        expectSame(x.layout.shape, x.storage.dtype, (k, out) => {
          plainKernels.copy(out, x);
          k.scatter(out, op, dim, index, src);
        }),
      ),
      { numRuns: 300 },
    );
  });
});
