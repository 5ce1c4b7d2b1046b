export { BatchSampler, type BatchSamplerOptions } from "./batch-sampler.ts";
export { defaultCollate, type Collated } from "./collate.ts";
export { ConcatDataset } from "./concat-dataset.ts";
export { DataLoader, type BatchOrder, type DataLoaderOptions } from "./data-loader.ts";
export type { Dataset, IterableDataset } from "./dataset.ts";
export { randomSplit } from "./random-split.ts";
export {
  RandomSampler,
  SequentialSampler,
  SubsetRandomSampler,
  type DrawOptions,
  type RandomSamplerOptions,
  type Sampler,
  type SampleSource,
} from "./samplers.ts";
export { Subset } from "./subset.ts";
export { TensorDataset } from "./tensor-dataset.ts";
export { WeightedRandomSampler, type WeightedRandomSamplerOptions } from "./weighted-random-sampler.ts";
