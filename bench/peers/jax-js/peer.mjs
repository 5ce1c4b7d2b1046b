// jax-js on its WebAssembly backend, every function compiled by jit. It has no dropout, so its classifier has none.

import * as jax from "@jax-js/jax";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { importing, numbers, serve } from "../../harness.mjs";

const { jit, nn, numpy: np, tree } = jax;
const folder = fileURLToPath(new URL(".", import.meta.url));
await jax.init("wasm");
jax.defaultDevice("wasm");

const random = (...shape) => np.array(numbers(shape.reduce((a, b) => a * b, 1))).reshape(shape);
/** Waits for a result and lets it go. */
const settle = async (result) => tree.dispose(await jax.blockUntilReady(result));

const ops = {
  add: (x, other) => np.add(x, other),
  mul: (x, other) => np.multiply(x, other),
  relu: (x) => nn.relu(x),
  exp: (x) => np.exp(x),
  tanh: (x) => np.tanh(x),
  sigmoid: (x) => nn.sigmoid(x),
  sum: (x) => np.sum(x),
  softmax: (x) => nn.softmax(x, 1),
};

/** A step of gradient descent on a loss of parameters and data. */
function descent(parameters, data, loss, lr) {
  const step = jit((parameters, data) => {
    const gradients = jax.grad(loss)(tree.ref(parameters), data);
    return tree.map((p, g) => p.sub(g.mul(lr)), parameters, gradients);
  });
  let current = parameters;
  const run = async () => {
    current = await jax.blockUntilReady(step(current, tree.ref(data)));
  };
  return { run, close: () => tree.dispose([current, data]) };
}

await serve(
  {
    version: JSON.parse(readFileSync(`${folder}node_modules/@jax-js/jax/package.json`, "utf8")).version,
    threads: 1,
  },
  {
    classifier({ batch }) {
      const sizes = [784, 128, 64, 10];
      const parameters = sizes
        .slice(1)
        .map((n, i) => ({ w: random(sizes[i], n).mul(0.05), b: np.zeros([n]) }));
      const hot = new Float32Array(batch * 10);
      for (let i = 0; i < batch; i++) hot[i * 10 + (i % 10)] = 1;
      const data = { x: random(batch, 784), y: np.array(hot).reshape([batch, 10]) };
      const loss = (parameters, { x, y }) => {
        const logits = parameters.reduce((x, { w, b }, i) => {
          const y = np.matmul(x, w).add(b);
          return i < 2 ? nn.relu(y) : y;
        }, x);
        return np.sum(nn.logSoftmax(logits, 1).mul(y)).mul(-1 / batch);
      };
      return descent(parameters, data, loss, 0.003);
    },
    xor() {
      const data = {
        x: np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]]), // prettier-ignore
        y: np.array([[0], [1], [1], [0]]),
      };
      const loss = ({ w1, w2 }, { x, y }) =>
        np.sum(np.square(np.matmul(nn.relu(np.matmul(x, w1)), w2).sub(y)));
      return descent({ w1: random(3, 2), w2: random(2, 1) }, data, loss, 0.01);
    },
    matmul({ a, b }) {
      const [A, B] = [random(...a.shape), random(...b.shape)];
      const flip = (x, { transposed }) => (transposed ? np.transpose(x) : x);
      const f = jit((A, B) => np.matmul(flip(A, a), flip(B, b)));
      return { run: () => settle(f(A.ref, B.ref)), close: () => tree.dispose([A, B]) };
    },
    op({ op, size, backward }) {
      const binary = op === "add" || op === "mul";
      const inputs = Array.from({ length: binary ? 2 : 1 }, () => random(size / 64, 64));
      if (!backward) {
        const f = jit((...inputs) => ops[op](...inputs));
        return { run: () => settle(f(...tree.ref(inputs))), close: () => tree.dispose(inputs) };
      }
      const g = op === "sum" ? np.array(1) : np.ones([size / 64, 64]);
      const f = jit((inputs, g) => {
        const [y, pullback] = jax.vjp(ops[op], inputs);
        return [y, pullback(g)];
      });
      return { run: () => settle(f(tree.ref(inputs), g.ref)), close: () => tree.dispose([inputs, g]) };
    },
    import: () => importing("@jax-js/jax", folder),
  },
);
