import { zerosLike, type Tensor } from "@torchlet/tensor";
import { decayTowards, decayTowardsSquare } from "./averages.ts";
import { checkNonNegative } from "../arguments/numbers.ts";
import { descentGradient } from "./gradient.ts";
import { Optimizer, type Params } from "./optimizer.ts";

/** Options of {@link RMSprop}. */
export interface RMSpropOptions {
  /** The learning rate. Default: 0.01. */
  lr?: number;
  /** How slowly the running averages forget. Default: 0.99. */
  alpha?: number;
  /** Keeps the denominator away from 0. Default: 1e-8. */
  eps?: number;
  /** Adds this much of the parameter to its gradient (L2 penalty). Default: 0. */
  weightDecay?: number;
  /** How much of the last velocity stays. Default: 0. */
  momentum?: number;
  /** Divide by an estimate of the gradient's standard deviation instead of its root mean square. Default: false. */
  centered?: boolean;
  /** Climb instead of descend. Default: false. */
  maximize?: boolean;
}

/** What {@link RMSprop} remembers of a parameter. */
export interface RMSpropState {
  /** The running average of the gradient's square. */
  squareAvg: Tensor;
  /** The running average of the gradient; null unless `centered`. */
  gradAvg: Tensor | null;
  /** The velocity; null without momentum. */
  momentumBuffer: Tensor | null;
}

/**
 * RMSprop: the gradient divided by its root mean square of late.
 *
 * For a parameter $x$ with gradient $g$, velocity $b$, learning rate $\gamma$, momentum $\mu$ and weight decay $\lambda$:
 *
 * $$g \leftarrow g + \lambda x \qquad v \leftarrow \alpha v + (1 - \alpha) g^2 \qquad b \leftarrow \mu b + \frac{g}{\sqrt{v} + \epsilon}
 * \qquad x \leftarrow x - \gamma b$$
 *
 * With `centered`, $v - \bar g^2$ takes the place of $v$ under the root, where $\bar g \leftarrow \alpha \bar g + (1 - \alpha) g$.
 *
 * After Hinton's [lecture 6e](https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf), and for `centered` Graves,
 * [Generating Sequences With Recurrent Neural Networks](https://arxiv.org/abs/1308.0850), with PyTorch's difference: $\epsilon$ is
 * added after the root, not under it.
 *
 * PyTorch: [`torch.optim.RMSprop`](https://pytorch.org/docs/stable/generated/torch.optim.RMSprop.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * const w = tensor([1, -2], { requiresGrad: true });
 * const optimizer = new optim.RMSprop([w], { lr: 0.1, alpha: 0.75 });
 * w.square().sum().backward();
 * optimizer.step(); // by lr / √(1 - alpha), against the gradient's sign
 * w.toArray(); // => [0.8, -1.8]
 * ```
 */
export class RMSprop extends Optimizer<Required<RMSpropOptions>, RMSpropState> {
  protected override readonly keepsGradients = false;

  /**
   * @param params - Tensors such as `model.parameters()`, or groups `{ params, lr, ... }`.
   * @param options - See {@link RMSpropOptions}.
   * @throws ValueError if a number is negative.
   */
  constructor(params: Params<Required<RMSpropOptions>>, options: RMSpropOptions = {}) {
    const defaults = {
      lr: 1e-2,
      alpha: 0.99,
      eps: 1e-8,
      weightDecay: 0,
      momentum: 0,
      centered: false,
      maximize: false,
    };
    super(params, defaults, options);
  }

  protected override check({ lr, alpha, eps, weightDecay, momentum }: Required<RMSpropOptions>): void {
    checkNonNegative("RMSprop", { lr, alpha, eps, weightDecay, momentum });
  }

  protected override initialState(x: Tensor): RMSpropState {
    return { squareAvg: zerosLike(x), gradAvg: null, momentumBuffer: null };
  }

  protected override update(
    x: Tensor,
    g: Tensor,
    state: RMSpropState,
    options: Required<RMSpropOptions>,
  ): void {
    const { lr, alpha, eps, momentum } = options;
    const d = descentGradient(x, g, options);
    decayTowardsSquare(state.squareAvg, d, alpha);
    const variance = options.centered ? centeredVariance(d, state, alpha) : state.squareAvg;
    const denominator = variance.sqrt().add_(eps);
    if (momentum === 0) {
      x.addcdiv_(d, denominator, { value: -lr });
    } else {
      state.momentumBuffer ??= zerosLike(x);
      state.momentumBuffer.mul_(momentum).addcdiv_(d, denominator);
      x.add_(state.momentumBuffer, { alpha: -lr });
    }
  }
}

function centeredVariance(d: Tensor, state: RMSpropState, alpha: number): Tensor {
  state.gradAvg ??= zerosLike(d);
  decayTowards(state.gradAvg, d, alpha);
  return state.squareAvg.addcmul(state.gradAvg, state.gradAvg, { value: -1 });
}
