export {
  Optimizer,
  type CommonOptions,
  type OptimizerStateDict,
  type ParamGroup,
  type ParamGroupOptions,
  type Params,
} from "./optimizer.ts";
export { Adadelta, type AdadeltaOptions, type AdadeltaState } from "./adadelta.ts";
export { Adagrad, type AdagradOptions, type AdagradState } from "./adagrad.ts";
export { Adam, type AdamOptions, type AdamState } from "./adam.ts";
export { Adamax, type AdamaxOptions, type AdamaxState } from "./adamax.ts";
export { AdamW, type AdamWOptions } from "./adamw.ts";
export { NAdam, type NAdamOptions, type NAdamState } from "./nadam.ts";
export { RAdam, type RAdamOptions, type RAdamState } from "./radam.ts";
export { RMSprop, type RMSpropOptions, type RMSpropState } from "./rmsprop.ts";
export { SGD, type SGDOptions, type SGDState } from "./sgd.ts";
