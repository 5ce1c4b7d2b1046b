import { readFileSync } from "node:fs";
import {
  grad,
  gradcheck,
  gradgradcheck,
  tensor,
  type DType,
  type Tensor,
  type TensorData,
  TorchletError,
} from "@torchlet/tensor";
import { expect, test } from "vitest";
import { F } from "../src/index.ts";

/** A tensor as golden/functional.py writes it; g marks those that get a gradient. */
interface Flat {
  readonly t: DType;
  readonly s: readonly number[];
  readonly d: readonly (number | "NaN" | "Infinity" | "-Infinity")[];
  readonly g?: 1;
}
type Argument = Flat | number | boolean | string | null | readonly number[];

interface Case {
  readonly name: keyof typeof F;
  readonly args: readonly Argument[];
  readonly options: Readonly<Record<string, Argument>>;
  readonly out: Flat;
  readonly cot?: Flat;
  readonly grads?: readonly (Flat | null)[];
  readonly smooth: boolean;
}

const path = new URL("golden/functional.json", import.meta.url);
const cases = JSON.parse(readFileSync(path, "utf8")) as readonly Case[];

function isFlat(x: Argument): x is Flat {
  return typeof x === "object" && x !== null && "t" in x;
}

function decode({ t, s, d, g }: Flat): Tensor {
  const values = d.map(Number) as TensorData;
  return tensor(values, { dtype: t })
    .view([...s])
    .requiresGrad_(g === 1);
}

/** The tensors of a case that get gradients, and the call as a function of them. */
function replay({ name, args, options }: Case): { inputs: Tensor[]; run: (...inputs: Tensor[]) => Tensor } {
  const live = [...args, ...Object.values(options)].filter((x) => isFlat(x)).filter((x) => x.g === 1);
  const run = (...inputs: Tensor[]): Tensor => {
    const value = (x: Argument): unknown => {
      if (!isFlat(x)) return x;
      return x.g === 1 ? inputs[live.indexOf(x)] : decode(x);
    };
    const named = Object.fromEntries(Object.entries(options).map(([key, x]) => [key, value(x)]));
    const positional = args.map(value);
    const f = F[name] as (...all: unknown[]) => Tensor;
    return Object.keys(named).length > 0 ? f(...positional, named) : f(...positional);
  };
  return { inputs: live.map(decode), run };
}

/** Equal shape and dtype, and values that differ by at most `tolerance` of the largest. */
function expectClose(actual: Tensor, expected: Flat, tolerance: number): void {
  expect(actual.shape).toEqual(expected.s);
  expect(actual.dtype).toBe(expected.t);
  const values = expected.d.map(Number);
  const scale = Math.max(1e-300, ...values.map(Math.abs).filter(Number.isFinite));
  for (const [i, v] of actual.toTypedArray().entries()) {
    if (Number.isFinite(values[i]))
      expect(Math.abs(v - values[i]!) / scale, `element ${i}`).toBeLessThanOrEqual(tolerance);
    else expect(v, `element ${i}`).toBe(values[i]);
  }
}

function title({ name, args, options, smooth }: Case, i: number): string {
  const described = args.map((x) => (isFlat(x) ? `[${x.s.join(", ")}]` : JSON.stringify(x)));
  const settings = Object.entries(options).map(
    ([key, x]) => `${key} ${isFlat(x) ? "given" : JSON.stringify(x)}`,
  );
  return `${name}(${[...described, ...settings].join(", ")})${smooth ? "" : " at corners"}, case ${i}`;
}

/** PyTorch computes the gradient of hardsigmoid with 1/6 rounded to float32, also for float64. */
const gradientTolerance: Partial<Record<keyof typeof F, number>> = { hardsigmoid: 1e-7 };

const titled = cases.map((c, i) => [title(c, i), c] as const);

test.each(titled)("value and gradients are PyTorch's: %s", (_, c) => {
  const { inputs, run } = replay(c);
  const double = c.out.t === "float64";
  const out = run(...inputs);
  expectClose(out, c.out, double ? 1e-12 : 1e-5);
  if (inputs.length === 0) return;
  const gradients: readonly (Tensor | null)[] = grad([out], inputs, {
    gradOutputs: [decode(c.cot!)],
    allowUnused: true,
  });
  gradients.forEach((g, i) => {
    const expected = c.grads![i] ?? null;
    if (g === null || expected === null) expect(g).toBe(expected);
    else expectClose(g, expected, double ? (gradientTolerance[c.name] ?? 1e-10) : 1e-4);
  });
});

test.each(titled.filter(([, c]) => c.smooth && c.grads))(
  "first and second gradients are those of differences: %s",
  (_, c) => {
    const { inputs, run } = replay(c);
    expect(gradcheck(run, inputs)).toBe(true);
    expect(gradgradcheck(run, inputs)).toBe(true);
  },
);

const bad: readonly unknown[] = [3, [1, 2], "x", {}];

