/** Tensors as text. */
import { linspace, manualSeed, randint, randn, tensor } from "torchlet";
import type { Programs } from "./programs.ts";

export const textPrograms: Programs = function* () {
  yield ["normal numbers", () => (manualSeed(1), String(randn(40, 40)))];
  yield ["large and small", () => String(linspace(-1e9, 1e-7, 60).view(6, 10))];
  yield ["float64", () => String(linspace(-3, 4, 1234, { dtype: "float64" }))];
  yield ["integers", () => (manualSeed(1), String(randint(-5, 100000, [3, 4, 5])))];
  yield ["booleans", () => String(tensor([true, false]))];
  yield ["specials", () => String(tensor([NaN, Infinity, -Infinity, -0, 1e-40]))];
};
