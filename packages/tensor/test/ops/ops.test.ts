import { AutogradError, gradcheck, gradgradcheck, noGrad, stack, Tensor, tensor } from "@torchlet/tensor";
import { describe, expect, test } from "vitest";
import * as ops from "../../src/ops/index.ts";
import { samples, type Row } from "./samples.ts";

type Call = (...args: unknown[]) => unknown;

const cases = Object.entries(samples as Record<string, Row>).flatMap(([name, row]) =>
  row.samples.map((args, i) => ({ title: `${name} ${i}`, name, row, args })),
);
const op = (name: string): Call => (ops as unknown as Record<string, Call>)[name]!;

const isDouble = (x: unknown): x is Tensor => x instanceof Tensor && x.dtype === "float64";

/** The arguments with every float64 tensor, also in lists and options, replaced. */
function replaced(x: unknown, by: (x: Tensor) => unknown): unknown {
  if (isDouble(x)) return by(x);
  if (x instanceof Tensor || typeof x !== "object" || x === null) return x;
  if (Array.isArray(x)) return x.map((y) => replaced(y, by));
  return Object.fromEntries(Object.entries(x).map(([key, y]) => [key, replaced(y, by)]));
}

function replacedAll(args: readonly unknown[], by: (x: Tensor) => unknown): unknown[] {
  return args.map((x) => replaced(x, by));
}

function tensorsOf(args: readonly unknown[]): Tensor[] {
  const found: Tensor[] = [];
  replacedAll(args, (x) => found.push(x));
  return found;
}

/** What an op returned, as comparable values. */
function plain(result: unknown): unknown {
  if (result instanceof Tensor)
    return { dtype: result.dtype, shape: result.shape, data: [...result.toTypedArray()] };
  if (Array.isArray(result)) return result.map(plain);
  return typeof result === "object" && result !== null ? Object.values(result).map(plain) : result;
}

describe("gradients", () => {
  const differentiable = cases.filter(({ row }) => row.gradient !== false);
  test.each(differentiable)("$title agrees with finite differences, once and twice", ({ name, args }) => {
    const inputs = tensorsOf(args).map((x) => x.clone().requiresGrad_());
    const f = (...xs: Tensor[]): Tensor[] => {
      let i = 0;
      const result = op(name)(...replacedAll(args, () => xs[i++]!));
      const outputs = result instanceof Tensor ? [result] : Object.values(result as Record<string, Tensor>);
      return outputs.filter((y) => y.dtype === "float64");
    };
    gradcheck(f, inputs);
    gradgradcheck(f, inputs);
  });

  test.each(cases.filter(({ row }) => row.gradient === false))("$title has none", ({ name, args }) => {
    const result = op(name)(...replacedAll(args, (x) => x.clone().requiresGrad_()));
    expect(result instanceof Tensor && result.requiresGrad).toBe(false);
  });
});

/** The gradients of an op's inputs, after `spoil` has had what it was called with and what it gave; null if backward refuses. */
function gradients(
  { name, args }: (typeof cases)[number],
  spoil: (inputs: Tensor[], outputs: Tensor[]) => void,
): unknown[] | null {
  const leaves = tensorsOf(args).map((x) => x.clone().requiresGrad_());
  const inputs = leaves.map((x) => x.mul(1));
  let i = 0;
  const result = op(name)(...replacedAll(args, () => inputs[i++]!));
  const outputs = (
    result instanceof Tensor ? [result] : Object.values(result as Record<string, Tensor>)
  ).filter((y) => y.requiresGrad);
  const directions = outputs.map((y) => y.detach().mul(0.3).add(1));
  noGrad(() => spoil(inputs, outputs));
  try {
    outputs.forEach((y, k) => y.backward(directions[k], { retainGraph: true }));
  } catch (error) {
    expect(error).toBeInstanceOf(AutogradError);
    expect(String(error)).toContain("changed it in place");
    return null;
  }
  return leaves.map((x) => x.grad?.toArray() ?? null);
}

