/** Multiplies on two threads, and ends as the first argument says. */
import { setTimeout } from "node:timers/promises";
import { randn, setNumThreads } from "../../../src/index.ts";
import { partsFor } from "../../../src/kernels/wasm/threads/crew.ts";
import { workspace } from "../../../src/kernels/wasm/workspace.ts";

setNumThreads(2);
while (partsFor(workspace()!, 1e9) < 2) await setTimeout(5);
const threads = partsFor(workspace()!, 1e9);
randn(300, 300).mm(randn(300, 300));
console.log(`${threads} threads`);
if (process.argv[2] === "exit") process.exit(7);
if (process.argv[2] === "throw") throw new Error("on purpose");
