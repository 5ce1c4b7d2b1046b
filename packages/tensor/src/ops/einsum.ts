import { ShapeError, ValueError } from "../errors.ts";
import { hidden } from "../op.ts";
import { format, numelOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { matmul } from "./linalg.ts";
import { requireTensor } from "./operands.ts";

/** A tensor with a letter for each dimension. */
interface Labelled {
  readonly x: Tensor;
  readonly labels: readonly string[];
}

/**
 * Sums of products in Einstein's notation: every letter is a dimension, letters that are missing after `->` are summed over.
 *
 * `...` stands for any dimensions more, which broadcast. Without `->`, the result has the letters that occur once, in alphabetical
 * order. Several operands are multiplied from left to right by matrix products. Gradients: sums of products as well.
 * PyTorch: [`torch.einsum`](https://pytorch.org/docs/stable/generated/torch.einsum.html).
 *
 * @param equation - For example `"ij,jk->ik"`.
 * @param operands - One tensor per part before `->`.
 * @throws ValueError if the equation cannot be read.
 * @throws ShapeError if an operand has other dimensions than its letters, or sizes of one letter differ.
 *
 * @example
 * ```ts
 * import { einsum, tensor } from "@torchlet/tensor";
 *
 * const a = tensor([[1, 2], [3, 4]]);
 * einsum("ij,jk->ik", a, a).toArray(); // => [[7, 10], [15, 22]]
 * einsum("ii->i", a).toArray(); // => [1, 4]
 * einsum("ij->j", a).toArray(); // => [4, 6]
 * ```
 */
export function einsum(equation: string, ...operands: Tensor[]): Tensor {
  const { inputs, output } = parse(equation, operands);
  const sizes = sizesOf(equation, operands, inputs);
  return hidden(operands, () => evaluate(operands, inputs, output, sizes));
}

function evaluate(
  operands: readonly Tensor[],
  inputs: readonly (readonly string[])[],
  output: readonly string[],
  sizes: ReadonlyMap<string, number>,
): Tensor {
  const factors = operands.map((x, i) => withoutRepeats({ x, labels: inputs[i]! }));
  let product = factors[0]!;
  factors.slice(1).forEach((factor, i) => {
    const later = new Set([...output, ...factors.slice(i + 2).flatMap(({ labels }) => labels)]);
    product = contract(product, factor, later, sizes);
  });
  const { x, labels } = summed(product, new Set(output));
  return x.permute(output.map((label) => labels.indexOf(label)));
}

function parse(equation: string, operands: readonly Tensor[]): { inputs: string[][]; output: string[] } {
  const [left = "", right, ...more] = equation.replaceAll(" ", "").split("->");
  const parts = left.split(",");
  if (more.length > 0 || ![...parts, right ?? ""].every((part) => /^[A-Za-z]*(\.\.\.)?[A-Za-z]*$/.test(part)))
    throw new ValueError("einsum", `cannot read ${JSON.stringify(equation)}; write it like "ij,jk->ik"`);
  if (parts.length !== operands.length)
    throw new ValueError("einsum", `${parts.length} parts in ${equation} for ${operands.length} operands`);
  operands.forEach((x, i) => requireTensor("einsum", x, `operand ${i}`));
  const extra = operands.map((x, i) => x.ndim - parts[i]!.replace("...", "").length);
  const inputs = parts.map((part, i) => spell(part, extra[i]!, operands[i]!));
  const widest = Math.max(0, ...extra.filter((_, i) => parts[i]!.includes("...")));
  return { inputs, output: right === undefined ? implied(inputs) : outputOf(right, inputs, widest) };
}

/** The letters of a part; `...` becomes numbers that count from the last dimension it covers. */
function spell(part: string, extra: number, x: Tensor): string[] {
  if (extra < 0 || (extra > 0 && !part.includes("...")))
    throw new ShapeError("einsum", `the letters ${part} do not fit an operand of shape ${format(x.shape)}`);
  return letters(part, extra);
}

function letters(part: string, extra: number): string[] {
  const [before = "", after = ""] = part.split("...");
  const dots = part.includes("...") ? Array.from({ length: extra }, (_, i) => String(extra - i)) : [];
  return [...Array.from(before), ...dots, ...Array.from(after)];
}

/** Without `->`: what `...` covers, then the letters that occur once. */
function implied(inputs: readonly string[][]): string[] {
  const all = inputs.flat();
  const dots = [...new Set(all.filter(isDots))].sort((a, b) => Number(b) - Number(a));
  const once = all.filter((label) => !isDots(label) && all.indexOf(label) === all.lastIndexOf(label));
  return [...dots, ...once.sort()];
}

function isDots(label: string): boolean {
  return label >= "0" && label <= "99";
}

function outputOf(right: string, inputs: readonly string[][], widest: number): string[] {
  const output = letters(right, widest);
  const unknown = output.find((label, i) => !inputs.flat().includes(label) || output.indexOf(label) < i);
  if (unknown !== undefined)
    throw new ValueError(
      "einsum",
      `the letter ${unknown} of the result must occur in an operand, and once in the result`,
    );
  return output;
}

function sizesOf(
  equation: string,
  operands: readonly Tensor[],
  inputs: readonly string[][],
): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  inputs.forEach((labels, i) => {
    labels.forEach((label, d) => {
      const size = operands[i]!.shape[d]!;
      if (size !== operands[i]!.shape[labels.indexOf(label)])
        throw new ShapeError("einsum", `${label} in ${equation} has two sizes in one operand`);
      const known = sizes.get(label) ?? 1;
      if (known !== 1 && size !== 1 && known !== size)
        throw new ShapeError("einsum", `${label} in ${equation} has both size ${known} and ${size}`);
      sizes.set(label, known === 1 ? size : known);
    });
  });
  return sizes;
}

