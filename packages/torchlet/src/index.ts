/**
 * Everything in one import: tensors and automatic differentiation at the top level, neural networks in `nn`.
 *
 * @packageDocumentation
 *
 * @example
 * ```ts
 * import { F, nn, optim, tensor } from "torchlet";
 *
 * const model = new nn.Linear(2, 1);
 * const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 });
 * const loss = F.mseLoss(model.forward(tensor([[1, 2]])), tensor([[3]]));
 * loss.backward();
 * optimizer.step();
 * ```
 */
export * from "@torchlet/tensor";
export * as nn from "@torchlet/nn";
export { F, init, optim } from "@torchlet/nn";
