import { fullLike, type Tensor } from "@torchlet/tensor";
import { checkNonNegative } from "../arguments/numbers.ts";
import { descentGradient } from "./gradient.ts";
import { Optimizer, type Params } from "./optimizer.ts";

/** Options of {@link Adagrad}. */
export interface AdagradOptions {
  /** The learning rate. Default: 0.01. */
  lr?: number;
  /** The learning rate of step $t$ is `lr / (1 + (t - 1) lrDecay)`. Default: 0. */
  lrDecay?: number;
  /** Adds this much of the parameter to its gradient (L2 penalty). Default: 0. */
  weightDecay?: number;
  /** Where the sum of squares starts. Default: 0. */
  initialAccumulatorValue?: number;
  /** Keeps the denominator away from 0. Default: 1e-10. */
  eps?: number;
  /** Climb instead of descend. Default: false. */
  maximize?: boolean;
}

/** What {@link Adagrad} remembers of a parameter. */
export interface AdagradState {
  /** How many steps there were. */
  step: number;
  /** The sum of all squared gradients. */
  sum: Tensor;
}

/**
 * Adagrad: the gradient divided by the root of the sum of all squares so far, so that rarely used parameters take larger steps.
 *
 * For a parameter $x$ with gradient $g$ in its step $t$, learning rate $\gamma$, its decay $\eta$ and weight decay $\lambda$:
 *
 * $$g \leftarrow g + \lambda x \qquad s \leftarrow s + g^2 \qquad x \leftarrow x - \frac{\gamma}{1 + (t - 1) \eta} \, \frac{g}{\sqrt{s} + \epsilon}$$
 *
 * After Duchi, Hazan and Singer, [Adaptive Subgradient Methods for Online Learning and Stochastic
 * Optimization](https://jmlr.org/papers/v12/duchi11a.html); the decay of the learning rate, $\epsilon$ and the initial sum are PyTorch's.
 *
 * PyTorch: [`torch.optim.Adagrad`](https://pytorch.org/docs/stable/generated/torch.optim.Adagrad.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * const w = tensor([3], { requiresGrad: true });
 * const optimizer = new optim.Adagrad([w], { lr: 1 });
 * for (let step = 0; step < 4; step++) {
 *   optimizer.zeroGrad();
 *   w.sum().backward(); // a gradient of 1 each time: steps of 1, 1/√2, 1/√3, 1/√4
 *   optimizer.step();
 * }
 * w.item(); // => 0.21554
 * ```
 */
export class Adagrad extends Optimizer<Required<AdagradOptions>, AdagradState> {
  protected override readonly keepsGradients = false;

  /**
   * @param params - Tensors such as `model.parameters()`, or groups `{ params, lr, ... }`.
   * @param options - See {@link AdagradOptions}.
   * @throws ValueError if a number is negative.
   */
  constructor(params: Params<Required<AdagradOptions>>, options: AdagradOptions = {}) {
    const defaults = {
      lr: 1e-2,
      lrDecay: 0,
      weightDecay: 0,
      initialAccumulatorValue: 0,
      eps: 1e-10,
      maximize: false,
    };
    super(params, defaults, options);
  }

  protected override check(options: Required<AdagradOptions>): void {
    const { lr, lrDecay, weightDecay, initialAccumulatorValue, eps } = options;
    checkNonNegative("Adagrad", { lr, lrDecay, weightDecay, initialAccumulatorValue, eps });
  }

  protected override initialState(x: Tensor, options: Required<AdagradOptions>): AdagradState {
    return { step: 0, sum: fullLike(x, options.initialAccumulatorValue) };
  }

  protected override update(
    x: Tensor,
    g: Tensor,
    state: AdagradState,
    options: Required<AdagradOptions>,
  ): void {
    const d = descentGradient(x, g, options);
    const lr = options.lr / (1 + state.step++ * options.lrDecay);
    state.sum.addcmul_(d, d);
    x.addcdiv_(d, state.sum.sqrt().add_(options.eps), { value: -lr });
  }
}
