/** How elementwise operations are written: a kernel, and each derivative as one line of math. */
import type { Vjp } from "../../autograd/node.ts";
import { zerosLike } from "../../create.ts";
import type { BinaryOp, UnaryOp } from "../../kernels/scalar/functions.ts";
import { defineOp, type Op } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { floating, requireTensor } from "../operands.ts";

type UnaryMaker = (y: Tensor, x: Tensor) => Vjp;

/** A function of one element: its kernel, and its derivative as one line of math. */
export function unary(name: UnaryOp, vjp: UnaryMaker): Op<[x: Tensor]> {
  const op = defineOp<[x: Tensor]>(name, {
    shape: (x) => x.shape,
    run: (k, out, x) => k.unary(out, name, x),
    vjp: [vjp],
  });
  return (x) => {
    requireTensor(name, x);
    return op(x);
  };
}

/** A function that makes floating-point numbers of integers and booleans. */
export function floatUnary(name: UnaryOp, vjp: UnaryMaker): Op<[x: Tensor]> {
  const op = unary(name, vjp);
  return (x) => op(floating(name, x));
}

/** For functions that are constant between jumps. */
export const flatGradient: UnaryMaker = () => (g) => zerosLike(g);

type BinaryMaker = ((y: Tensor, a: Tensor, b: Tensor) => Vjp) | null;

/** A function of two elements of one dtype and shape; broadcasting has happened before. */
export function binary(name: BinaryOp, da: BinaryMaker, db: BinaryMaker): Op<[a: Tensor, b: Tensor]> {
  return defineOp<[a: Tensor, b: Tensor]>(name, {
    shape: (a) => a.shape,
    run: (k, out, a, b) => k.binary(out, name, a, b),
    vjp: [da, db],
  });
}
