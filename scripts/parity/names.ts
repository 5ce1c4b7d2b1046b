/** Which of PyTorch's public names exist in torchlet, by the rule that snake_case becomes camelCase. */
import { readFileSync } from "node:fs";
import * as torchlet from "torchlet";

/** PyTorch's names per module, listed by names.py. */
const pytorch = JSON.parse(readFileSync(new URL("./names.json", import.meta.url), "utf8")) as Record<
  string,
  readonly string[]
>;

/** Where each of PyTorch's modules has its counterpart. */
const places: Readonly<Record<string, object>> = {
  "torch.Tensor": torchlet.Tensor.prototype,
  "torch.autograd": torchlet,
  "torch.nn": torchlet.nn,
  "torch.nn.functional": torchlet.F,
  "torch.nn.init": torchlet.init,
  "torch.nn.utils": torchlet.nn.utils,
  "torch.optim": torchlet.optim,
  "torch.optim.lr_scheduler": torchlet.optim,
  "torch.utils.data": torchlet,
};

/** Where the rule does not lead to the name. */
const renamed: Readonly<Record<string, string>> = {
  tolist: "toArray",
  stride: "strides",
  logsigmoid: "logSigmoid",
};

/** What exists only as a type, and so cannot be found at run time. */
const types: ReadonlySet<string> = new Set(["Dataset", "IterableDataset"] satisfies (keyof Types)[]);

interface Types {
  Dataset: torchlet.Dataset<unknown>;
  IterableDataset: torchlet.IterableDataset<unknown>;
}

export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export interface Name {
  readonly ours: string;
  readonly theirs: string;
}

export interface ModuleTable {
  readonly title: string;
  readonly here: readonly Name[];
  readonly missing: readonly string[];
}

/** For each module of PyTorch, the names that exist here and those that do not. */
export function moduleTables(): ModuleTable[] {
  return Object.entries(places).map(([title, place]) => {
    const names = pytorch[title]!.map((theirs) => ({ theirs, ours: renamed[theirs] ?? camelCase(theirs) }));
    const exists = ({ ours }: Name): boolean =>
      ours in place || types.has(ours) || (title === "torch.Tensor" && ours in torchlet);
    return {
      title,
      here: names.filter(exists),
      missing: names.filter((n) => !exists(n)).map((n) => n.theirs),
    };
  });
}

const theirs = new Set(Object.values(pytorch).flat().map(camelCase));

/** The functions at torchlet's top level that have no counterpart among the listed names. */
export const existing = {
  ours: Object.entries(torchlet)
    .filter(([name, value]) => typeof value === "function" && !theirs.has(name))
    .map(([name]) => name)
    .sort(),
};
