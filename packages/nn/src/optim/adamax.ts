import { zerosLike, type Tensor } from "@torchlet/tensor";
import { pow } from "@torchlet/tensor/math";
import { decayTowards } from "./averages.ts";
import { checkNonNegative } from "../arguments/numbers.ts";
import { checkBetas } from "./checks.ts";
import { descentGradient } from "./gradient.ts";
import { Optimizer, type Params } from "./optimizer.ts";

/** Options of {@link Adamax}. */
export interface AdamaxOptions {
  /** The learning rate. Default: 0.002. */
  lr?: number;
  /** How slowly the running average of the gradient and the largest gradient of late forget. Default: [0.9, 0.999]. */
  betas?: readonly [number, number];
  /** Keeps the denominator away from 0. Default: 1e-8. */
  eps?: number;
  /** Adds this much of the parameter to its gradient (L2 penalty). Default: 0. */
  weightDecay?: number;
  /** Climb instead of descend. Default: false. */
  maximize?: boolean;
}

/** What {@link Adamax} remembers of a parameter. */
export interface AdamaxState {
  /** How many steps there were. */
  step: number;
  /** The running average of the gradient. */
  expAvg: Tensor;
  /** The largest gradient of late. */
  expInf: Tensor;
}

/**
 * Adamax: Adam with the largest gradient of late in place of the root mean square.
 *
 * For a parameter $x$ with gradient $g$ in its step $t$, with learning rate $\gamma$ and weight decay $\lambda$:
 *
 * $$g \leftarrow g + \lambda x \qquad m \leftarrow \beta_1 m + (1 - \beta_1) g \qquad u \leftarrow \max(\beta_2 u, |g| + \epsilon)
 * \qquad x \leftarrow x - \frac{\gamma}{1 - \beta_1^t} \, \frac{m}{u}$$
 *
 * After Kingma and Ba, [Adam: A Method for Stochastic Optimization](https://arxiv.org/abs/1412.6980), section 7.1, with PyTorch's
 * difference: $\epsilon$, which keeps $u$ from being 0.
 *
 * PyTorch: [`torch.optim.Adamax`](https://pytorch.org/docs/stable/generated/torch.optim.Adamax.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * const w = tensor([1, -200], { requiresGrad: true });
 * const optimizer = new optim.Adamax([w], { lr: 0.5 });
 * w.square().sum().backward();
 * optimizer.step(); // the first step has the length lr, however large the gradient is
 * w.toArray(); // => [0.5, -199.5]
 * ```
 */
export class Adamax extends Optimizer<Required<AdamaxOptions>, AdamaxState> {
  protected override readonly keepsGradients = false;

  /**
   * @param params - Tensors such as `model.parameters()`, or groups `{ params, lr, ... }`.
   * @param options - See {@link AdamaxOptions}.
   * @throws ValueError if `lr`, `eps` or `weightDecay` is negative, or one of `betas` is outside [0, 1).
   */
  constructor(params: Params<Required<AdamaxOptions>>, options: AdamaxOptions = {}) {
    const defaults = { lr: 2e-3, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, maximize: false } as const;
    super(params, defaults, options);
  }

  protected override check({ lr, eps, weightDecay, betas }: Required<AdamaxOptions>): void {
    checkNonNegative("Adamax", { lr, eps, weightDecay });
    checkBetas("Adamax", betas);
  }

  protected override initialState(x: Tensor): AdamaxState {
    return { step: 0, expAvg: zerosLike(x), expInf: zerosLike(x) };
  }

  protected override update(
    x: Tensor,
    g: Tensor,
    state: AdamaxState,
    options: Required<AdamaxOptions>,
  ): void {
    const [beta1, beta2] = options.betas;
    const d = descentGradient(x, g, options);
    state.step++;
    decayTowards(state.expAvg, d, beta1);
    state.expInf.copy_(state.expInf.mul(beta2).maximum(d.abs().add_(options.eps)));
    x.addcdiv_(state.expAvg, state.expInf, { value: -options.lr / (1 - pow(beta1, state.step)) });
  }
}
