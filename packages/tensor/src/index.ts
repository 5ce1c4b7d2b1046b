/**
 * Tensors with broadcasting, views and reverse-mode automatic differentiation.
 *
 * @packageDocumentation
 */
import "./methods.ts";

export { detectAnomaly, isAnomalyEnabled, setDetectAnomaly, type AnomalyOptions } from "./anomaly.ts";
export * from "./create.ts";
export { promoteTypes, type DType, type TypedArray } from "./dtype.ts";
export {
  backward,
  grad,
  type AccumulateOptions,
  type BackwardArguments,
  type BackwardOptions,
} from "./engine.ts";
export * from "./errors.ts";
export { defineFunction, type FunctionContext, type FunctionDefinition } from "./function.ts";
export * from "./functional.ts";
export { enableGrad, isGradEnabled, noGrad, type Synchronous } from "./grad-mode.ts";
export * from "./gradcheck.ts";
export { toDot, toMermaid, type GraphOptions } from "./graph.ts";
export type { RemovableHandle } from "./hooks.ts";
export { at, slice, type Index, type Slice } from "./indexing.ts";
export { isReproducible, setReproducible } from "./kernels/reproducible.ts";
export { getNumThreads, setNumThreads } from "./kernels/wasm/threads.ts";
export { dropout } from "./ops/dropout.ts";
export { standardize } from "./ops/standardize.ts";
export { memoryStats, type MemoryStats } from "./memory-stats.ts";
export * from "./ops/index.ts";
export { requireOptions } from "./options.ts";
export { getPrintOptions, setPrintOptions, type PrintOptions } from "./print.ts";
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
} from "./random-tensors.ts";
export type { ShapeArguments, TensorOptions } from "./tensor-options.ts";
export { Tensor, type NestedArray } from "./tensor.ts";
export type { TensorMethods } from "./methods.ts";
export type { GradientHook, Node, PostAccumulateHook } from "./node.ts";
export type { Shape } from "./shape.ts";
