/**
 * torchlet as a contestant, on as many threads as `--threads` says. `--blas` lets the system's BLAS multiply matrices, `--reproducible`
 * asks for the same bits on every machine.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { blas } from "@torchlet/blas/optional";
import { compile, instantiate, RESERVED } from "@torchlet/kernels";
import { kernels } from "@torchlet/tensor/kernels";
import {
  cat,
  F,
  fromTypedArray,
  getNumThreads,
  manualSeed,
  nn,
  noGrad,
  ones,
  optim,
  setNumThreads,
  setReproducible,
  tensor,
  where,
  type Tensor,
} from "torchlet";
import { LogNetwork } from "../../examples/classifier/network.ts";
import { trainEpoch } from "../../examples/classifier/train.ts";
import { readDigits } from "../../examples/shared/mnist.ts";
import { initialWeights, tutorial, x, y } from "../../examples/xor/network.ts";
import { importing, numbers, running, serve, type Work } from "../harness.mjs";
import type { Call, Op, Row } from "./rows.ts";

type RowOf<W extends Row["work"]> = Extract<Row, { work: W }>;

const { values } = parseArgs({
  options: { blas: { type: "boolean" }, reproducible: { type: "boolean" }, threads: { type: "string" } },
});
if (values.blas) blas.enable();
if (values.reproducible) setReproducible(true);
if (values.threads) {
  setNumThreads(Number(values.threads));
  if (values.blas) blas.setThreads(Number(values.threads));
}
manualSeed(1);

const about = {
  provider: kernels().name,
  threads: values.blas ? (blas.info().threads ?? 1) : getNumThreads(),
};
/** What Node needs to run the sources, if these are what is measured. */
const flags = import.meta.resolve("torchlet").endsWith(".ts") ? process.execArgv : [];
const folder = fileURLToPath(new URL("..", import.meta.url));

/** A tensor with bytes of its own. */
function random(...shape: number[]): Tensor {
  return fromTypedArray(numbers(shape.reduce((a, b) => a * b, 1)), shape).clone();
}

function classifier({ batch }: RowOf<"classifier">): Work {
  const model = new LogNetwork();
  const criterion = new nn.NLLLoss();
  const optimizer = new optim.SGD(model.parameters(), { lr: 0.003 });
  const images = random(batch, 784);
  const labels = fromTypedArray(Int32Array.from({ length: batch }, (_, i) => i % 10));
  const run = (): void => {
    const loss = criterion.forward(model.forward(images), labels);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
  };
  return { run };
}

function epoch(): Work {
  const model = new LogNetwork();
  const optimizer = new optim.SGD(model.parameters(), { lr: 0.05, momentum: 0.9 });
  const loader = new nn.DataLoader(readDigits("train"), { batchSize: 128, shuffle: true });
  const run = async (): Promise<void> => {
    for await (const _ of trainEpoch(model, optimizer, loader));
  };
  return { run };
}

function xor(): Work {
  const { w1, w2 } = initialWeights(tutorial);
  const weights = [w1.requiresGrad_(), w2.requiresGrad_()];
  const run = (): void => {
    const loss = x.mm(w1).clampMin(0).mm(w2).sub(y).square().sum();
    loss.backward();
    noGrad(() => {
      for (const w of weights) {
        w.sub_(w.grad!.mul(tutorial.lr));
        w.grad = null;
      }
    });
  };
  return { run };
}

function matmul({ a, b }: RowOf<"matmul">): Work {
  const [A, B] = [a, b].map(({ shape, transposed }) =>
    transposed ? random(...shape).t() : random(...shape),
  );
  return { run: () => A!.matmul(B!) };
}

const ops: Record<Op, (x: Tensor, other: Tensor) => Tensor> = {
  add: (x, other) => x.add(other),
  mul: (x, other) => x.mul(other),
  relu: (x) => x.relu(),
  exp: (x) => x.exp(),
  tanh: (x) => x.tanh(),
  sigmoid: (x) => x.sigmoid(),
  sum: (x) => x.sum(),
  softmax: (x) => F.softmax(x, 1),
};

