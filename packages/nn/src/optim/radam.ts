import { zerosLike, type Tensor } from "@torchlet/tensor";
import { pow } from "@torchlet/tensor/math";
import { decayTowards, decayTowardsSquare } from "./averages.ts";
import { checkNonNegative } from "../arguments/numbers.ts";
import { checkBetas } from "./checks.ts";
import { descentGradient } from "./gradient.ts";
import { Optimizer, type Params } from "./optimizer.ts";

/** Options of {@link RAdam}. */
export interface RAdamOptions {
  /** The learning rate. Default: 0.001. */
  lr?: number;
  /** How slowly the running averages of the gradient and of its square forget. Default: [0.9, 0.999]. */
  betas?: readonly [number, number];
  /** Keeps the denominator away from 0. Default: 1e-8. */
  eps?: number;
  /** Adds this much of the parameter to its gradient (L2 penalty). Default: 0. */
  weightDecay?: number;
  /** Climb instead of descend. Default: false. */
  maximize?: boolean;
}

/** What {@link RAdam} remembers of a parameter. */
export interface RAdamState {
  /** How many steps there were. */
  step: number;
  /** The running average of the gradient. */
  expAvg: Tensor;
  /** The running average of its square. */
  expAvgSq: Tensor;
}

/**
 * RAdam: Adam that trusts its second moment only once enough steps have been seen, which makes a warm-up unnecessary.
 *
 * For a parameter $x$ with gradient $g$ in its step $t$, with learning rate $\gamma$ and weight decay $\lambda$:
 *
 * $$g \leftarrow g + \lambda x \qquad m \leftarrow \beta_1 m + (1 - \beta_1) g \qquad v \leftarrow \beta_2 v + (1 - \beta_2) g^2 \qquad
 * \hat m = \frac{m}{1 - \beta_1^t}$$
 *
 * The length of the average is $\rho_t = \rho_\infty - 2 t \beta_2^t / (1 - \beta_2^t)$ with $\rho_\infty = 2 / (1 - \beta_2) - 1$. If
 * $\rho_t > 5$,
 *
 * $$x \leftarrow x - \gamma \, r \, \hat m \, \frac{\sqrt{1 - \beta_2^t}}{\sqrt{v} + \epsilon} \qquad
 * r = \sqrt{\frac{(\rho_t - 4)(\rho_t - 2) \rho_\infty}{(\rho_\infty - 4)(\rho_\infty - 2) \rho_t}}$$
 *
 * and otherwise $x \leftarrow x - \gamma \hat m$.
 *
 * After Liu et al., [On the Variance of the Adaptive Learning Rate and Beyond](https://arxiv.org/abs/1908.03265), with PyTorch's
 * differences: the limit is 5 as in the authors' code, 4 in the paper, and $\epsilon$ is added.
 *
 * PyTorch: [`torch.optim.RAdam`](https://pytorch.org/docs/stable/generated/torch.optim.RAdam.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * const w = tensor([1, -2], { requiresGrad: true });
 * const optimizer = new optim.RAdam([w], { lr: 0.25 });
 * w.square().sum().backward();
 * optimizer.step(); // at first plain gradient descent
 * w.toArray(); // => [0.5, -1]
 * ```
 */
export class RAdam extends Optimizer<Required<RAdamOptions>, RAdamState> {
  protected override readonly keepsGradients = false;

  /**
   * @param params - Tensors such as `model.parameters()`, or groups `{ params, lr, ... }`.
   * @param options - See {@link RAdamOptions}.
   * @throws ValueError if `lr`, `eps` or `weightDecay` is negative, or one of `betas` is outside [0, 1).
   */
  constructor(params: Params<Required<RAdamOptions>>, options: RAdamOptions = {}) {
    const defaults = { lr: 1e-3, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, maximize: false } as const;
    super(params, defaults, options);
  }

  protected override check({ lr, eps, weightDecay, betas }: Required<RAdamOptions>): void {
    checkNonNegative("RAdam", { lr, eps, weightDecay });
    checkBetas("RAdam", betas);
  }

  protected override initialState(x: Tensor): RAdamState {
    return { step: 0, expAvg: zerosLike(x), expAvgSq: zerosLike(x) };
  }

  protected override update(x: Tensor, g: Tensor, state: RAdamState, options: Required<RAdamOptions>): void {
    const [beta1, beta2] = options.betas;
    const d = descentGradient(x, g, options);
    state.step++;
    decayTowards(state.expAvg, d, beta1);
    decayTowardsSquare(state.expAvgSq, d, beta2);
    const rectification = rectify(state.step, beta2);
    const stepSize = options.lr / (1 - pow(beta1, state.step));
    if (rectification === null) x.add_(state.expAvg, { alpha: -stepSize });
    else
      x.addcdiv_(state.expAvg, state.expAvgSq.sqrt().add_(options.eps), { value: -stepSize * rectification });
  }
}

/** How far to trust the second moment after `t` steps, bias correction included; null for not at all. */
function rectify(t: number, beta2: number): number | null {
  const decay = pow(beta2, t);
  const correction = 1 - decay;
  const longest = 2 / (1 - beta2) - 1;
  const length = longest - (2 * t * decay) / correction;
  if (length <= 5) return null;
  const variance = ((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length);
  return Math.sqrt(variance) * Math.sqrt(correction);
}
