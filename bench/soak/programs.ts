/** Programs that go on for long without ever giving the event loop a chance, as many training loops do. */
import { at, F, manualSeed, nn, ones, optim, randint, randn, type Tensor } from "torchlet";

/** One program: prepares itself, and returns its step. */
export type Program = () => () => void;

const BATCH = 16;
const images = (): Tensor => randn(BATCH, 64);
const labels = (): Tensor => randint(0, 10, [BATCH]);

function makeModel(): nn.Sequential {
  return new nn.Sequential(new nn.Linear(64, 64), new nn.ReLU(), new nn.Dropout(0.2), new nn.Linear(64, 10));
}

/** A training step; returns the loss. */
function trainer(model = makeModel()): () => Tensor {
  const optimizer = new optim.Adam(model.parameters());
  return () => {
    const loss = F.crossEntropy(model.forward(images()), labels());
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss;
  };
}

/** The programs, by name. What they keep is theirs to keep; anything beyond it would be a leak. */
export const programs: Readonly<Record<string, Program>> = {
  "training steps": () => {
    const step = trainer();
    return () => void step();
  },
  "training steps, every loss kept": () => {
    const step = trainer();
    const losses: Tensor[] = [];
    return () => void losses.push(step());
  },
  "slices of a large tensor, all kept": () => {
    const large = randn(10_000, 100);
    const rows: Tensor[] = [];
    return () => void rows.push(at(large, rows.length % 10_000));
  },
  "models created, trained once, dropped": () => () => void trainer()(),
  "a tensor of 256 KB created and dropped": () => () => void ones(256, 256).add(1),
};

/** Makes programs do the same in every run. */
export function seed(): void {
  manualSeed(0);
}
