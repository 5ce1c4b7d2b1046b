import { ValueError, type Tensor } from "@torchlet/tensor";
import { fusedMomentum } from "@torchlet/tensor/steps";
import { checkFinite, checkNonNegative } from "../arguments/numbers.ts";
import { descentGradient } from "./gradient.ts";
import { Optimizer, type Params } from "./optimizer.ts";

/** Options of {@link SGD}. */
export interface SGDOptions {
  /** The learning rate. Default: 0.001. */
  lr?: number;
  /** How much of the last velocity stays, usually 0.9. Default: 0. */
  momentum?: number;
  /** How much of the gradient is kept out of the velocity. Default: 0. */
  dampening?: number;
  /** Pulls parameters towards 0 by this much of their value (L2 penalty). Default: 0. */
  weightDecay?: number;
  /** Nesterov momentum: look ahead along the velocity. Needs momentum, and no dampening. Default: false. */
  nesterov?: boolean;
  /** Climb instead of descend. Default: false. */
  maximize?: boolean;
}

/** What {@link SGD} remembers of a parameter. */
export interface SGDState {
  /** The velocity; null without momentum or before the first step. */
  momentumBuffer: Tensor | null;
}

/**
 * Stochastic gradient descent, with momentum if wanted.
 *
 * For a parameter $x$ with gradient $g$, velocity $v$, learning rate $\gamma$, momentum $\mu$, dampening $\tau$ and weight decay
 * $\lambda$, one step is
 *
 * $$g \leftarrow g + \lambda x \qquad v \leftarrow \mu v + (1 - \tau) g \qquad x \leftarrow x - \gamma v$$
 *
 * with $v = g$ in the first step, $x \leftarrow x - \gamma (g + \mu v)$ for `nesterov`, and $-g$ in place of $g$ for `maximize`.
 * A parameter without a gradient is left alone.
 *
 * Momentum is after Sutskever et al., [On the importance of initialization and momentum in deep
 * learning](http://proceedings.mlr.press/v28/sutskever13.html), with PyTorch's difference: there the learning rate is inside the velocity, $v \leftarrow \mu v + \gamma g$ and
 * $x \leftarrow x - v$, so the two differ after the learning rate changes. And the first velocity is the whole gradient, not dampened.
 *
 * PyTorch: [`torch.optim.SGD`](https://pytorch.org/docs/stable/generated/torch.optim.SGD.html).
 *
 * @example
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { tensor } from "@torchlet/tensor";
 *
 * const w = tensor([1, -2], { requiresGrad: true });
 * const optimizer = new optim.SGD([w], { lr: 0.25 });
 * const loss = w.square().sum(); // d(w²)/dw = 2w
 * optimizer.zeroGrad();
 * loss.backward();
 * optimizer.step();
 * w.toArray(); // => [0.5, -1]
 * ```
 *
 * @example
 * Groups have options of their own.
 *
 * ```ts
 * import { optim } from "@torchlet/nn";
 * import { zeros } from "@torchlet/tensor";
 *
 * const weight = zeros([10, 3], { requiresGrad: true });
 * const bias = zeros([10], { requiresGrad: true });
 * const optimizer = new optim.SGD([{ params: weight, weightDecay: 0.01 }, { params: bias, lr: 0.2 }], { lr: 0.1 });
 * optimizer.paramGroups.map(({ lr, weightDecay }) => [lr, weightDecay]); // => [[0.1, 0.01], [0.2, 0]]
 * ```
 */
export class SGD extends Optimizer<Required<SGDOptions>, SGDState> {
  protected override readonly keepsGradients = false;

  /**
   * @param params - Tensors such as `model.parameters()`, or groups `{ params, lr, ... }`.
   * @param options - See {@link SGDOptions}.
   * @throws ValueError if `lr`, `momentum` or `weightDecay` is negative, or `nesterov` is without momentum or with dampening.
   */
  constructor(params: Params<Required<SGDOptions>>, options: SGDOptions = {}) {
    const defaults = {
      lr: 1e-3,
      momentum: 0,
      dampening: 0,
      weightDecay: 0,
      nesterov: false,
      maximize: false,
    };
    super(params, defaults, options);
  }

  protected override check({ lr, momentum, weightDecay, dampening, nesterov }: Required<SGDOptions>): void {
    checkNonNegative("SGD", { lr, momentum, weightDecay });
    checkFinite("SGD", { dampening });
    if (nesterov && (momentum === 0 || dampening !== 0))
      throw new ValueError(
        "SGD",
        `nesterov needs a momentum above 0 and no dampening, got momentum ${momentum} and dampening ${dampening}`,
      );
  }

  protected override initialState(): SGDState {
    return { momentumBuffer: null };
  }

  protected override update(x: Tensor, g: Tensor, state: SGDState, options: Required<SGDOptions>): void {
    const d = descentGradient(x, g, options);
    if (options.momentum === 0) x.add_(d, { alpha: -options.lr });
    else if (!inOnePass(x, d, state, options))
      x.add_(withMomentum(d, state, options), { alpha: -options.lr });
  }
}

function inOnePass(
  x: Tensor,
  d: Tensor,
  { momentumBuffer }: SGDState,
  options: Required<SGDOptions>,
): boolean {
  if (momentumBuffer === null || options.nesterov) return false;
  const { momentum, dampening, lr } = options;
  return fusedMomentum(x, momentumBuffer, d, { decay: momentum, gain: 1 - dampening, rate: -lr });
}

function withMomentum(d: Tensor, state: SGDState, options: Required<SGDOptions>): Tensor {
  const { momentum, dampening, nesterov } = options;
  if (state.momentumBuffer === null) state.momentumBuffer = d.clone();
  else state.momentumBuffer.mul_(momentum).add_(d, { alpha: 1 - dampening });
  return nesterov ? d.add(state.momentumBuffer, { alpha: momentum }) : state.momentumBuffer;
}