describe("changes in place after the op", () => {
  const differentiable = cases.filter(({ row }) => row.gradient !== false);
  test.each(differentiable)("$title gives the right gradients then, or none", (c) => {
    const expected = gradients(c, () => undefined);
    tensorsOf(c.args).forEach((_, k) => {
      const actual = gradients(c, (inputs) => void inputs[k]!.add_(0.7));
      expect(actual ?? expected).toEqual(expected);
    });
    const actual = gradients(c, (_, outputs) => outputs.forEach((y) => y.storage.viewed || y.add_(0.7)));
    expect(actual ?? expected).toEqual(expected);
  });

  test.each(["exp", "mul", "matmul", "where", "clampMin"])(
    "%s refuses where its gradient needs them",
    (name) => {
      const first = cases.find((c) => c.name === name)!;
      const refused = [
        ...tensorsOf(first.args).map((_, k) => gradients(first, (inputs) => void inputs[k]!.add_(0.7))),
        gradients(first, (_, outputs) => outputs.forEach((y) => void y.add_(0.7))),
      ];
      expect(refused.includes(null)).toBe(name !== "where"); // whose gradient needs the condition only
    },
  );
});

/** Every second place of a larger storage. */
function sliced(x: Tensor): Tensor {
  return stack([x, x.mul(0).add(99)], x.ndim).select(x.ndim, 0);
}

/** The same elements in reverse order of dimensions. */
function permuted(x: Tensor): Tensor {
  const reverse = x.shape.map((_, d) => x.ndim - 1 - d);
  return x.permute(reverse).clone().permute(reverse);
}

/** The first row repeated, all in one place of memory. */
function expanded(x: Tensor): Tensor {
  return x.ndim === 0 ? x : x.narrow(0, 0, 1).expand(x.shape);
}

describe("layouts", () => {
  test.each(cases.filter(({ row }) => !row.contiguous))(
    "$title does not depend on the layout",
    ({ name, args }) => {
      const expected = plain(op(name)(...args));
      expect(plain(op(name)(...replacedAll(args, sliced)))).toEqual(expected);
      expect(plain(op(name)(...replacedAll(args, permuted)))).toEqual(expected);
      const repeated = replacedAll(args, expanded);
      expect(plain(op(name)(...repeated))).toEqual(
        plain(op(name)(...replacedAll(repeated, (x) => x.clone()))),
      );
    },
  );
});

describe("methods", () => {
  const onlyFunctions = ["where", "einsum", "cat", "stack", "meshgrid"];

  test.each(cases.filter(({ name }) => !onlyFunctions.includes(name)))(
    "$title gives what the function gives",
    (c) => {
      const [x, ...rest] =
        c.args[0] instanceof Tensor ? c.args : [tensor(c.args[0] as number), ...c.args.slice(1)];
      const method = (x as Record<string, Call>)[c.name]!;
      expect(plain(method.call(x, ...rest))).toEqual(plain(op(c.name)(x, ...rest)));
    },
  );

  test("do not exist where no tensor comes first", () => {
    expect(
      Object.keys(samples)
        .filter((name) => !(name in Tensor.prototype))
        .sort(),
    ).toEqual(onlyFunctions.sort());
  });
});

describe("integers", () => {
  const ask = cases.filter(({ row, title }) => row.integers !== null && title.endsWith(" 0"));
  const integers = (args: readonly unknown[]): unknown[] =>
    replacedAll(args, (x) => x.abs().add(1).to("int32"));

  test.each(ask.filter(({ row }) => row.integers !== "refused"))(
    "$name gives the dtype that PyTorch gives",
    (c) => {
      const result = op(c.name)(...integers(c.args));
      const first = result instanceof Tensor ? result : Object.values(result as Record<string, Tensor>)[0]!;
      expect(first.dtype).toBe(c.row.integers);
    },
  );

  test.each(ask.filter(({ row }) => row.integers === "refused"))("$name refuses them", ({ name, args }) => {
    expect(() => op(name)(...integers(args))).toThrow(`[${name}] `);
  });
});

describe("an operand of which no view is left", () => {
  const storagesOf = (y: unknown): unknown[] =>
    y instanceof Tensor ? [y.storage] : Object.values(y as object).flatMap(storagesOf);
  const copying = cases.filter(({ name, args }) => {
    const results = storagesOf(op(name)(...args) ?? {});
    return tensorsOf(args).every((x) => !results.includes(x.storage));
  });
  test.each(copying)("can still be changed in place, recorded, after $title", ({ name, args }) => {
    const inputs = tensorsOf(args).map((x) => x.clone());
    let i = 0;
    op(name)(...replacedAll(args, () => inputs[i++]!));
    const w = tensor(2, { dtype: "float64", requiresGrad: true });
    for (const x of inputs) x.mul_(w);
    expect(inputs.every((x) => x.requiresGrad)).toBe(true);
  });
});