function op({ op, size, backward }: RowOf<"op">): Work {
  const f = ops[op];
  const [x, other] = [random(size / 64, 64), random(size / 64, 64)];
  if (!backward) return { run: () => f(x, other) };
  for (const leaf of [x, other]) leaf.requiresGrad_();
  const g = op === "sum" ? tensor(1) : ones(size / 64, 64);
  const run = (): void => {
    x.grad = other.grad = null;
    f(x, other).backward(g);
  };
  return { run };
}

/** A function of WebAssembly by itself, on a memory of its own. */
function kernel({ op, size }: RowOf<"kernel">): Work | null {
  const memory = new WebAssembly.Memory({ initial: 256, maximum: 256, shared: true });
  const code = compile(true);
  if (code === null) return null;
  const run = instantiate(code, memory);
  const [out, a, b] = [0, 1, 2].map((i) => RESERVED + i * (4 * size + 64)) as [number, number, number];
  for (const at of [a, b]) new Float32Array(memory.buffer, at, size).set(numbers(size));
  if (op === "add" || op === "mul") {
    const f = run[`${op}32`];
    return { run: () => f(out, a, b, size) };
  }
  const f = run[`${op}32`];
  return { run: () => f(out, a, size) };
}

/** Functions of `x`, beside which stand tensors without gradients. */
function calls(): Record<Call, (x: Tensor) => Tensor> {
  const other = random(1024, 64);
  const positive = other.gt(0);
  const [classes, words] = [64, 1024].map((count) =>
    fromTypedArray(Int32Array.from({ length: 1024 }, (_, i) => (i * 7919) % count)),
  ) as [Tensor, Tensor];
  return {
    "pow(2)": (x) => x.pow(2),
    sqrt: (x) => x.sqrt(),
    gelu: (x) => F.gelu(x),
    elu: (x) => F.elu(x),
    silu: (x) => F.silu(x),
    softplus: (x) => F.softplus(x),
    "layer norm": (x) => F.layerNorm(x, [64]),
    "batch norm": (x) => F.batchNorm(x, null, null, { training: true }),
    "mean of rows": (x) => x.mean(1),
    "max of rows": (x) => x.amax(1),
    "MSE loss": (x) => F.mseLoss(x, other),
    "cross entropy": (x) => F.crossEntropy(x, classes),
    embedding: (x) => F.embedding(words, x),
    "argmax of rows": (x) => x.argmax(1),
    "cumulative sums": (x) => x.cumsum(1),
    "sorted rows": (x) => x.sort(1).values,
    "top 5 of rows": (x) => x.topk(5).values,
    "transposed copy": (x) => x.t().contiguous(),
    "two joined": (x) => cat([x, other], 1),
    comparison: (x) => x.gt(other),
    "choice of two": (x) => where(positive, x, other),
    "one-hot": () => F.oneHot(classes, 64),
  };
}

function call({ call, backward }: RowOf<"call">): Work {
  const f = calls()[call];
  const x = random(1024, 64).abs();
  if (!backward) return { run: () => noGrad(() => f(x)) };
  x.requiresGrad_();
  const g = noGrad(() => ones(f(x).shape));
  const run = (): void => {
    x.grad = null;
    f(x).backward(g);
  };
  return { run };
}

function optimizer({ optimizer, size }: RowOf<"optimizer">): Work {
  const parameter = new nn.Parameter(random(size));
  parameter.grad = random(size);
  const chosen = new optim[optimizer]([parameter], { lr: 0.001 });
  return { run: () => chosen.step() };
}

await serve(about, {
  classifier,
  epoch,
  xor,
  matmul,
  op,
  kernel,
  call,
  optimizer,
  import: () => importing("torchlet", folder, flags),
  "xor script": () => running([...flags, "programs/xor.mjs"], folder),
});
