/** What is measured, as data: every contestant does what it can of it. */

/** One row of the table. */
export type Row = { readonly name: string } & (
  | { readonly work: "classifier"; readonly batch: number }
  | { readonly work: "epoch" | "xor" | "import" | "xor script" }
  | { readonly work: "matmul"; readonly a: Matrix; readonly b: Matrix }
  | { readonly work: "op"; readonly op: Op; readonly size: number; readonly backward: boolean }
  | { readonly work: "kernel"; readonly op: Kernel; readonly size: number }
  | { readonly work: "call"; readonly call: Call; readonly backward: boolean }
  | { readonly work: "optimizer"; readonly optimizer: "SGD" | "Adam"; readonly size: number }
);

/** A matrix as it lies in memory, and whether it takes part transposed. */
interface Matrix {
  readonly shape: readonly [rows: number, columns: number];
  readonly transposed: boolean;
}

const ops = ["add", "mul", "relu", "exp", "tanh", "sigmoid", "sum", "softmax"] as const;
export type Op = (typeof ops)[number];

/** What is measured in WebAssembly alone, too: without an operation around it, in memory that is there. */
const kernels = ["add", "mul", "relu", "exp", "sigmoid"] as const;
export type Kernel = (typeof kernels)[number];

/** What networks are made of besides: operations on a batch of 1,024 examples with 64 features; those with a gradient first. */
const differentiable = [
  "pow(2)",
  "sqrt",
  "gelu",
  "elu",
  "silu",
  "softplus",
  "layer norm",
  "batch norm",
  "mean of rows",
  "max of rows",
  "MSE loss",
  "cross entropy",
  "embedding",
] as const;
const others = [
  "argmax of rows",
  "cumulative sums",
  "sorted rows",
  "top 5 of rows",
  "transposed copy",
  "two joined",
  "comparison",
  "choice of two",
  "one-hot",
] as const;
export type Call = (typeof differentiable)[number] | (typeof others)[number];

const sizes = [
  [64, "64"],
  [8192, "8 K"],
  [2 ** 20, "1 M"],
] as const;

export const rows: readonly Row[] = [
  ...[1, 16, 64, 256, 1024].map((batch): Row => ({
    name: `classifier step, batch ${batch}`,
    work: "classifier",
    batch,
  })),
  { name: "classifier epoch, 60,000 images", work: "epoch" },
  { name: "XOR step", work: "xor" },
  ...[64, 128, 256, 512, 1024].map((n) => matmul(plain(n, n), plain(n, n), `${n}`)),
  // the classifier's layers at batch 64: forward, gradient of the weights, gradient of the input
  matmul(plain(64, 784), transposed(128, 784)),
  matmul(transposed(64, 128), plain(64, 784)),
  matmul(plain(64, 128), transposed(64, 128)),
  matmul(transposed(64, 64), plain(64, 128)),
  matmul(plain(64, 64), plain(64, 128)),
  matmul(plain(64, 64), transposed(10, 64)),
  matmul(transposed(64, 10), plain(64, 64)),
  matmul(plain(64, 10), plain(10, 64)),
  ...ops.flatMap((op) =>
    sizes.flatMap(([size, label]) => [
      { name: `${op}, ${label} elements`, work: "op", op, size, backward: false } as const,
      { name: `${op}, ${label} elements, with backward`, work: "op", op, size, backward: true } as const,
    ]),
  ),
  ...kernels.flatMap((op) =>
    sizes.slice(1).map(([size, label]): Row => {
      return { name: `${op}, ${label} elements, kernel alone`, work: "kernel", op, size };
    }),
  ),
  ...[...differentiable, ...others].map((name) => call(name, false)),
  ...differentiable.map((name) => call(name, true)),
  { name: "SGD, 100 K parameters", work: "optimizer", optimizer: "SGD", size: 100_000 },
  { name: "Adam, 100 K parameters", work: "optimizer", optimizer: "Adam", size: 100_000 },
  { name: "import", work: "import" },
  { name: "XOR script, cold", work: "xor script" },
];

function plain(...shape: [number, number]): Matrix {
  return { shape, transposed: false };
}

function transposed(...shape: [number, number]): Matrix {
  return { shape, transposed: true };
}

function matmul(a: Matrix, b: Matrix, size = `${describe(a)} by ${describe(b)}`): Row {
  return { name: `matmul, ${size}`, work: "matmul", a, b };
}

function call(call: Call, backward: boolean): Row {
  return { name: `${call}, 1024x64${backward ? ", with backward" : ""}`, work: "call", call, backward };
}

function describe({ shape, transposed }: Matrix): string {
  return `${shape.join("x")}${transposed ? " transposed" : ""}`;
}
