/**
 * Neural networks: modules, layers, losses, initialisation, optimizers and data loading.
 *
 * @packageDocumentation
 */
export * from "./data/index.ts";
export * as F from "./functional/index.ts";
export * as functional from "./functional/index.ts";
export * as init from "./init/index.ts";
export { decodeCheckpoint, encodeCheckpoint } from "./io/checkpoint.ts";
export { decodeSafetensors, encodeSafetensors, type SafetensorsContent } from "./io/safetensors.ts";
export * from "./layers/index.ts";
export * from "./module/containers.ts";
export type { ForwardHook, ForwardPreHook, FullBackwardHook, Gradients } from "./module/hooks.ts";
export { Module, type BufferOptions, type RecurseOptions } from "./module/module.ts";
export * from "./module/parameter.ts";
export type { LoadResult, LoadStateDictOptions, StateDict } from "./module/state-dict.ts";
export * as optim from "./optim/index.ts";
export * as utils from "./utils/index.ts";
