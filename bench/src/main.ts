/** The command `pnpm bench`. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { PeerKey } from "./contestant.ts";
import { writePage, type Section } from "./page.ts";
import { peers } from "./peers.ts";
import { rows, type Row } from "./rows.ts";
import { plainTable } from "./table.ts";
import { hold, type Outcome, type Settings } from "./tournament.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const peerKeys = Object.keys(peers) as PeerKey[];
const thisNode = process.versions.node.split(".")[0]!;

const help = `pnpm bench [NAME ...] [flags]

Measures torchlet beside PyTorch (if Debian's python3-torch is installed) and other libraries in JavaScript, which are
installed into bench/peers when they are first needed. NAME chooses the rows that contain it.

  --node N         on Node N (default: ${thisNode}, which runs this; 20 and 24 are installed when needed)
  --blas           torchlet multiplies matrices by the system's BLAS
  --reproducible   torchlet gives the same bits on every machine: no fused multiply-add
  --threads N      torchlet, PyTorch and BLAS use N threads (default: as many as each likes)
  --peers A,B      only these of ${peerKeys.join(", ")}; or none
  --json           print { rows: [{ row, node, threads, provider, torchlet, peers }] } in microseconds, and nothing else
  --quick          once, from the sources, without warming up: to see that it works; the figures mean nothing
  --write          measure everything on Node 20 and 24, with and without BLAS, and write docs/performance.md
  --help           show this text`;

/** The command line cannot be understood, or something outside is not as it should be. */
class Complaint extends Error {}

const interrupt = new AbortController();
process.on("SIGINT", () => interrupt.abort());
process.on("SIGTERM", () => interrupt.abort());

try {
  await run();
} catch (error) {
  if (interrupt.signal.aborted) process.exitCode = 130;
  else {
    console.error(error instanceof Complaint ? error.message : error);
    process.exitCode = error instanceof Complaint ? 2 : 1;
  }
}

async function run(): Promise<void> {
  const { values, positionals } = readCommandLine();
  if (values.help) {
    console.log(help);
    return;
  }
  if (values.write && values.quick)
    throw new Complaint("--write and --quick do not go together: the figures would mean nothing.");
  const settings: Settings = {
    rows: chooseRows(positionals),
    peers: choosePeers(values.peers),
    node: values.node,
    blas: values.blas,
    reproducible: values.reproducible,
    threads: values.threads === undefined ? null : readCount(values.threads),
    quick: values.quick,
  };
  if (!settings.quick)
    execFileSync(process.execPath, [`${root}scripts/build.mjs`], { stdio: ["ignore", 2, 2] });
  if (values.write) {
    writePage(await everything(settings), soak());
    return;
  }
  const { results, versions } = await hold(settings, interrupt.signal);
  if (values.json) {
    console.log(JSON.stringify({ rows: results }));
    return;
  }
  const by =
    results[0] &&
    `torchlet by ${results[0].provider}, ${results[0].threads} thread(s), Node ${settings.node}`;
  console.log(`${[by, ...Object.values(versions)].filter(Boolean).join("; ")}\n\n${plainTable(results)}`);
}

function readCommandLine() {
  try {
    return parseArgs({
      args: process.argv.slice(2).filter((arg) => arg !== "--"),
      allowPositionals: true,
      options: {
        node: { type: "string", default: thisNode },
        blas: { type: "boolean", default: false },
        reproducible: { type: "boolean", default: false },
        threads: { type: "string" },
        peers: { type: "string" },
        json: { type: "boolean", default: false },
        quick: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

function chooseRows(names: readonly string[]): readonly Row[] {
  const unknown = names.find((name) => !rows.some((row) => row.name.includes(name)));
  if (unknown === undefined)
    return names.length === 0 ? rows : rows.filter((row) => names.some((n) => row.name.includes(n)));
  throw new Complaint(
    `No row contains "${unknown}"; the rows are\n${rows.map((row) => `  ${row.name}`).join("\n")}`,
  );
}

function choosePeers(names: string | undefined): readonly PeerKey[] {
  if (names === undefined) return peerKeys;
  if (names === "none") return [];
  const wanted = names.split(",");
  const unknown = wanted.find((name) => !(name in peers));
  if (unknown !== undefined)
    throw new Complaint(`There is no peer ${unknown}; the peers are ${peerKeys.join(", ")}.`);
  return peerKeys.filter((key) => wanted.includes(key));
}

function readCount(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Complaint(`--threads must be a whole number from 1 on, got "${text}".`);
}

/** What `pnpm soak` prints. */
function soak(): string {
  console.error("\nMemory over 100,000 steps");
  const args = [
    "--conditions=@torchlet/source",
    "--import",
    import.meta.resolve("tsx"),
    `${root}bench/soak/main.ts`,
  ];
  return execFileSync(process.execPath, args, { encoding: "utf8" });
}

/** Every run that docs/performance.md shows. */
async function everything(settings: Settings): Promise<Section[]> {
  const products = settings.rows.filter(({ work }) => ["classifier", "epoch", "matmul"].includes(work));
  const matmuls = products.filter(({ work }) => work === "matmul");
  const sections: Section[] = [];
  const add = async (title: string, chosen: Partial<Settings>): Promise<void> => {
    console.error(`\n${title}`);
    const own = { ...settings, blas: false, reproducible: false, ...chosen };
    const outcome: Outcome = await hold(own, interrupt.signal);
    sections.push({ title, outcome });
  };
  const onlyPyTorch = { peers: settings.peers.filter((key) => key === "pytorch") };
  const fastest = ["pytorch", "tfjsWasm", "jaxJs"];
  await add("Node 20", { node: "20" });
  await add("Node 24, beside the fastest peers", {
    node: "24",
    peers: settings.peers.filter((key) => fastest.includes(key)),
  });
  await add("Node 24, the same bits on every machine", {
    node: "24",
    reproducible: true,
    rows: products,
    ...onlyPyTorch,
  });
  for (const node of ["20", "24"])
    await add(`Node ${node}, with BLAS`, { node, blas: true, rows: products, ...onlyPyTorch });
  const oneThread = { threads: 1, rows: matmuls, ...onlyPyTorch };
  for (const node of ["20", "24"]) await add(`Node ${node}, products on one thread`, { node, ...oneThread });
  await add("Node 20, with BLAS, products on one thread", { node: "20", blas: true, ...oneThread });
  return sections;
}
