import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DType } from "../../../src/dtype.ts";
import { plainKernels } from "../../../src/kernels/plain/plain.ts";
import {
  binaryFunctions,
  unaryFunctions,
  type BinaryOp,
  type UnaryOp,
} from "../../../src/kernels/scalar/functions.ts";
import { difference, operand, output } from "../operands.ts";
import { dtypes, expectSame, floats, places, shapes, wasm } from "./contract.ts";

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
