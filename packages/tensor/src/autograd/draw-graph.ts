import { AutogradError } from "../errors.ts";
import { requireOptions } from "../options.ts";
import { format } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { withAncestors } from "./node.ts";

/** Options of {@link toMermaid} and {@link toDot}. */
export interface GraphOptions {
  /** Names of leaves, such as `model.namedParameters()`. Default: leaves are called `leaf`. */
  names?: Iterable<readonly [name: string, x: Tensor]>;
  /** Write the values of leaves and outputs with at most 8 elements beside their shape. Default: false. */
  values?: boolean;
  /** Where data flows to: top-down or left to right. Default: `"TD"`. */
  direction?: "TD" | "LR";
}

/** A graph as drawings need it: nodes in the order of computation, edges from inputs to outputs. */
interface Drawing {
  readonly boxes: readonly { readonly label: readonly string[]; readonly leaf: boolean }[];
  readonly edges: readonly (readonly [from: number, to: number])[];
}

/**
 * The recorded graph of `y` as a [Mermaid](https://mermaid.js.org) flowchart, which GitHub and many editors draw.
 *
 * One box per operation with the shape and dtype of its result, rounded for leaves; tensors that need no gradient are not part of
 * the graph. The same computation gives the same text. PyTorch has no counterpart; `torchviz` is the usual package.
 *
 * @param y - One tensor or several.
 * @param options - `names` of leaves, `values`, `direction`.
 * @returns The text of the flowchart.
 * @throws AutogradError if an earlier backward has freed the graph; keep it with `backward({ retainGraph: true })`.
 *
 * @example
 * ```ts
 * import { ones, toMermaid } from "@torchlet/tensor";
 *
 * const w = ones([2, 3], { requiresGrad: true });
 * const lines = toMermaid(w.exp(), { names: [["w", w]] }).split("\n");
 * lines[0]; // => "flowchart TD"
 * lines[1]; // => '  n0(["w<br>[2, 3] float32"])'
 * lines[3]; // => "  n0 --> n1"
 * ```
 */
export function toMermaid(y: Tensor | readonly Tensor[], options: GraphOptions = {}): string {
  const { boxes, edges } = draw("toMermaid", y, options);
  return [
    `flowchart ${options.direction ?? "TD"}`,
    ...boxes.map(({ label, leaf }, i) => {
      const text = `"${label.map(escapeMermaid).join("<br>")}"`;
      return `  n${i}${leaf ? `([${text}])` : `[${text}]`}`;
    }),
    ...edges.map(([from, to]) => `  n${from} --> n${to}`),
    "",
  ].join("\n");
}

/** Mermaid writes characters with a meaning of their own as entity codes. */
function escapeMermaid(text: string): string {
  return text.replace(/[#"<>&`\\]/g, (c) => `#${c.charCodeAt(0)};`);
}

/**
 * The recorded graph of `y` in the DOT language of [Graphviz](https://graphviz.org): `dot -Tsvg graph.dot`.
 *
 * Boxes are operations, ellipses are leaves, as in {@link toMermaid}.
 *
 * @param y - One tensor or several.
 * @param options - `names` of leaves, `values`, `direction`.
 * @returns The text of the graph.
 * @throws AutogradError if an earlier backward has freed the graph; keep it with `backward({ retainGraph: true })`.
 *
 * @example
 * ```ts
 * import { ones, toDot } from "@torchlet/tensor";
 *
 * const w = ones([2, 3], { requiresGrad: true });
 * const lines = toDot(w.exp(), { names: [["w", w]] }).split("\n");
 * lines[3]; // => '  n0 [label="w\\n[2, 3] float32", shape=ellipse];'
 * lines[5]; // => "  n0 -> n1;"
 * ```
 */
export function toDot(y: Tensor | readonly Tensor[], options: GraphOptions = {}): string {
  const { boxes, edges } = draw("toDot", y, options);
  return [
    "digraph torchlet {",
    `  rankdir=${options.direction === "LR" ? "LR" : "TB"};`,
    "  node [shape=box];",
    ...boxes.map(({ label, leaf }, i) => {
      const text = label.map((line) => line.replace(/["\\]/g, "\\$&")).join("\\n");
      return `  n${i} [label="${text}"${leaf ? ", shape=ellipse" : ""}];`;
    }),
    ...edges.map(([from, to]) => `  n${from} -> n${to};`),
    "}",
    "",
  ].join("\n");
}

function draw(op: string, y: Tensor | readonly Tensor[], options: GraphOptions): Drawing {
  requireOptions(op, options, "values: true", ["names", "values", "direction"]);
  const { names = [], values = false } = options;
  const outputs = y instanceof Tensor ? [y] : y;
  const nameOf = new Map(Array.from(names, ([name, x]) => [x, name]));
  const known = new Map(outputs.flatMap((x) => (x.node === null ? [] : [[x.node, x] as const])));
  const nodes = withAncestors(known.keys()).sort((a, b) => a.id - b.id);
  const freed = nodes.find((node) => node.isReleased);
  if (freed !== undefined)
    throw new AutogradError(
      op,
      `backward has freed the graph of ${freed.name}; draw it before, or keep it with backward({ retainGraph: true })`,
    );
  const number = new Map(nodes.map((node, i) => [node, i]));
  const boxes = nodes.map((node) => {
    const x = node.leaf ?? known.get(node);
    const name = (node.leaf && nameOf.get(node.leaf)) ?? node.name;
    const shown = values && x !== undefined && x.numel <= 8 ? [valuesOf(x)] : [];
    const lines = [name, `${format(node.shape)} ${node.dtype}`, ...shown];
    return { label: lines.flatMap((line) => line.split(/\r?\n/)), leaf: node.leaf !== null };
  });
  const edges = nodes.flatMap((node, to) =>
    node.parents.flatMap((p) => (p === null ? [] : [[number.get(p)!, to] as const])),
  );
  return { boxes, edges };
}

function valuesOf(x: Tensor): string {
  const write = (v: ReturnType<Tensor["toArray"]>): string =>
    typeof v === "object"
      ? `[${v.map(write).join(", ")}]`
      : String(typeof v === "number" ? +v.toPrecision(4) : v);
  return write(x.toArray());
}
