/** What every provider of kernels must do: the values of the plain loops, to the last bit, whatever the operands look like. */
import fc from "fast-check";
import type { DType } from "../../src/dtype.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plainKernels } from "../../src/kernels/plain.ts";
import { setReproducible } from "../../src/kernels/reproducible.ts";
import { wasmKernels } from "../../src/kernels/wasm.ts";
import { workspace } from "../../src/kernels/workspace.ts";
import { binaryFunctions, unaryFunctions, type BinaryOp, type UnaryOp } from "../../src/kernels/scalar.ts";
import type { Kernels } from "../../src/kernels/kernels.ts";
import { repeatedRow } from "../../src/kernels/matmul.ts";
import { Layout } from "../../src/layout.ts";
import type { Operand } from "../../src/storage.ts";
import { difference, operand, output, read } from "./operands.ts";

/** WebAssembly for everything that it can do, however small. */
const wasm = wasmKernels({ product: 0, elements: 0, moved: 0 });

const floats = ["float32", "float64"] as const;
const dtypes = [...floats, "int32", "bool"] as const;

/** Sizes around the edges of tiles (5 or 4 rows, 8 columns) and of blocks (256 summands). */
const size = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom(31, 64, 129) },
);
const depth = fc.oneof(
  { weight: 6, arbitrary: size },
  { weight: 1, arbitrary: fc.constantFrom(256, 300, 1025) },
);

const places = fc.record({
  offset: fc.integer({ min: 0, max: 3 }),
  behind: fc.integer({ min: 0, max: 3 }),
  resident: fc.boolean(),
});

const matrices = fc
  .record({
    dtype: fc.constantFrom(...floats),
    batch: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }),
    m: size,
    n: size,
    k: depth,
  })
  .chain(({ dtype, batch, m, n, k }) =>
    fc.record({
      a: operand([...batch, m, k], dtype),
      b: operand([...batch, k, n], dtype),
      shape: fc.constant([...batch, m, n]),
      dtype: fc.constant(dtype),
      place: places,
    }),
  );

