import { ValueError } from "@torchlet/tensor";
import type { Optimizer, ParamGroup } from "../optimizer.ts";

interface MomentumOptions {
  momentum?: number;
  betas?: readonly [number, number];
}

/** Sets what an optimizer has as its momentum: `momentum`, or the first of `betas`. */
export function setMomentum(group: ParamGroup, momentum: number): void {
  const options = group as ParamGroup & MomentumOptions;
  if (options.betas === undefined) options.momentum = momentum;
  else options.betas = [momentum, options.betas[1]];
}

/** Throws unless the optimizer has a momentum that can be changed. */
export function checkHasMomentum(op: string, optimizer: Optimizer): void {
  if (!("momentum" in optimizer.defaults || "betas" in optimizer.defaults))
    throw new ValueError(
      op,
      `${optimizer.constructor.name} has neither momentum nor betas to cycle; pass { cycleMomentum: false }`,
    );
}
