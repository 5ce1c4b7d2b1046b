/**
 * Tensors with broadcasting, views and reverse-mode automatic differentiation.
 *
 * @packageDocumentation
 */
import "./methods.ts";

export {
  detectAnomaly,
  isAnomalyEnabled,
  setDetectAnomaly,
  type AnomalyOptions,
} from "./autograd/anomaly.ts";
export {
  backward,
  grad,
  type AccumulateOptions,
  type BackwardArguments,
  type BackwardOptions,
} from "./autograd/backward.ts";
export * from "./autograd/derivatives.ts";
export { toDot, toMermaid, type GraphOptions } from "./autograd/draw-graph.ts";
export { defineFunction, type FunctionContext, type FunctionDefinition } from "./autograd/function.ts";
export { enableGrad, isGradEnabled, noGrad, type Synchronous } from "./autograd/grad-mode.ts";
export * from "./autograd/gradcheck.ts";
export type { RemovableHandle } from "./autograd/hooks.ts";
export type { GradientHook, Node, PostAccumulateHook } from "./autograd/node.ts";
export * from "./create.ts";
export { promoteTypes, type DType, type TypedArray } from "./dtype.ts";
export * from "./errors.ts";
export { at, slice, type Index, type Slice } from "./indexing.ts";
export { isReproducible, setReproducible } from "./kernels/reproducible.ts";
export { getNumThreads, setNumThreads } from "./kernels/wasm/threads/count.ts";
export type { TensorMethods } from "./methods.ts";
export { dropout } from "./ops/dropout.ts";
export * from "./ops/index.ts";
export { standardize } from "./ops/standardize.ts";
export { requireOptions } from "./options.ts";
export { getPrintOptions, setPrintOptions, type PrintOptions } from "./print/options.ts";
export type {
  EngineName,
  EngineState,
  FloatArray,
  NumpyState,
  SeedrandomState,
  TorchState,
} from "./random/engine.ts";
export {
  defaultGenerator,
  Generator,
  manualSeed,
  type GeneratorOptions,
  type GeneratorState,
} from "./random/generator.ts";
export { multinomial, type MultinomialOptions } from "./random/multinomial.ts";
export {
  bernoulli,
  rand,
  randint,
  randintLike,
  randLike,
  randn,
  randnLike,
  randperm,
  type RandomOptions,
} from "./random/tensors.ts";
export type { Shape } from "./shape.ts";
export { memoryStats, type MemoryStats } from "./storage/memory-stats.ts";
export type { ShapeArguments, TensorOptions } from "./tensor-options.ts";
export { Tensor, type NestedArray } from "./tensor.ts";
