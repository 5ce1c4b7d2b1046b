/** Where bytes stand is nobody's business: what a user holds never changes, and results are the same wherever they are computed. */
import { describe, expect, test } from "vitest";
import { defineFunction, grad, manualSeed, noGrad, randn, type Tensor } from "../../src/index.ts";
import { allocateBlock, blockBytes, freeBlock } from "../../src/storage/memory.ts";

/** Large enough to be computed in linear memory. */
const SIZE = 24;

function parameters(): Tensor[] {
  manualSeed(3);
  const made = [1, 2, 3].map(() => randn([SIZE, SIZE], { requiresGrad: true }));
  for (const { storage } of made) storage.settle();
  return made;
}

/** Gradients that meet, pass through views, and are added up. */
function loss([a, b, c]: readonly Tensor[], x: Tensor): Tensor {
  const h = x.matmul(a!).relu();
  const left = h.matmul(b!.t()).add(h);
  const right = h.mul(c!).sigmoid().transpose(0, 1).contiguous();
  return left.mul(right).add(left).square().mean();
}

const bits = (tensors: readonly (Tensor | null)[]): unknown => tensors.map((t) => t!.toArray());

describe("gradients computed in linear memory", () => {
  test("are those that are recorded, which are not, for many steps", () => {
    const weights = parameters();
    for (let step = 0; step < 5; step++) {
      const x = randn(SIZE, SIZE);
      const recorded = grad(loss(weights, x), weights, { createGraph: true }).map((g) => g.detach());
      for (const w of weights) w.grad = null;
      loss(weights, x).backward();
      expect(bits(weights.map((w) => w.borrowGrad()))).toEqual(bits(recorded));
      expect(bits(grad(loss(weights, x), weights))).toEqual(bits(recorded));
    }
  });

  test("add up over several runs of backward", () => {
    const weights = parameters();
    const [x, y] = [randn(SIZE, SIZE), randn(SIZE, SIZE)];
    loss(weights, x).backward();
    loss(weights, y).backward();
    const sums = weights.map((w) => w.borrowGrad()!.toArray());
    const single = [x, y].map((input) => grad(loss(weights, input), weights));
    expect(sums).toEqual(weights.map((_, i) => single[0]![i]!.add(single[1]![i]!).toArray()));
  });

  test("are right when linear memory is full", () => {
    const weights = parameters();
    const x = randn(SIZE, SIZE);
    const expected = bits(grad(loss(weights, x), weights));
    const bytes = 2 ** 20;
    const blocks: number[] = [];
    for (let at = allocateBlock(bytes); at !== null; at = allocateBlock(bytes)) blocks.push(at);
    for (let i = 0; i < 3; i++) expect(bits(grad(loss(weights, x), weights))).toEqual(expected);
    for (const at of blocks) freeBlock(at, bytes);
    expect(blocks.length).toBeGreaterThan(20);
  });
});

describe("what a user holds stays as it is while training goes on", () => {
  const steps = (weights: readonly Tensor[]): void => {
    for (let i = 0; i < 3; i++) {
      for (const w of weights) w.grad = null;
      loss(weights, randn(SIZE, SIZE)).backward();
      noGrad(() => weights.forEach((w) => w.sub_(w.borrowGrad()!, { alpha: 0.1 })));
    }
  };

  function staysTheSame(hold: (weights: readonly Tensor[], keep: (x: Tensor) => void) => void): void {
    const weights = parameters();
    const held: Tensor[] = [];
    hold(weights, (x) => {
      held.push(x);
    });
    const before = bits(held);
    expect(held.length).toBeGreaterThan(0);
    steps(weights);
    expect(bits(held)).toEqual(before);
  }

  test(".grad", () => {
    staysTheSame((weights, keep) => {
      loss(weights, randn(SIZE, SIZE)).backward();
      for (const w of weights) keep(w.grad!);
    });
  });

  test("the results of grad", () => {
    staysTheSame((weights, keep) => grad(loss(weights, randn(SIZE, SIZE)), weights).forEach(keep));
  });

  test("what hooks are given", () => {
    staysTheSame((weights, keep) => {
      const h = randn(SIZE, SIZE).matmul(weights[0]!);
      h.registerHook(keep);
      const handle = weights[0]!.registerHook(keep);
      loss(weights, h).backward();
      handle.remove();
    });
  });

  test("the gradients of computed tensors", () => {
    staysTheSame((weights, keep) => {
      const h = randn(SIZE, SIZE).matmul(weights[0]!).retainGrad();
      loss(weights, h).backward();
      keep(h.grad!);
    });
  });

  test("what a function of their own is given", () => {
    staysTheSame((weights, keep) => {
      const double = defineFunction({
        name: "double",
        forward: (_, x: Tensor) => x.mul(2),
        backward: (_, g) => {
          keep(g);
          return [g.mul(2)];
        },
      });
      loss(weights, double(randn(SIZE, SIZE).matmul(weights[0]!).relu())).backward();
    });
  });

  test("the array of a tensor, which goes on to show its elements", () => {
    const weights = parameters();
    const { data } = weights[0]!;
    steps(weights);
    expect(weights[0]!.data).toBe(data);
    expect([...data]).toEqual([...weights[0]!.toTypedArray()]);
    expect(data.buffer).toBeInstanceOf(ArrayBuffer);
  });
});

test("what kernels use again and again moves to where they work; what has been handed out stays", () => {
  const [x, y] = [randn(SIZE, SIZE), randn(SIZE, SIZE)];
  const { data } = y;
  const expected = x.add(y).toArray();
  for (let i = 0; i < 20; i++) expect(x.add(y).toArray()).toEqual(expected);
  expect(x.storage.address).toBeGreaterThan(0);
  expect(y.storage.address).toBe(-1);
  expect(y.data).toBe(data);
  x.mul_(2);
  expect(x.add(0).toArray()).toEqual(x.toArray());
});

test("what kernels use again and again finds room where what was used before is dead", () => {
  const megabyte = 2 ** 18;
  const use = (x: Tensor): Tensor => {
    for (let i = 0; i < 8; i++) x.sum();
    return x;
  };
  const kept = use(randn(megabyte));
  const values = kept.toArray();
  const limit = blockBytes().allowed;
  for (let i = 0; i < 100; i++) expect(use(randn(megabyte)).storage.address).toBeGreaterThan(0);
  expect(blockBytes().allowed).toBe(limit);
  expect(kept.toArray()).toEqual(values);
});
