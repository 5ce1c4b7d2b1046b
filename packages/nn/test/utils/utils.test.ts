import { tensor, zeros, type Tensor } from "@torchlet/tensor";
import { describe, expect, test } from "vitest";
import { Linear } from "../../src/index.ts";
import {
  clipGradNorm_,
  clipGradValue_,
  parametersToVector,
  vectorToParameters,
} from "../../src/utils/index.ts";
import { expectNear, golden } from "../optim/problem.ts";

interface Clip {
  readonly clip: "norm" | "value";
  readonly options: { max_norm: number; norm_type?: number | "inf"; clip_value: number };
  readonly dtype: "float32" | "float64";
  readonly grads: { readonly w: number[]; readonly b: number[] };
  readonly total_norm: [number] | null;
  readonly after: { readonly w: number[]; readonly b: number[] };
}

const { clips } = golden("optimizers.json") as { readonly clips: readonly Clip[] };

function withGradient(g: readonly number[], dtype: "float32" | "float64" = "float32"): Tensor {
  const x = zeros([g.length], { dtype, requiresGrad: true });
  x.grad = tensor(g, { dtype });
  return x;
}

describe("clipping gradients", () => {
  test.each(clips.map((c) => [`${c.clip} ${JSON.stringify(c.options)} in ${c.dtype}`, c] as const))(
    "gives PyTorch's values: %s",
    (_, { clip, options, dtype, grads, total_norm, after }) => {
      const [w, b] = [withGradient(grads.w, dtype), withGradient(grads.b, dtype)];
      const tolerance = dtype === "float64" ? 1e-14 : 1e-6;
      if (clip === "value") clipGradValue_([w, b], options.clip_value);
      else {
        const normType = options.norm_type === "inf" ? Infinity : (options.norm_type ?? 2);
        const norm = clipGradNorm_([w, b], options.max_norm, { normType });
        expect(norm.dtype).toBe(dtype);
        expectNear([norm.item()], total_norm!, tolerance);
      }
      expectNear([...w.grad!.toTypedArray()], after.w, tolerance);
      expectNear([...b.grad!.toTypedArray()], after.b, tolerance);
    },
  );

  test("changes the gradient tensors themselves, and takes a single tensor", () => {
    const x = withGradient([3, 4]);
    const g = x.grad;
    clipGradNorm_(x, 1);
    expect(x.grad).toBe(g);
  });

  test("leaves out parameters without a gradient; of none the norm is 0", () => {
    expect(clipGradNorm_([zeros(2)], 1).item()).toBe(0);
    clipGradValue_([zeros(2)], 1);
  });

  test("refuses a norm that is not finite only if asked to", () => {
    const x = withGradient([Infinity, 1]);
    expect(() => clipGradNorm_(x, 1, { errorIfNonfinite: true })).toThrow(
      /the norm of the gradients is Infinity/,
    );
    expect(x.grad?.toArray()).toEqual([Infinity, 1]);
    // PyTorch: inf * (1 / inf) is NaN, 1 * (1 / inf) is 0
    expect(clipGradNorm_(x, 1).item()).toBe(Infinity);
    expect(x.grad?.toArray()).toEqual([NaN, 0]);
  });

  test("refuses limits that are none, and a module in the place of its parameters", () => {
    const x = withGradient([2]);
    expect(() => clipGradNorm_([x], NaN)).toThrow("maxNorm must be a number of at least 0, got NaN");
    expect(() => {
      clipGradValue_([x], undefined as never);
    }).toThrow("clipValue must be a number of at least 0, got undefined");
    expect(() => clipGradNorm_(new Linear(1, 1) as never, 1)).toThrow(
      "[clipGradNorm_] needs tensors, as model.parameters() gives them, got a Linear",
    );
    expect(x.grad!.toArray()).toEqual([2]);
  });

  test("refuses a norm of order 0", () => {
    expect(() => clipGradNorm_(withGradient([1]), 1, { normType: 0 })).toThrow(/normType must be above 0/);
  });
});

describe("parameters as one vector", () => {
  test("come back as they went, each in its own memory", () => {
    const [w, b] = [tensor([[1, 2], [3, 4]], { requiresGrad: true }), tensor([5], { requiresGrad: true })]; // prettier-ignore
    const vector = parametersToVector([w, b]);
    expect(vector.requiresGrad).toBe(true);
    const { storage } = w;
    vectorToParameters(vector.detach().mul(2), [w, b]);
    expect(w.storage).toBe(storage);
    expect(w.toArray()).toEqual([
      [2, 4],
      [6, 8],
    ]);
    expect(b.toArray()).toEqual([10]);
  });

  test("a vector of another length is refused and changes nothing", () => {
    const w = tensor([1, 2]);
    expect(() => vectorToParameters(zeros(3), [w])).toThrow(/shape \[3\] for parameters with 2 elements/);
    expect(w.toArray()).toEqual([1, 2]);
  });

  test("no parameters have no vector", () => {
    expect(() => parametersToVector([])).toThrow(/at least one parameter/);
  });
});
