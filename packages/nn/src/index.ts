/**
 * Neural networks: modules, layers, losses, initialisation, optimizers and data loading.
 *
 * @packageDocumentation
 */
export * from "./containers.ts";
export * from "./data/index.ts";
export * as F from "./functional/index.ts";
export * as functional from "./functional/index.ts";
export type { ForwardHook, ForwardPreHook, FullBackwardHook, Gradients } from "./hooks.ts";
export * as init from "./init.ts";
export { decodeCheckpoint, encodeCheckpoint } from "./io/checkpoint.ts";
export { decodeSafetensors, encodeSafetensors, type SafetensorsContent } from "./io/safetensors.ts";
export * from "./layers/index.ts";
export * from "./losses.ts";
export { Module, type BufferOptions, type RecurseOptions } from "./module.ts";
export * as optim from "./optim/index.ts";
export * from "./parameter.ts";
export type { LoadResult, LoadStateDictOptions, StateDict } from "./state-dict.ts";
export * as utils from "./utils/index.ts";