/** A letter that occurs twice in one operand means its diagonal. */
function withoutRepeats({ x, labels }: Labelled): Labelled {
  const second = labels.findIndex((label, d) => labels.indexOf(label) < d);
  if (second < 0) return { x, labels };
  const first = labels.indexOf(labels[second]!);
  const rest = labels.filter((_, d) => d !== first && d !== second);
  return withoutRepeats({ x: x.diagonal(0, first, second), labels: [...rest, labels[second]!] });
}

/** Sums over the letters that nobody needs any more. */
function summed({ x, labels }: Labelled, needed: ReadonlySet<string>): Labelled {
  const gone = labels.flatMap((label, d) => (needed.has(label) ? [] : [d]));
  if (gone.length === 0) return { x, labels };
  return { x: x.sum(gone, { dtype: x.dtype }), labels: labels.filter((label) => needed.has(label)) };
}

/** The product of two operands as one batch of matrix products. */
function contract(
  a: Labelled,
  b: Labelled,
  later: ReadonlySet<string>,
  sizes: ReadonlyMap<string, number>,
): Labelled {
  const p = summed(a, new Set([...later, ...b.labels]));
  const q = summed(b, new Set([...later, ...a.labels]));
  const shared = p.labels.filter((label) => q.labels.includes(label));
  const batch = shared.filter((label) => later.has(label));
  const inner = shared.filter((label) => !later.has(label));
  const rows = p.labels.filter((label) => !shared.includes(label));
  const columns = q.labels.filter((label) => !shared.includes(label));
  const sizeOf = (labels: readonly string[]): number[] => labels.map((label) => sizes.get(label)!);
  const arrange = ({ x, labels }: Labelled, ...groups: string[][]): Tensor => {
    const order = groups.flat();
    return x
      .permute(order.map((label) => labels.indexOf(label)))
      .expand(sizeOf(order))
      .reshape(groups.map((group) => numelOf(sizeOf(group))));
  };
  const y = matmul(arrange(p, batch, rows, inner), arrange(q, batch, inner, columns));
  const labels = [...batch, ...rows, ...columns];
  return { x: y.reshape(sizeOf(labels)), labels };
}
