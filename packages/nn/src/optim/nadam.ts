import { zerosLike, type Tensor } from "@torchlet/tensor";
import { pow } from "@torchlet/tensor/math";
import { decayTowards, decayTowardsSquare } from "./averages.ts";
import { checkNonNegative } from "../arguments/numbers.ts";
import { checkBetas } from "./checks.ts";
import { descentGradient } from "./gradient.ts";
import { Optimizer, type Params } from "./optimizer.ts";

/** Options of {@link NAdam}. */
export interface NAdamOptions {
  /** The learning rate. Default: 0.002. */
  lr?: number;
  /** How slowly the running averages of the gradient and of its square forget. Default: [0.9, 0.999]. */
  betas?: readonly [number, number];
  /** Keeps the denominator away from 0. Default: 1e-8. */
  eps?: number;
  /** Adds this much of the parameter to its gradient (L2 penalty). Default: 0. */
  weightDecay?: number;
  /** How fast the momentum grows from half of the first beta to all of it. Default: 0.004. */
  momentumDecay?: number;
  /** Climb instead of descend. Default: false. */
  maximize?: boolean;
}

/** What {@link NAdam} remembers of a parameter. */
export interface NAdamState {
  /** How many steps there were. */
  step: number;
  /** The product of the momenta of all steps, in single precision. */
  muProduct: number;
  /** The running average of the gradient. */
  expAvg: Tensor;
  /** The running average of its square. */
  expAvgSq: Tensor;
}

/**
 * NAdam: Adam with Nesterov's momentum.
 *
 * For a parameter $x$ with gradient $g$ in its step $t$, with learning rate $\gamma$, weight decay $\lambda$, momentum decay $\psi$ and
 * momenta $\mu_t = \beta_1 (1 - \tfrac{1}{2} \, 0.96^{t \psi})$:
 *
 * $$g \leftarrow g + \lambda x \qquad m \leftarrow \beta_1 m + (1 - \beta_1) g \qquad v \leftarrow \beta_2 v + (1 - \beta_2) g^2$$
 *
 * $$\hat m = \frac{\mu_{t+1} \, m}{1 - \prod_{i=1}^{t+1} \mu_i} + \frac{(1 - \mu_t) \, g}{1 - \prod_{i=1}^{t} \mu_i} \qquad
 * x \leftarrow x - \gamma \, \frac{\hat m}{\sqrt{v / (1 - \beta_2^t)} + \epsilon}$$
 *
 * After Dozat, [Incorporating Nesterov Momentum into Adam](https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ), with the schedule of
 * momenta that the paper proposes. As in PyTorch, the product of momenta is kept in single precision. PyTorch 1.13 multiplies
 * one momentum too many into it unless `foreach=True`; later versions and torchlet do not.
 *
 * PyTorch: [`torch.optim.NAdam`](https://pytorch.org/docs/stable/generated/torch.optim.NAdam.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * const w = tensor([1, -200], { requiresGrad: true, dtype: "float64" });
 * const optimizer = new optim.NAdam([w], { lr: 0.5 });
 * w.square().sum().backward();
 * optimizer.step();
 * w.toArray(); // => [0.4718, -199.4718]
 * ```
 */
export class NAdam extends Optimizer<Required<NAdamOptions>, NAdamState> {
  protected override readonly keepsGradients = false;

  /**
   * @param params - Tensors such as `model.parameters()`, or groups `{ params, lr, ... }`.
   * @param options - See {@link NAdamOptions}.
   * @throws ValueError if `lr`, `eps`, `weightDecay` or `momentumDecay` is negative, or one of `betas` is outside [0, 1).
   */
  constructor(params: Params<Required<NAdamOptions>>, options: NAdamOptions = {}) {
    const defaults = {
      lr: 2e-3,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 0,
      momentumDecay: 4e-3,
      maximize: false,
    } as const;
    super(params, defaults, options);
  }

  protected override check({ lr, eps, weightDecay, momentumDecay, betas }: Required<NAdamOptions>): void {
    checkNonNegative("NAdam", { lr, eps, weightDecay, momentumDecay });
    checkBetas("NAdam", betas);
  }

  protected override initialState(x: Tensor): NAdamState {
    return { step: 0, muProduct: 1, expAvg: zerosLike(x), expAvgSq: zerosLike(x) };
  }

  protected override update(x: Tensor, g: Tensor, state: NAdamState, options: Required<NAdamOptions>): void {
    const [beta1, beta2] = options.betas;
    const momentumOf = (step: number): number => beta1 * (1 - 0.5 * pow(0.96, step * options.momentumDecay));
    const d = descentGradient(x, g, options);
    state.step++;
    const mu = momentumOf(state.step);
    const nextMu = momentumOf(state.step + 1);
    state.muProduct = Math.fround(state.muProduct * Math.fround(mu));
    decayTowards(state.expAvg, d, beta1);
    decayTowardsSquare(state.expAvgSq, d, beta2);
    const denominator = state.expAvgSq
      .div(1 - pow(beta2, state.step))
      .sqrt_()
      .add_(options.eps);
    x.addcdiv_(d, denominator, { value: (-options.lr * (1 - mu)) / (1 - state.muProduct) });
    x.addcdiv_(state.expAvg, denominator, { value: (-options.lr * nextMu) / (1 - state.muProduct * nextMu) });
  }
}
