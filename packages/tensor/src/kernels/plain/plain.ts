import * as activations from "./activations.ts";
import { clearOutside } from "./band.ts";
import { cat, copy } from "./copy.ts";
import * as elementwise from "./elementwise.ts";
import * as indexing from "./indexing.ts";
import type { Kernels } from "../kernels.ts";
import { addmm, matmul } from "./matmul.ts";
import * as reduction from "./reduce.ts";
import * as softmaxes from "./softmax.ts";
import { argsort } from "./sorting.ts";
import * as standardizing from "./standardize.ts";
import * as steps from "./steps.ts";

/** Plain loops: correct everywhere, for every dtype and every layout. */
export const plainKernels: Kernels = {
  name: "plain",
  ...elementwise,
  ...activations,
  ...reduction,
  ...softmaxes,
  ...indexing,
  ...standardizing,
  ...steps,
  clearOutside,
  copy,
  cat,
  argsort,
  matmul,
  addmm,
};
