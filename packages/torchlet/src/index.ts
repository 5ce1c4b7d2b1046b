/**
 * Everything in one import: tensors and automatic differentiation at the top level, neural networks in `nn`, their functions in `F`,
 * optimizers in `optim`, initial values in `init`, and the tools for data beside the tensors.
 *
 * @packageDocumentation
 *
 * @example
 * ```ts
 * import { DataLoader, F, manualSeed, nn, optim, tensor, TensorDataset } from "torchlet";
 *
 * manualSeed(0);
 * const data = new TensorDataset(tensor([[0], [1], [2], [3]]), tensor([[1], [3], [5], [7]])); // y = 2x + 1
 * const model = new nn.Linear(1, 1);
 * const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 });
 * for (let epoch = 0; epoch < 100; epoch++) {
 *   for (const [x, y] of new DataLoader(data, { batchSize: 2, shuffle: true })) {
 *     const loss = F.mseLoss(model.forward(x), y);
 *     optimizer.zeroGrad();
 *     loss.backward();
 *     optimizer.step();
 *   }
 * }
 * model.forward(tensor([[10]])).item().toFixed(1); // => "21.0"
 * ```
 */
export * from "@torchlet/tensor";
export * as nn from "@torchlet/nn";
export { F, init, optim } from "@torchlet/nn";
export {
  BatchSampler,
  ConcatDataset,
  DataLoader,
  decodeCheckpoint,
  decodeSafetensors,
  defaultCollate,
  encodeCheckpoint,
  encodeSafetensors,
  RandomSampler,
  randomSplit,
  SequentialSampler,
  Subset,
  SubsetRandomSampler,
  TensorDataset,
  WeightedRandomSampler,
  type DataLoaderOptions,
  type Dataset,
  type IterableDataset,
  type Sampler,
} from "@torchlet/nn";