test.each(titled)(
  "arrays and the like in the place of tensors are refused by name: %s",
  (_, { name, args, options }) => {
    const f = F[name] as (...all: unknown[]) => unknown;
    const good: unknown[] = args.map((x) => (isFlat(x) ? decode(x) : x));
    const named = Object.fromEntries(
      Object.entries(options).map(([key, x]) => [key, isFlat(x) ? decode(x) : x]),
    );
    args.forEach((argument, i) => {
      if (!isFlat(argument)) return;
      for (const wrong of bad)
        expect(
          () => f(...good.with(i, wrong), ...(Object.keys(options).length > 0 ? [named] : [])),
          `argument ${i} is ${JSON.stringify(wrong)}`,
        ).toThrow(TorchletError);
    });
  },
);

test("a margin that is kept to the last digit gives no gradient, as in PyTorch", () => {
  const x = tensor([[1, 0]], { requiresGrad: true });
  F.multiMarginLoss(x, tensor([0], { dtype: "int32" })).backward();
  expect(x.grad!.toArray()).toEqual([[0, 0]]);
});

test("settings of activations must be numbers", () => {
  const x = tensor([-1, 1]);
  for (const f of [F.leakyRelu, F.elu, F.celu])
    expect(() => f(x, { alpha: 2 } as unknown as number)).toThrow(/must be a number, got an object/);
});

test("every function of F is compared with PyTorch", () => {
  expect(new Set(cases.map(({ name }) => name))).toEqual(new Set(Object.keys(F)));
});

test.each([
  ["leakyRelu", (x: Tensor) => F.leakyRelu(x)],
  ["hardtanh", (x: Tensor) => F.hardtanh(x)],
  ["relu6", (x: Tensor) => F.relu6(x)],
  ["hardsigmoid", (x: Tensor) => F.hardsigmoid(x)],
])("the second derivative of %s, which is straight, is 0 and not an error", (_name, f) => {
  const x = tensor([-4, -0.5, 0.5, 7], { requiresGrad: true });
  const [dx] = grad(f(x).sum(), [x], { createGraph: true });
  const [d2x] = grad(dx.sum(), [x]);
  expect(d2x.toArray()).toEqual([0, 0, 0, 0]);
});

test.each<[string, (x: Tensor, y: Tensor, factor: Tensor) => unknown]>([
  ["weight", (x, y, weight) => F.binaryCrossEntropy(x, y, { weight })],
  ["weight", (x, y, weight) => F.binaryCrossEntropyWithLogits(x, y, { weight })],
  ["posWeight", (x, y, posWeight) => F.binaryCrossEntropyWithLogits(x, y, { posWeight })],
  ["target", (x, _y, target) => F.softMarginLoss(x, target)],
])("a %s that would stretch the input is refused, as by PyTorch", (name, f) => {
  const [x, y] = [tensor([[0.5], [0.2], [1]]), tensor([[0], [1], [1]])];
  expect(() => f(x, y, tensor([1, 2, 3]))).toThrow(
    `${name} [3] does not broadcast to the shape of the input, [3, 1]`,
  );
  expect(() => f(x, y, tensor([[1], [2], [3]]))).not.toThrow();
  expect(() => f(x, y, tensor([2]))).not.toThrow();
});

test.each([F.mseLoss, F.l1Loss, F.huberLoss, F.binaryCrossEntropy, F.binaryCrossEntropyWithLogits])(
  "a target that is a comparison is refused with what to do: %o",
  (loss) => {
    const x = tensor([0.1, 0.9]);
    expect(() => loss(x, x.gt(0.5))).toThrow('the target is bool; convert it with .to("float32")');
  },
);

test("one sample may come without a batch, and its class with or without one", () => {
  const [x, options] = [tensor([1, 0.5, 0]), { dtype: "int32" } as const];
  expect(F.multiMarginLoss(x, tensor([0], options)).item()).toBeCloseTo(0.1667, 4); // PyTorch gives these
  expect(F.multiMarginLoss(x, tensor([0], options), { reduction: "none" }).shape).toEqual([1]);
  expect(F.multiMarginLoss(x, tensor(0, options), { reduction: "none" }).shape).toEqual([]);
});

test.each<[string, number, (x: Tensor) => Tensor]>([
  ["elu", 0, (x) => F.elu(x, 1.5)],
  ["celu", 0, (x) => F.celu(x, 2)],
  ["selu", 0, (x) => F.selu(x)],
  ["hardswish", 3, (x) => F.hardswish(x)],
  ["hardswish", -3, (x) => F.hardswish(x)],
])("the second derivative of %s at its kink, %d, is 0, as in PyTorch", (_name, at, f) => {
  const x = tensor([at], { requiresGrad: true });
  const [dx] = grad(f(x).sum(), [x], { createGraph: true });
  expect(grad(dx.sum(), [x])[0].toArray()).toEqual([0]);
});
