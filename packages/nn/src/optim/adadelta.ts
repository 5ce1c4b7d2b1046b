import { ValueError, zerosLike, type Tensor } from "@torchlet/tensor";
import { decayTowardsSquare } from "./averages.ts";
import { checkNonNegative } from "../arguments/numbers.ts";
import { descentGradient } from "./gradient.ts";
import { Optimizer, type Params } from "./optimizer.ts";

/** Options of {@link Adadelta}. */
export interface AdadeltaOptions {
  /** Multiplies the step. Default: 1. */
  lr?: number;
  /** How slowly the running averages forget. Default: 0.9. */
  rho?: number;
  /** Keeps numerator and denominator away from 0. Default: 1e-6. */
  eps?: number;
  /** Adds this much of the parameter to its gradient (L2 penalty). Default: 0. */
  weightDecay?: number;
  /** Climb instead of descend. Default: false. */
  maximize?: boolean;
}

/** What {@link Adadelta} remembers of a parameter. */
export interface AdadeltaState {
  /** The running average of the gradient's square. */
  squareAvg: Tensor;
  /** The running average of the step's square. */
  accDelta: Tensor;
}

/**
 * Adadelta: steps as large as the steps of late, in proportion to how large the gradient is compared to those of late.
 *
 * For a parameter $x$ with gradient $g$, learning rate $\gamma$ and weight decay $\lambda$:
 *
 * $$g \leftarrow g + \lambda x \qquad v \leftarrow \rho v + (1 - \rho) g^2 \qquad
 * \Delta = \frac{\sqrt{u + \epsilon}}{\sqrt{v + \epsilon}} \, g \qquad u \leftarrow \rho u + (1 - \rho) \Delta^2 \qquad x \leftarrow x - \gamma \Delta$$
 *
 * After Zeiler, [ADADELTA: An Adaptive Learning Rate Method](https://arxiv.org/abs/1212.5701), which has no learning rate: $\gamma = 1$.
 *
 * PyTorch: [`torch.optim.Adadelta`](https://pytorch.org/docs/stable/generated/torch.optim.Adadelta.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * const w = tensor([1, -2], { requiresGrad: true, dtype: "float64" });
 * const optimizer = new optim.Adadelta([w], { lr: 100, eps: 1 });
 * w.square().sum().backward();
 * optimizer.step(); // Δ = 2 / √(0.1 · 2² + 1) and -4 / √(0.1 · 4² + 1)
 * w.toArray(); // => [-168.0309, 246.0695]
 * ```
 */
export class Adadelta extends Optimizer<Required<AdadeltaOptions>, AdadeltaState> {
  protected override readonly keepsGradients = false;

  /**
   * @param params - Tensors such as `model.parameters()`, or groups `{ params, lr, ... }`.
   * @param options - See {@link AdadeltaOptions}.
   * @throws ValueError if a number is negative, or `rho` is greater than 1.
   */
  constructor(params: Params<Required<AdadeltaOptions>>, options: AdadeltaOptions = {}) {
    super(params, { lr: 1, rho: 0.9, eps: 1e-6, weightDecay: 0, maximize: false }, options);
  }

  protected override check({ lr, rho, eps, weightDecay }: Required<AdadeltaOptions>): void {
    checkNonNegative("Adadelta", { lr, rho, eps, weightDecay });
    if (rho > 1) throw new ValueError("Adadelta", `rho must be at most 1, got ${rho}`);
  }

  protected override initialState(x: Tensor): AdadeltaState {
    return { squareAvg: zerosLike(x), accDelta: zerosLike(x) };
  }

  protected override update(
    x: Tensor,
    g: Tensor,
    state: AdadeltaState,
    options: Required<AdadeltaOptions>,
  ): void {
    const { lr, rho, eps } = options;
    const d = descentGradient(x, g, options);
    decayTowardsSquare(state.squareAvg, d, rho);
    const rms = state.squareAvg.add(eps).sqrt_();
    const delta = state.accDelta.add(eps).sqrt_().div_(rms).mul_(d);
    decayTowardsSquare(state.accDelta, delta, rho);
    x.add_(delta, { alpha: -lr });
  }
}
