/** Where the others are faster, and what stands in the way, in the figures of the same run. */
import type { Section } from "./page.ts";
import { duration } from "./table.ts";

/** Multiplications and additions of the product "matmul, 512". */
const OPERATIONS = 2 * 512 ** 3;

/** A text in markdown. */
export function reasons(sections: readonly Section[]): string {
  const time = (row: string, title = "Node 20"): number => {
    const results = sections.find((section) => section.title === title)?.outcome.results ?? [];
    return results.find((result) => result.row === row)?.torchlet ?? NaN;
  };
  const took = (row: string): string => duration(time(row));
  const speed = (title: string): string => (OPERATIONS / time("matmul, 512", title) / 1e3).toFixed(0);
  return `- **Large products.** One thread computes "matmul, 512" at ${speed("Node 20, products on one thread")} GFLOP/s, close to what this processor reaches with four
  float32 at a time; a vector of WebAssembly holds no more. A BLAS takes eight or sixteen: ${speed("Node 20, with BLAS, products on one thread")} GFLOP/s with \`@torchlet/blas\`, whose rows are PyTorch's.
  On many examples a training step is little else than products.
- **Results of thousands of elements.** "add, 8 K elements" takes ${took("add, 8 K elements")}, the WebAssembly in it ${took("add, 8 K elements, kernel alone")} ("kernel alone": in memory that is there); with a million
  elements it is ${took("add, 1 M elements")} and ${took("add, 1 M elements, kernel alone")}. The rest is an array for the result. Nobody frees tensors by hand here, so results belong to the garbage
  collector, whose memory WebAssembly cannot write to: they are copied there, to memory that has left the caches, since collections come only
  after 32 to 64 MB. TensorFlow.js leaves results in linear memory, and its users dispose of them. In backward, torchlet knows what nobody
  needs any more and works in place: those rows do not have this cost. (TensorFlow.js and jax-js hand out one gradient of "add" twice; here each is a
  tensor of its own, as in PyTorch.)
- **Exponentials.** "exp, 8 K elements, kernel alone" takes ${took("exp, 8 K elements, kernel alone")}: four at a time, to at most 2 units in the last place.
- **The smallest networks.** The XOR step is about twenty operations on matrices of at most twelve numbers in ${took("XOR step")}: what is left is making a tensor,
  its layout and its node in the graph, for each of them.`;
}
