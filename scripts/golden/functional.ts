/** How `torch.nn.functional` is called in torchlet. */
import { call, type Replay } from "./bind.ts";
import { NotSupported } from "./values.ts";

type AnyFunction = (...args: unknown[]) => unknown;

const nn = "@torchlet/nn";
const loaded = (await import(nn).catch(() => ({}))) as { functional?: Record<string, AnyFunction> };

function F(name: string): AnyFunction {
  const f = loaded.functional?.[name];
  if (f === undefined) throw new NotSupported(`functional.${name}`);
  return f;
}

export const losses: Readonly<Record<string, Replay>> = {
  "nn.functional.relu": call("input inplace", ({ input }) => F("relu")(input)),
};
