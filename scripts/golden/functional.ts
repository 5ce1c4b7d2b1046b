/** How `torch.nn.functional` is called in torchlet. */
import { F } from "../../packages/nn/src/index.ts";
import { call, type Replay } from "./bind.ts";

export const functional: Readonly<Record<string, Replay>> = {
  linear: call("input weight bias", ({ input, weight, bias }) => F.linear(input, weight, bias)),
  dropout: call("input p training", ({ input, p, training }) => F.dropout(input, { p, training })),

  // activations
  relu: call("input", ({ input }) => F.relu(input)),
  leaky_relu: call("input negative_slope", ({ input, negative_slope }) => F.leakyRelu(input, negative_slope)),
  gelu: call("input approximate", ({ input, approximate }) => F.gelu(input, { approximate })),
  softplus: call("input beta threshold", ({ input, beta, threshold }) => F.softplus(input, beta, threshold)),

  // losses
  mse_loss: call("input target reduction", ({ input, target, reduction }) => F.mseLoss(input, target, { reduction })),
  l1_loss: call("input target reduction", ({ input, target, reduction }) => F.l1Loss(input, target, { reduction })),
  smooth_l1_loss: call("input target reduction beta", ({ input, target, reduction, beta }) =>
    F.smoothL1Loss(input, target, { reduction, beta }),
  ),
  huber_loss: call("input target reduction delta", ({ input, target, reduction, delta }) =>
    F.huberLoss(input, target, { reduction, delta }),
  ),
  kl_div: call("input target reduction log_target", ({ input, target, reduction, log_target }) =>
    F.klDiv(input, target, { reduction, logTarget: log_target }),
  ),
  nll_loss: call("input target weight ignore_index reduction", ({ input, target, weight, ignore_index, reduction }) =>
    F.nllLoss(input, target, { weight, ignoreIndex: ignore_index, reduction }),
  ),
  cross_entropy: call(
    "input target weight ignore_index reduction label_smoothing",
    ({ input, target, weight, ignore_index, reduction, label_smoothing }) =>
      F.crossEntropy(input, target, {
        weight,
        ignoreIndex: ignore_index,
        reduction,
        labelSmoothing: label_smoothing,
      }),
  ),
  binary_cross_entropy: call("input target weight reduction", ({ input, target, weight, reduction }) =>
    F.binaryCrossEntropy(input, target, { weight, reduction }),
  ),
  binary_cross_entropy_with_logits: call(
    "input target weight reduction pos_weight",
    ({ input, target, weight, reduction, pos_weight }) =>
      F.binaryCrossEntropyWithLogits(input, target, { weight, reduction, posWeight: pos_weight }),
  ),
};
