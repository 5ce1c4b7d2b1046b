/** Values that are not drawn. */
import { eye, noGrad, type Tensor } from "@torchlet/tensor";
import { checkNumbers } from "../arguments/numbers.ts";
import { matrix } from "./matrices.ts";

/**
 * One value everywhere. PyTorch: `nn.init.constant_`.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.constant_(zeros(2), 0.5).toArray(); // => [0.5, 0.5]
 * ```
 */
export function constant_(x: Tensor, value: number): Tensor {
  checkNumbers("constant_", { value });
  return noGrad(() => x.fill_(value));
}

/**
 * Ones. PyTorch: `nn.init.ones_`.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.ones_(zeros(2)).toArray(); // => [1, 1]
 * ```
 */
export function ones_(x: Tensor): Tensor {
  return constant_(x, 1);
}

/**
 * Zeros. PyTorch: `nn.init.zeros_`.
 *
 * @example
 * ```ts
 * import { ones } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.zeros_(ones(2)).toArray(); // => [0, 0]
 * ```
 */
export function zeros_(x: Tensor): Tensor {
  return constant_(x, 0);
}

/**
 * The identity matrix: a linear layer starts as the identity. PyTorch: `nn.init.eye_`.
 *
 * @throws ShapeError if `x` is no matrix.
 *
 * @example
 * ```ts
 * import { zeros } from "@torchlet/tensor";
 * import { init } from "@torchlet/nn";
 *
 * init.eye_(zeros(2, 3)).toArray(); // => [[1, 0, 0], [0, 1, 0]]
 * ```
 */
export function eye_(x: Tensor): Tensor {
  const [rows, columns] = matrix("eye_", x);
  return noGrad(() => x.copy_(eye(rows, columns)));
}
