import { zerosLike, type Tensor } from "@torchlet/tensor";
import { pow } from "@torchlet/tensor/math";
import { fusedAdam } from "@torchlet/tensor/steps";
import { decayTowards, decayTowardsSquare } from "./averages.ts";
import { checkNonNegative } from "../arguments/numbers.ts";
import { checkBetas } from "./checks.ts";
import { descentGradient } from "./gradient.ts";
import { Optimizer, type Params } from "./optimizer.ts";

/** Options of {@link Adam}. */
export interface AdamOptions {
  /** The learning rate. Default: 0.001. */
  lr?: number;
  /** How slowly the running averages of the gradient and of its square forget. Default: [0.9, 0.999]. */
  betas?: readonly [number, number];
  /** Keeps the denominator away from 0. Default: 1e-8. */
  eps?: number;
  /** Adds this much of the parameter to its gradient (L2 penalty). Default: 0. */
  weightDecay?: number;
  /** Divide by the largest second moment so far. Default: false. */
  amsgrad?: boolean;
  /** Climb instead of descend. Default: false. */
  maximize?: boolean;
}

/** What {@link Adam} and {@link AdamW} remember of a parameter. */
export interface AdamState {
  /** How many steps there were. */
  step: number;
  /** The running average of the gradient. */
  expAvg: Tensor;
  /** The running average of its square. */
  expAvgSq: Tensor;
  /** The largest of those averages so far; null without `amsgrad`. */
  maxExpAvgSq: Tensor | null;
}

/**
 * Adam: steps of about the learning rate, scaled by running averages of the gradient and of its square.
 *
 * For a parameter $x$ with gradient $g$ in its step $t$, with learning rate $\gamma$ and weight decay $\lambda$:
 *
 * $$g \leftarrow g + \lambda x \qquad m \leftarrow \beta_1 m + (1 - \beta_1) g \qquad v \leftarrow \beta_2 v + (1 - \beta_2) g^2$$
 *
 * $$x \leftarrow x - \gamma \, \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon}$$
 *
 * With `amsgrad`, the largest $v$ so far takes the place of $v$ in the last line; with `maximize`, $-g$ that of $g$.
 *
 * After Kingma and Ba, [Adam: A Method for Stochastic Optimization](https://arxiv.org/abs/1412.6980), and for `amsgrad` Reddi et al.,
 * [On the Convergence of Adam and Beyond](https://openreview.net/forum?id=ryQu7f-RZ), with PyTorch's difference: there `amsgrad` has
 * no bias correction. Weight decay goes through the averages; {@link AdamW} keeps it out of them.
 *
 * PyTorch: [`torch.optim.Adam`](https://pytorch.org/docs/stable/generated/torch.optim.Adam.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * const w = tensor([1, -200], { requiresGrad: true });
 * const optimizer = new optim.Adam([w], { lr: 0.5 });
 * w.square().sum().backward();
 * optimizer.step(); // the first step has the length lr, however large the gradient is
 * w.toArray(); // => [0.5, -199.5]
 * ```
 */
export class Adam extends Optimizer<Required<AdamOptions>, AdamState> {
  protected override readonly keepsGradients = false;

  /**
   * @param params - Tensors such as `model.parameters()`, or groups `{ params, lr, ... }`.
   * @param options - See {@link AdamOptions}.
   * @throws ValueError if `lr`, `eps` or `weightDecay` is negative, or one of `betas` is outside [0, 1).
   */
  constructor(params: Params<Required<AdamOptions>>, options: AdamOptions = {}) {
    const defaults = {
      lr: 1e-3,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 0,
      amsgrad: false,
      maximize: false,
    } as const;
    super(params, defaults, options);
  }

  protected override check({ lr, eps, weightDecay, betas }: Required<AdamOptions>): void {
    checkNonNegative("Adam", { lr, eps, weightDecay });
    checkBetas("Adam", betas);
  }

  protected override initialState(x: Tensor): AdamState {
    return initialAdamState(x);
  }

  protected override update(x: Tensor, g: Tensor, state: AdamState, options: Required<AdamOptions>): void {
    adamStep(x, descentGradient(x, g, options), state, options);
  }
}

/** What {@link Adam} remembers of a parameter before its first step. */
export function initialAdamState(x: Tensor): AdamState {
  return { step: 0, expAvg: zerosLike(x), expAvgSq: zerosLike(x), maxExpAvgSq: null };
}

/** One step of Adam against the direction `d`. */
export function adamStep(
  x: Tensor,
  d: Tensor,
  state: AdamState,
  options: Pick<Required<AdamOptions>, "lr" | "betas" | "eps" | "amsgrad">,
): void {
  const [beta1, beta2] = options.betas;
  const step = ++state.step;
  const correction = Math.sqrt(1 - pow(beta2, step));
  const rate = -options.lr / (1 - pow(beta1, step));
  const factors = {
    decay1: beta1,
    gain1: 1 - beta1,
    decay2: beta2,
    gain2: 1 - beta2,
    correction,
    eps: options.eps,
    rate,
  };
  if (!options.amsgrad && fusedAdam(x, state.expAvg, state.expAvgSq, d, factors)) return;
  decayTowards(state.expAvg, d, beta1);
  decayTowardsSquare(state.expAvgSq, d, beta2);
  const secondMoment = options.amsgrad ? largestSoFar(state) : state.expAvgSq;
  x.addcdiv_(state.expAvg, secondMoment.sqrt().div_(correction).add_(options.eps), { value: rate });
}

function largestSoFar(state: AdamState): Tensor {
  state.maxExpAvgSq ??= zerosLike(state.expAvgSq);
  return state.maxExpAvgSq.copy_(state.maxExpAvgSq.maximum(state.expAvgSq));
}
