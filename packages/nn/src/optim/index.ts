export {
  Optimizer,
  type CommonOptions,
  type OptimizerStateDict,
  type ParamGroup,
  type ParamGroupOptions,
  type Params,
} from "./optimizer.ts";
export { SGD, type SGDOptions, type SGDState } from "./sgd.ts";
