/** Trains from step FROM to step TO, loading LOAD first and writing SAVE last where given, and prints every loss with all digits. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { defaultGenerator, manualSeed, randn, type GeneratorState } from "@torchlet/tensor";
import {
  decodeCheckpoint,
  Dropout,
  encodeCheckpoint,
  F,
  Linear,
  optim,
  ReLU,
  Sequential,
  type StateDict,
} from "@torchlet/nn";

const [from, to, load, save] = process.argv.slice(2) as [string, string, string, string];

manualSeed(7);
const x = randn(32, 5);
const y = randn(32, 2);
const model = new Sequential(new Linear(5, 16), new ReLU(), new Dropout(0.3), new Linear(16, 2));
const optimizer = new optim.AdamW(model.parameters(), { lr: 0.01 });
const scheduler = new optim.ReduceLROnPlateau(optimizer, { patience: 1, factor: 0.5 });

if (existsSync(load)) {
  const saved = decodeCheckpoint<{
    model: StateDict;
    optimizer: ReturnType<typeof optimizer.stateDict>;
    scheduler: ReturnType<typeof scheduler.stateDict>;
    random: GeneratorState;
  }>(readFileSync(load));
  model.loadStateDict(saved.model);
  optimizer.loadStateDict(saved.optimizer);
  scheduler.loadStateDict(saved.scheduler);
  defaultGenerator().setState(saved.random);
}
for (let step = Number(from); step < Number(to); step++) {
  const loss = F.mseLoss(model.forward(x), y);
  optimizer.zeroGrad();
  loss.backward();
  optimizer.step();
  scheduler.step(loss.item());
  console.log(step, loss.item());
}
if (save)
  writeFileSync(
    save,
    encodeCheckpoint({
      model: model.stateDict(),
      optimizer: optimizer.stateDict(),
      scheduler: scheduler.stateDict(),
      random: defaultGenerator().getState(),
    }),
  );
