import { fromTypedArray, Generator, tensor, Tensor, type TypedArray } from "@torchlet/tensor";
import { describe, expect, test } from "vitest";
import {
  CrossEntropyLoss,
  DataLoader,
  Dropout,
  Linear,
  optim,
  ReLU,
  Sequential,
  TensorDataset,
  utils,
} from "../../src/index.ts";

/** Everything that a training run consists of, on data that are the same each time. */
class Run {
  readonly generator: Generator;
  readonly model: Sequential;
  readonly optimizer: optim.Optimizer;
  readonly scheduler: optim.LRScheduler;
  readonly #loader: DataLoader<[Tensor, Tensor]>;

  constructor(seed: number, create: (params: Iterable<Tensor>) => optim.Optimizer) {
    const generator = new Generator(seed, { engine: "torch" });
    const x = tensor(
      Array.from({ length: 60 }, (_, i) => Math.sin(i * i)),
      { dtype: "float32" },
    ).view(20, 3);
    const y = tensor(
      Array.from({ length: 20 }, (_, i) => i % 4),
      { dtype: "int32" },
    );
    this.generator = generator;
    this.model = new Sequential(
      new Linear(3, 8, { generator }),
      new ReLU(),
      new Dropout(0.25, { generator }),
      new Linear(8, 4, { generator }),
    );
    this.optimizer = create(this.model.parameters());
    this.scheduler = new optim.OneCycleLR(this.optimizer, { maxLr: 0.05, totalSteps: 40 });
    this.#loader = new DataLoader(new TensorDataset(x, y), { batchSize: 8, shuffle: true, generator });
  }

  epochs(n: number): number[] {
    const loss = new CrossEntropyLoss();
    const losses: number[] = [];
    for (let epoch = 0; epoch < n; epoch++) {
      for (const [x, y] of this.#loader) {
        this.optimizer.zeroGrad();
        const value = loss.forward(this.model.forward(x), y);
        value.backward();
        utils.clipGradNorm_(this.model.parameters(), 1);
        this.optimizer.step();
        this.scheduler.step();
        losses.push(value.item());
      }
    }
    return losses;
  }

  save(): Saved {
    return serialize({
      model: this.model.stateDict(),
      optimizer: this.optimizer.stateDict(),
      scheduler: this.scheduler.stateDict(),
      generator: this.generator.getState(),
    });
  }

  load(saved: Saved): void {
    const state = deserialize(saved) as {
      model: Record<string, Tensor>;
      optimizer: optim.OptimizerStateDict;
      scheduler: optim.LRSchedulerStateDict;
      generator: ReturnType<Generator["getState"]>;
    };
    this.model.loadStateDict(state.model);
    this.optimizer.loadStateDict(state.optimizer);
    this.scheduler.loadStateDict(state.scheduler);
    this.generator.setState(state.generator);
  }

  weights(): unknown {
    return Object.entries(this.model.stateDict()).map(([name, x]) => [name, x.toArray()]);
  }
}

interface Saved {
  readonly json: string;
  readonly arrays: readonly TypedArray[];
}

/** Plain data as JSON, tensors as typed arrays beside it: what a file holds. */
function serialize(state: unknown): Saved {
  const arrays: TypedArray[] = [];
  const json = JSON.stringify(state, function (this: Record<string, unknown>, key: string) {
    const value = this[key];
    return value instanceof Tensor
      ? { array: arrays.push(value.toTypedArray()) - 1, shape: value.shape }
      : value;
  });
  return { json, arrays };
}

function deserialize({ json, arrays }: Saved): unknown {
  return JSON.parse(json, (_, value: unknown) =>
    typeof value === "object" && value !== null && "array" in value
      ? fromTypedArray(arrays[value.array as number]!, (value as unknown as { shape: number[] }).shape)
      : value,
  );
}

describe("a saved run", () => {
  test.each([
    ["SGD with momentum", (params: Iterable<Tensor>) => new optim.SGD(params, { momentum: 0.9 })],
    ["Adam with amsgrad", (params: Iterable<Tensor>) => new optim.Adam(params, { amsgrad: true })],
  ])("of model, optimizer, scheduler and generator continues bit for bit: %s", (_, create) => {
    const straight = new Run(1, create);
    const losses = straight.epochs(8);

    const interrupted = new Run(1, create);
    const before = interrupted.epochs(3);
    const saved = interrupted.save();
    interrupted.epochs(1); // what was saved is a copy

    const resumed = new Run(2, create);
    resumed.load(saved);
    expect([...before, ...resumed.epochs(5)]).toEqual(losses);
    expect(resumed.weights()).toEqual(straight.weights());
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
  });
});
