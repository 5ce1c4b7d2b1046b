/** XOR itself, learned by a Module with PyTorch's tools: the tutorial's rows lack the one that makes it hard, (1, 1). */
import { nn, optim, tensor, type Tensor } from "torchlet";

export const inputs = tensor([[0, 0], [0, 1], [1, 0], [1, 1]]); // prettier-ignore
export const targets = tensor([[0], [1], [1], [0]]);

export class XorNetwork extends nn.Module {
  hidden = new nn.Linear(2, 8);
  output = new nn.Linear(8, 1);

  override forward(x: Tensor): Tensor {
    return this.output.forward(this.hidden.forward(x).tanh());
  }
}

/** Yields each step's loss. */
export function* trainModule(model: XorNetwork, steps: number) {
  const criterion = new nn.MSELoss();
  const optimizer = new optim.SGD(model.parameters(), { lr: 0.1, momentum: 0.9 });
  for (let step = 0; step < steps; step++) {
    const loss = criterion.forward(model.forward(inputs), targets);
    yield { step, loss: loss.item() };
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
  }
}
