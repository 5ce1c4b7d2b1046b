// TensorFlow.js; the argument names the backend, wasm or cpu.

import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs";
import { fileURLToPath } from "node:url";
import { importing, numbers, serve } from "../../harness.mjs";

const backend = process.argv[2] ?? "wasm";
const folder = fileURLToPath(new URL(".", import.meta.url));
setWasmPaths(`${folder}node_modules/@tensorflow/tfjs-backend-wasm/dist/`);
await tf.setBackend(backend);
await tf.ready();
if (tf.getBackend() !== backend) throw new Error(`the backend ${backend} does not start`);

const random = (...shape) => tf.tensor(numbers(tf.util.sizeFromShape(shape)), shape);
/** Gives back what `run` allocates, its result too: otherwise every call takes memory that nobody has used before. */
const tidy = (run, ...tensors) => ({
  run: () => tf.tidy(() => void run()),
  close: () => tf.dispose(tensors),
});

const ops = {
  add: (x, other) => x.add(other),
  mul: (x, other) => x.mul(other),
  relu: (x) => x.relu(),
  exp: (x) => x.exp(),
  tanh: (x) => x.tanh(),
  sigmoid: (x) => x.sigmoid(),
  sum: (x) => x.sum(),
  softmax: (x) => x.softmax(1),
};

await serve(
  { version: tf.version.tfjs, threads: 1 },
  {
    classifier({ batch }) {
      const sizes = [784, 128, 64, 10];
      const weights = sizes
        .slice(1)
        .map((n, i) => [tf.variable(tf.randomNormal([sizes[i], n], 0, 0.05)), tf.variable(tf.zeros([n]))]);
      const images = random(batch, 784);
      const labels = tf.oneHot(
        Array.from({ length: batch }, (_, i) => i % 10),
        10,
      );
      const optimizer = tf.train.sgd(0.003);
      const loss = () => {
        const logits = weights.reduce((x, [w, b], i) => {
          const y = x.matMul(w).add(b);
          return i < 2 ? tf.dropout(y.relu(), 0.2) : y;
        }, images);
        return tf.losses.softmaxCrossEntropy(labels, logits);
      };
      return tidy(() => void optimizer.minimize(loss), weights, images, labels);
    },
    xor() {
      const x = tf.tensor2d([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]]); // prettier-ignore
      const y = tf.tensor2d([[0], [1], [1], [0]]);
      const [w1, w2] = [tf.variable(tf.randomNormal([3, 2])), tf.variable(tf.randomNormal([2, 1]))];
      const optimizer = tf.train.sgd(0.01);
      const loss = () => x.matMul(w1).relu().matMul(w2).sub(y).square().sum();
      return tidy(() => void optimizer.minimize(loss), x, y, w1, w2);
    },
    matmul({ a, b }) {
      const [A, B] = [random(...a.shape), random(...b.shape)];
      return tidy(() => tf.matMul(A, B, a.transposed, b.transposed), A, B);
    },
    op({ op, size, backward }) {
      const [x, other] = [random(size / 64, 64), random(size / 64, 64)];
      const f = ops[op];
      if (!backward) return tidy(() => f(x, other), x, other);
      const g = op === "sum" ? tf.scalar(1) : tf.ones([size / 64, 64]);
      const binary = op === "add" || op === "mul";
      const both = tf.grads(f);
      const one = tf.grad((x) => f(x, other));
      return tidy(() => (binary ? both([x, other], g) : one(x, g)), x, other, g);
    },
    optimizer({ optimizer, size }) {
      const parameter = tf.variable(random(size));
      const gradient = random(size);
      const chosen = optimizer === "SGD" ? tf.train.sgd(0.001) : tf.train.adam(0.001);
      return tidy(() => void chosen.applyGradients({ [parameter.name]: gradient }), parameter, gradient);
    },
    import: () =>
      importing(backend === "wasm" ? "@tensorflow/tfjs-backend-wasm" : "@tensorflow/tfjs", folder),
  },
);
