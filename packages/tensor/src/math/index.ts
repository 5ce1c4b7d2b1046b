/**
 * Functions of numbers whose results are the same bits in every JavaScript engine, unlike those of `Math`.
 *
 * The language leaves `Math.exp`, `Math.sin`, `**` and their kin to the engine, and engines disagree in the last bit. The functions here use
 * only what it fixes: sums, products, quotients, square roots and integers. They are also nearer to the truth: most results are the
 * nearest double. Tensors compute with them; use them where numbers of your own must be the same everywhere.
 *
 * @packageDocumentation
 */
export { acos, asin, atan, atan2 } from "./arc.ts";
export { exp, exp2, expm1 } from "./exp.ts";
export { cosh, sinh, tanh } from "./hyperbolic.ts";
export { hypot } from "./hypot.ts";
export { log, log10, log1p, log2 } from "./log.ts";
export { pow } from "./pow.ts";
export { cos, sin, tan } from "./trigonometric.ts";
