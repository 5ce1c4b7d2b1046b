// js-pytorch on the processor. It has no SGD, so its training steps are Adam's.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { torch } from "js-pytorch";
import { importing, serve } from "../../harness.mjs";

const { nn } = torch;
const folder = fileURLToPath(new URL(".", import.meta.url));

const ops = {
  add: (x, other) => x.add(other),
  mul: (x, other) => x.mul(other),
  relu: (x) => new nn.ReLU().forward(x),
  exp: (x) => x.exp(),
  sum: (x) => x.sum(),
  softmax: (x) => new nn.Softmax().forward(x, 1),
};

function descent(model, loss) {
  const optimizer = new torch.optim.Adam(model.parameters(), 0.003);
  const run = () => {
    loss().backward();
    optimizer.step();
    optimizer.zero_grad();
  };
  return { run };
}

class Network extends nn.Module {
  constructor(sizes, dropout) {
    super();
    sizes.slice(1).forEach((n, i) => (this[`layer${i}`] = new nn.Linear(sizes[i], n)));
    this.depth = sizes.length - 1;
    this.relu = new nn.ReLU();
    this.dropout = dropout ? new nn.Dropout(dropout) : null;
  }
  forward(x) {
    for (let i = 0; i < this.depth; i++) {
      x = this[`layer${i}`].forward(x);
      if (i < this.depth - 1) x = this.relu.forward(x);
      if (i < this.depth - 1 && this.dropout) x = this.dropout.forward(x);
    }
    return x;
  }
}

await serve(
  {
    version: JSON.parse(readFileSync(`${folder}node_modules/js-pytorch/package.json`, "utf8")).version,
    threads: 1,
  },
  {
    classifier({ batch }) {
      if (batch > 64) return null; // a step would take seconds
      const model = new Network([784, 128, 64, 10], 0.2);
      const criterion = new nn.CrossEntropyLoss();
      const images = torch.randn([batch, 784]);
      const labels = torch.randint(0, 10, [batch]);
      return descent(model, () => criterion.forward(model.forward(images), labels));
    },
    xor() {
      const model = new Network([3, 2, 1], 0);
      const x = torch.tensor([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]]); // prettier-ignore
      const y = torch.tensor([[0], [1], [1], [0]]);
      return descent(model, () => model.forward(x).sub(y).pow(2).sum());
    },
    matmul({ a, b }) {
      if (Math.max(...a.shape) > 512 && !a.transposed && !b.transposed) return null; // it would take seconds
      const flip = (x, { transposed }) => (transposed ? x.transpose(0, 1) : x);
      const [A, B] = [flip(torch.randn(a.shape), a), flip(torch.randn(b.shape), b)];
      return { run: () => A.matmul(B) };
    },
    op({ op, size, backward }) {
      const f = ops[op];
      if (!f) return null;
      const shape = op === "sum" ? [size] : [size / 64, 64]; // sum() adds up the last dimension only
      const [x, other] = [0, 1].map(() => torch.randn(shape, backward));
      if (!backward) return { run: () => f(x, other) };
      const g = torch.ones(f(x, other).shape);
      const run = () => {
        f(x, other).backward(g);
        x.zero_grad();
        other.zero_grad();
      };
      return { run };
    },
    import: () => importing("js-pytorch", folder),
  },
);
