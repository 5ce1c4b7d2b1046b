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
export { ChainedScheduler } from "./schedulers/chained-scheduler.ts";
export type { CompositeStateDict } from "./schedulers/composite.ts";
export { ConstantLR, type ConstantLROptions } from "./schedulers/constant-lr.ts";
export { CosineAnnealingLR, type CosineAnnealingLROptions } from "./schedulers/cosine-annealing-lr.ts";
export {
  CosineAnnealingWarmRestarts,
  type CosineAnnealingWarmRestartsOptions,
} from "./schedulers/cosine-annealing-warm-restarts.ts";
export { CyclicLR, type CyclicLROptions } from "./schedulers/cyclic-lr.ts";
export { ExponentialLR, type ExponentialLROptions } from "./schedulers/exponential-lr.ts";
export { LambdaLR, type LambdaLROptions, type LRFactor } from "./schedulers/lambda-lr.ts";
export { LinearLR, type LinearLROptions } from "./schedulers/linear-lr.ts";
export {
  LRScheduler,
  type LRSchedulerOptions,
  type LRSchedulerStateDict,
  type Schedule,
  type ScheduleMoment,
} from "./schedulers/lr-scheduler.ts";
export { MultiplicativeLR } from "./schedulers/multiplicative-lr.ts";
export { MultiStepLR, type MultiStepLROptions } from "./schedulers/multi-step-lr.ts";
export { OneCycleLR, type OneCycleLROptions } from "./schedulers/one-cycle-lr.ts";
export { PolynomialLR, type PolynomialLROptions } from "./schedulers/polynomial-lr.ts";
export {
  ReduceLROnPlateau,
  type ReduceLROnPlateauOptions,
  type ReduceLROnPlateauStateDict,
} from "./schedulers/reduce-lr-on-plateau.ts";
export { SequentialLR, type SequentialLROptions } from "./schedulers/sequential-lr.ts";
export { StepLR, type StepLROptions } from "./schedulers/step-lr.ts";