describe("matmul", () => {
  beforeEach(() => setReproducible(true));
  afterEach(() => setReproducible(false));

  test("in WebAssembly has the bits of the plain loops, for any strides, offsets and values", () => {
    fc.assert(
      fc.property(matrices, ({ a, b, shape, dtype, place }) => {
        const [plain, fast] = [output(shape, dtype, place), output(shape, dtype, place)];
        plainKernels.matmul(plain, a, b);
        wasm.matmul(fast, a, b);
        expect(difference(fast, plain)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  test.each(floats)(
    "of %s operands larger than the workspace's pieces has the bits of the plain loops",
    (dtype) => {
      const shapes = [
        [3, 2100, 5],
        [1100, 3, 520],
        [1, 1, 1100],
      ] as const;
      for (const [m, k, n] of shapes) {
        const [a] = fc.sample(operand([m, k], dtype), { seed: 1, numRuns: 1 });
        const [b] = fc.sample(operand([k, n], dtype), { seed: 2, numRuns: 1 });
        for (const resident of [false, true]) {
          const [plain, fast] = [output([m, n], dtype), output([m, n], dtype, { resident })];
          plainKernels.matmul(plain, a!, b!);
          wasm.matmul(fast, a!, b!);
          expect(difference(fast, plain)).toBeNull();
        }
      }
    },
  );

  test.runIf(workspace()?.fused())(
    "with fused multiply-add differs from the plain loops by rounding only",
    () => {
      setReproducible(false);
      fc.assert(
        fc.property(operand([9, 300], "float32"), operand([300, 13], "float32"), (a, b) => {
          const [plain, fast] = [output([9, 13], "float32"), output([9, 13], "float32")];
          const [A, B] = [read(a), read(b)];
          fc.pre([...A, ...B].every((x) => Math.abs(x) < 10));
          plainKernels.matmul(plain, a, b);
          wasm.matmul(fast, a, b);
          const [p, f] = [read(plain), read(fast)];
          const largest = Math.max(...A.map(Math.abs)) * Math.max(...B.map(Math.abs));
          // Each of the 300 steps of both sums rounds a value of at most 300 products.
          const bound = 2 * 300 * 2 ** -24 * 300 * largest;
          for (let i = 0; i < p.length; i++) expect(Math.abs(p[i]! - f[i]!)).toBeLessThanOrEqual(bound);
        }),
      );
    },
  );

  const withRows = fc
    .record({ dtype: fc.constantFrom(...floats), m: size, n: size, k: depth })
    .chain(({ dtype, m, n, k }) =>
      fc.record({
        row: operand([n], dtype),
        a: operand([m, k], dtype),
        b: operand([k, n], dtype),
        place: places,
      }),
    );

  test("plus a row has the bits of the plain loops, which add the row last", () => {
    fc.assert(
      fc.property(withRows, ({ row, a, b, place }) => {
        const shape = [a.layout.shape[0]!, b.layout.shape[1]!];
        const { dtype } = a.storage;
        const [plain, fast] = [output(shape, dtype, place), output(shape, dtype, place)];
        plainKernels.addmm(plain, row, a, b);
        wasm.addmm(fast, row, a, b);
        expect(difference(fast, plain)).toBeNull();
        const product = output(shape, dtype, place);
        plainKernels.matmul(product, a, b);
        plainKernels.binary(product, "add", product, repeatedRow(row, product));
        expect(difference(plain, product)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  test("plus a row wider than the workspace's pieces has the bits of the plain loops", () => {
    for (const dtype of floats) {
      const [m, k, n] = [1100, 3, 1100];
      const [row] = fc.sample(operand([n], dtype), { seed: 3, numRuns: 1 });
      const [a] = fc.sample(operand([m, k], dtype), { seed: 1, numRuns: 1 });
      const [b] = fc.sample(operand([k, n], dtype), { seed: 2, numRuns: 1 });
      const [plain, fast] = [output([m, n], dtype), output([m, n], dtype)];
      plainKernels.addmm(plain, row!, a!, b!);
      wasm.addmm(fast, row!, a!, b!);
      expect(difference(fast, plain)).toBeNull();
    }
  });

  test("forms every element as the sum of its products", () => {
    fc.assert(
      fc.property(operand([5, 7], "float64"), operand([7, 6], "float64"), (a, b) => {
        const out = output([5, 6], "float64");
        wasm.matmul(out, a, b);
        const [A, B] = [read(a), read(b)];
        const expected = Array.from({ length: 30 }, (_, at) =>
          Array.from({ length: 7 }, (_, p) => A[Math.floor(at / 6) * 7 + p]! * B[p * 6 + (at % 6)]!).reduce(
            (sum, x) => sum + x,
            0,
          ),
        );
        expect(read(out)).toEqual(expected);
      }),
    );
  });
});

/** Shapes of up to three dimensions, empty ones included, and some that take more than one block. */
const shapes = fc.oneof(
  { weight: 8, arbitrary: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom([9000], [70, 130], [3, 5000], [5000, 3], [40, 20, 10]) },
);

/** Both providers write the same bits, and nothing outside of their output. */
function expectSame(
  shape: readonly number[],
  dtype: DType,
  run: (kernels: Kernels, out: Operand) => void,
): void {
  for (const place of [{ offset: 3 }, { offset: 3, resident: true }, { resident: true, behind: 3 }]) {
    const [plain, fast] = [output(shape, dtype, place), output(shape, dtype, place)];
    run(plainKernels, plain);
    run(wasm, fast);
    expect(difference(fast, plain)).toBeNull();
  }
}

describe("elementwise functions in WebAssembly have the bits of the plain loops", () => {
  const comparisons = ["eq", "ne", "lt", "le", "gt", "ge"];
  const unaryOps = Object.keys(unaryFunctions) as UnaryOp[];
  const binaryOps = Object.keys(binaryFunctions) as BinaryOp[];
  const booleans = ["logicalNot", "logicalAnd", "logicalOr", "logicalXor", ...comparisons];
  const typeOf = (op: string, dtype: DType): DType => (booleans.includes(op) ? "bool" : dtype);

  test.each(unaryOps)("%s", (op) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...dtypes).chain((dtype) => shapes.chain((shape) => operand(shape, dtype))),
        (x) => expectSame(x.layout.shape, typeOf(op, x.storage.dtype), (k, out) => k.unary(out, op, x)),
      ),
      { numRuns: 60 },
    );
  });

  test.each(binaryOps)("%s", (op) => {
    const operands = fc
      .tuple(fc.constantFrom(...dtypes), shapes)
      .chain(([dtype, shape]) => fc.tuple(operand(shape, dtype), operand(shape, dtype)));
    fc.assert(
      fc.property(operands, ([a, b]) =>
        expectSame(a.layout.shape, typeOf(op, a.storage.dtype), (k, out) => k.binary(out, op, a, b)),
      ),
      { numRuns: 60 },
    );
  });

  const functions = [
    "erf",
    "exp",
    "exp2",
    "expm1",
    "log",
    "log1p",
    "log2",
    "log10",
    "sigmoid",
    "tanh",
    "sin",
    "cos",
  ] as const;
  test.each(functions)("%s of every magnitude, side by side", (op) => {
    const anyBits = fc.uint32Array({ minLength: 1, maxLength: 100 });
    const outOfRange = fc.float32Array({ min: -110, max: 100, minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(fc.oneof(anyBits, outOfRange), ({ buffer, length }) => {
        const x = output([length], "float32");
        x.storage.data.set(new Float32Array(buffer, 0, length));
        expectSame([length], "float32", (k, out) => k.unary(out, op, x));
      }),
      { numRuns: 300 },
    );
  });

  test("pow of every magnitude", () => {
    const anyBits = fc.uint32Array({ minLength: 100, maxLength: 100 });
    const bases = fc.oneof(anyBits, fc.float32Array({ min: -8, max: 8, minLength: 100, maxLength: 100 }));
    const wholes = fc
      .array(fc.integer({ min: -9, max: 9 }), { minLength: 100, maxLength: 100 })
      .map((ys) => Float32Array.from(ys));
    fc.assert(
      fc.property(bases, fc.oneof(wholes, bases), (bases, exponents) => {
        const [x, y] = [output([100], "float32"), output([100], "float32")];
        x.storage.data.set(new Float32Array(bases.buffer, 0, 100));
        y.storage.data.set(new Float32Array(exponents.buffer, 0, 100));
        expectSame([100], "float32", (k, out) => k.binary(out, "pow", x, y));
      }),
      { numRuns: 300 },
    );
  });

  test("where", () => {
    const operands = fc
      .tuple(fc.constantFrom(...dtypes), shapes)
      .chain(([dtype, shape]) =>
        fc.tuple(operand(shape, "bool"), operand(shape, dtype), operand(shape, dtype)),
      );
    fc.assert(
      fc.property(operands, ([condition, a, b]) =>
        expectSame(a.layout.shape, a.storage.dtype, (k, out) => k.where(out, condition, a, b)),
      ),
    );
  });

  test("clamp", () => {
    const operands = fc
      .tuple(fc.constantFrom(...dtypes), shapes)
      .chain(([dtype, shape]) =>
        fc.tuple(operand(shape, dtype), operand(shape, dtype), operand(shape, dtype)),
      );
    fc.assert(
      fc.property(operands, ([x, min, max]) =>
        expectSame(x.layout.shape, x.storage.dtype, (k, out) => k.clamp(out, x, min, max)),
      ),
    );
  });

  test("dropout", () => {
    const operands = fc
      .tuple(fc.constantFrom(...floats), shapes)
      .chain(([dtype, shape]) => fc.tuple(operand(shape, dtype), operand(shape, "bool")));
    const scales = fc.constantFrom(1.25, 2, Math.fround(1 / 0.7), 2 ** 40);
    fc.assert(
      fc.property(operands, scales, ([x, mask], scale) =>
        expectSame(x.layout.shape, x.storage.dtype, (k, out) => k.dropout(out, x, mask, scale)),
      ),
      { numRuns: 200 },
    );
  });

  test("copies from one dtype to another", () => {
    const operands = fc
      .tuple(fc.constantFrom(...dtypes), shapes)
      .chain(([dtype, shape]) => operand(shape, dtype));
    fc.assert(
      fc.property(fc.constantFrom(...dtypes), operands, (dtype, x) =>
        expectSame(x.layout.shape, dtype, (k, out) => k.copy(out, x)),
      ),
      { numRuns: 400 },
    );
  });

  const activations = fc.constantFrom("leakyRelu", "hardtanh", "hardswish", "elu", "gelu");
  const parameters = fc.constantFrom([-1, 1, 1], [0, 6, 0.3], [0.01, 1.05, 2], [0.7, 0.9, -1 / 3] as const);
  const activationOperands = fc
    .tuple(fc.constantFrom(...floats), shapes)
    .chain(([dtype, shape]) => fc.tuple(operand(shape, dtype), operand(shape, dtype)));

  test("activations", () => {
    fc.assert(
      fc.property(activationOperands, activations, parameters, ([x], op, parameters) =>
        expectSame(x.layout.shape, x.storage.dtype, (k, out) => k.activation(out, op, x, parameters)),
      ),
      { numRuns: 300 },
    );
  });

  test("gradients of activations", () => {
    fc.assert(
      fc.property(activationOperands, activations, parameters, ([g, x], op, parameters) =>
        expectSame(x.layout.shape, x.storage.dtype, (k, out) =>
          k.activationBackward(out, op, g, x, parameters),
        ),
      ),
      { numRuns: 300 },
    );
  });

  test("addScaled", () => {
    const operands = fc
      .tuple(fc.constantFrom(...floats), shapes)
      .chain(([dtype, shape]) => fc.tuple(operand(shape, dtype), operand(shape, dtype)));
    fc.assert(
      fc.property(operands, fc.double(), ([a, b], alpha) =>
        expectSame(a.layout.shape, a.storage.dtype, (k, out) => k.addScaled(out, a, b, alpha)),
      ),
    );
  });

  test("writing into one of the operands", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9000 }),
        fc.constantFrom(...floats),
        places,
        (n, dtype, place) => {
          const [plain, fast] = [output([n], dtype, place), output([n], dtype, place)];
          plainKernels.binary(plain, "mul", plain, plain);
          wasm.binary(fast, "mul", fast, fast);
          expect(difference(fast, plain)).toBeNull();
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe("sums in WebAssembly have the bits of the plain loops", () => {
  const lengths = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(127, 128, 129, 300, 1000, 4100));
  const reduced = fc
    .record({
      dtype: fc.constantFrom(...floats, "int32" as const),
      shape: fc.tuple(fc.integer({ min: 0, max: 5 }), lengths, fc.integer({ min: 0, max: 5 })),
      dims: fc.subarray([0, 1, 2]),
      specials: fc.boolean(),
    })
    .chain(({ dtype, shape, dims }) => fc.tuple(operand(shape, dtype), fc.constant(dims)));

  test("along any dimensions", () => {
    fc.assert(
      fc.property(reduced, ([x, dims]) =>
        expectSame(
          x.layout.shape.map((size, d) => (dims.includes(d) ? 1 : size)),
          x.storage.dtype,
          (k, out) => k.reduce(out, "sum", x),
        ),
      ),
      { numRuns: 300 },
    );
  });

  test.each([...floats, "int32"] as const)("of more %s elements than the workspace holds", (dtype) => {
    const x = output([2 ** 20 * 3 + 5], dtype);
    x.storage.data.forEach((_, i, data) => (data[i] = Math.sin(i) * 2 ** 31));
    expectSame([1], dtype, (k, out) => k.reduce(out, "sum", x));
  });
});

describe("the largest and smallest elements in WebAssembly have the bits of the plain loops", () => {
  const size = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
  const operands = fc
    .tuple(fc.constantFrom(...dtypes), fc.tuple(size(4), size(100), size(19)))
    .chain(([dtype, shape]) => operand(shape, dtype));

  test.each(["max", "min"] as const)("%s along any dimensions", (op) => {
    fc.assert(
      fc.property(operands, fc.subarray([0, 1, 2]), (x, dims) =>
        expectSame(
          x.layout.shape.map((size, d) => (dims.includes(d) ? 1 : size)),
          x.storage.dtype,
          (k, out) => k.reduce(out, op, x),
        ),
      ),
      { numRuns: 200 },
    );
  });

  test.each(["argmax", "argmin"] as const)("%s along any dimension", (op) => {
    fc.assert(
      fc.property(operands, fc.constantFrom(0, 1, 2), (x, dim) =>
        expectSame(
          x.layout.shape.map((size, d) => (d === dim ? 1 : size)),
          "int32",
          (k, out) => k.argReduce(out, op, x, dim),
        ),
      ),
      { numRuns: 200 },
    );
  });

  test("of several equal ones the first counts, and a NaN more than all", () => {
    const place = (values: number[], op: "argmax" | "argmin"): number => {
      const x = output([values.length], "float32");
      x.storage.data.set(values);
      const out = output([1], "int32");
      wasm.argReduce(out, op, x, 0);
      return read(out)[0]!;
    };
    expect(place([1, 3, -2, 3, -2], "argmax")).toBe(1);
    expect(place([1, 3, -2, 3, -2], "argmin")).toBe(2);
    expect(place([-0, 0, 0, -0, -1], "argmax")).toBe(0);
    expect(place([1, Infinity, 2, NaN, NaN, 0, 4, 9, 8], "argmax")).toBe(3);
    expect(place([1, -Infinity, 2, 5, 6, 0, 4, 9, NaN], "argmin")).toBe(8);
  });
});

/** Two operands of one shape, and a dimension of theirs. */
const lines = fc
  .tuple(fc.constantFrom(...floats), shapes)
  .filter(([, shape]) => shape.length > 0)
  .chain(([dtype, shape]) =>
    fc.record({
      x: operand(shape, dtype),
      g: operand(shape, dtype),
      dim: fc.nat({ max: shape.length - 1 }),
    }),
  );

describe.each(["softmax", "logSoftmax"] as const)(
  "%s in WebAssembly has the bits of the plain loops",
  (op) => {
    test("along any dimension", () => {
      fc.assert(
        fc.property(lines, ({ x, dim }) =>
          expectSame(x.layout.shape, x.storage.dtype, (k, out) => k[op](out, x, dim)),
        ),
        { numRuns: 200 },
      );
    });
  },
);

describe.each(["softmaxBackward", "logSoftmaxBackward"] as const)(
  "%s in WebAssembly has the bits of the plain loops",
  (op) => {
    test("along any dimension", () => {
      fc.assert(
        fc.property(lines, ({ x: y, g, dim }) =>
          expectSame(y.layout.shape, y.storage.dtype, (k, out) => k[op](out, g, y, dim)),
        ),
        { numRuns: 200 },
      );
    });
  },
);

describe("standardize in WebAssembly has the bits of the plain loops", () => {
  const eps = fc.constantFrom(0, 1e-5, 0.3);

  test("along any dimension", () => {
    fc.assert(
      fc.property(lines, eps, ({ x, dim }, eps) =>
        expectSame(x.layout.shape, x.storage.dtype, (k, out) => k.standardize(out, x, dim, eps)),
      ),
      { numRuns: 200 },
    );
  });

  test("and so has its gradient", () => {
    fc.assert(
      fc.property(lines, eps, ({ x, g, dim }, eps) =>
        expectSame(x.layout.shape, x.storage.dtype, (k, out) => k.standardizeBackward(out, g, x, dim, eps)),
      ),
      { numRuns: 200 },
    );
  });
});

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
