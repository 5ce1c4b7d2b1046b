/** Run with --expose-gc: which storages are still in memory at which moment, as JSON. */
import { ones, type Tensor } from "@torchlet/tensor";

const collect = globalThis.gc!;

const report: Record<string, boolean> = {};
const watched = new Map<string, WeakRef<object>>();

function watch(name: string, x: Tensor): Tensor {
  watched.set(name, new WeakRef(x.storage));
  return x;
}

async function note(moment: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  collect();
  for (const [name, ref] of watched) report[`${name} ${moment}`] = ref.deref() !== undefined;
}

const x = ones([1000], { requiresGrad: true });

// The results of mul(2) and add are needed by nobody; exp needs its result, sigmoid needs its own.
function forward(): Tensor {
  const scaled = watch("scaled", x.mul(2));
  const shifted = watch("shifted", scaled.add(1));
  const grown = watch("grown", shifted.exp());
  return watch("squashed", grown.sigmoid()).sum();
}

const y = forward();
await note("before backward");
y.backward();
await note("after backward");
report["loss kept"] = Number.isFinite(y.item());
watched.clear();

const z = forward();
z.backward(null, { retainGraph: true });
await note("after backward with retainGraph");
z.backward();
await note("after the last backward");

console.log(JSON.stringify(report));
