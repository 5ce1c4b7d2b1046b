// numpy-ts: arrays without gradients.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as np from "numpy-ts";
import { importing, numbers, serve } from "../../harness.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));
const random = (...shape) => np.array(numbers(shape.reduce((a, b) => a * b, 1))).reshape(...shape);

const ops = {
  add: (x, other) => np.add(x, other),
  mul: (x, other) => np.multiply(x, other),
  relu: (x) => np.maximum(x, 0),
  exp: (x) => np.exp(x),
  tanh: (x) => np.tanh(x),
  sum: (x) => np.sum(x),
};

await serve(
  {
    version: JSON.parse(readFileSync(`${folder}node_modules/numpy-ts/package.json`, "utf8")).version,
    threads: 1,
  },
  {
    matmul({ a, b }) {
      const [A, B] = [a, b].map(({ shape, transposed }) =>
        transposed ? random(...shape).T : random(...shape),
      );
      return { run: () => np.matmul(A, B) };
    },
    op({ op, size, backward }) {
      const f = ops[op];
      if (!f || backward) return null;
      const [x, other] = [random(size / 64, 64), random(size / 64, 64)];
      return { run: () => f(x, other) };
    },
    import: () => importing("numpy-ts", folder),
  },
);
