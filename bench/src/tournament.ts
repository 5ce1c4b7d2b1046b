/** Measures rows: torchlet and its peers in turn, several rounds, the median of each. */
import { fileURLToPath } from "node:url";
import { setTimeout } from "node:timers/promises";
import { Contestant, type About, type Command, type PeerKey } from "./contestant.ts";
import { nodeBinary, peers } from "./peers.ts";
import type { Row } from "./rows.ts";

export interface Settings {
  readonly rows: readonly Row[];
  readonly peers: readonly PeerKey[];
  /** The major version of Node. */
  readonly node: string;
  readonly blas: boolean;
  /** Whether torchlet must give the same bits on every machine. */
  readonly reproducible: boolean;
  /** null: as many as each uses by itself. */
  readonly threads: number | null;
  /** Once, from the sources: only to see that everything works. */
  readonly quick: boolean;
}

/** One row of the output; times in microseconds. */
export interface Result {
  readonly row: string;
  readonly node: string;
  readonly threads: number;
  readonly provider: string;
  readonly torchlet: number;
  readonly peers: Partial<Record<PeerKey, number>>;
}

/** The results, and who took part. */
export interface Outcome {
  readonly results: readonly Result[];
  /** Names of the peers that took part, with versions and threads. */
  readonly versions: Partial<Record<PeerKey, string>>;
}

const paces = {
  quick: { rounds: 1, pause: 0, budget: { warm: 0, time: 0 } },
  thorough: { rounds: 3, pause: 60, budget: { warm: 250, time: 200 } },
};
/** Milliseconds after which a contestant is taken to have broken down. */
const PATIENCE = 120_000;
/** What takes longer, in microseconds, is measured once. */
const LONG = 3e6;

const torchlet = "torchlet";
type Key = PeerKey | typeof torchlet;

export async function hold(settings: Settings, signal: AbortSignal): Promise<Outcome> {
  const node = await nodeBinary(settings.node);
  const field = new Map<Key, Contestant>();
  const stop = (): void => {
    for (const contestant of field.values()) contestant.stop();
  };
  signal.addEventListener("abort", stop);
  try {
    field.set(torchlet, await Contestant.start(torchletCommand(node, settings)));
    for (const key of settings.peers) {
      try {
        field.set(key, await Contestant.start(await peers[key].command(node, settings.threads)));
      } catch (error) {
        signal.throwIfAborted();
        leaveOut(peers[key].title, error);
      }
    }
    const versions = Object.fromEntries(
      [...field].flatMap(([key, { about }]) => (key === torchlet ? [] : [[key, describe(key, about)]])),
    );
    const results: Result[] = [];
    for (const [i, row] of settings.rows.entries()) {
      console.error(`${String(i + 1).padStart(3)}/${settings.rows.length}  ${row.name}`);
      const result = await measureRow(row, { field, settings, signal, node });
      if (result !== null) results.push(result);
    }
    return { results, versions };
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}

function torchletCommand(node: string, { blas, reproducible, threads, quick }: Settings): Command {
  const args = [
    ...(quick ? ["--conditions=@torchlet/source"] : []),
    ...["--import", import.meta.resolve("tsx"), fileURLToPath(new URL("torchlet.ts", import.meta.url))],
    ...(blas ? ["--blas"] : []),
    ...(reproducible ? ["--reproducible"] : []),
    ...(threads === null ? [] : ["--threads", String(threads)]),
  ];
  return { file: node, args };
}

function describe(key: PeerKey, { version = "", threads }: About): string {
  return `${peers[key].title} ${version}${key === "pytorch" ? `, ${threads} thread${threads === 1 ? "" : "s"}` : ""}`;
}

/** What every measurement needs. */
interface Match {
  readonly field: Map<Key, Contestant>;
  readonly settings: Settings;
  readonly signal: AbortSignal;
  /** The path of Node. */
  readonly node: string;
}

async function measureRow(row: Row, match: Match): Promise<Result | null> {
  const { field, settings } = match;
  const { rounds, pause } = paces[settings.quick ? "quick" : "thorough"];
  const times = new Map<Key, number[]>();
  const out = new Set<Key>();
  for (let round = 0; round < rounds; round++) {
    for (const key of [...field.keys()].filter((key) => !out.has(key))) {
      const time = await attempt(key, row, match);
      if (time === null || time > LONG) out.add(key);
      if (time !== null) times.set(key, [...(times.get(key) ?? []), time]);
      await setTimeout(pause); // the threads of a BLAS spin for a while after their work
    }
  }
  const medians = new Map([...times].map(([key, values]) => [key, median(values)]));
  const own = medians.get(torchlet);
  if (own === undefined) return null;
  medians.delete(torchlet);
  const { threads, provider = "" } = field.get(torchlet)!.about;
  const { node } = settings;
  return { row: row.name, node, threads, provider, torchlet: own, peers: Object.fromEntries(medians) };
}

/** A contestant's time; null if it has none. A peer that breaks down tries once more in a process of its own. */
async function attempt(key: Key, row: Row, match: Match): Promise<number | null> {
  try {
    return await timeOf(key, row, match);
  } catch (error) {
    match.signal.throwIfAborted();
    if (key === torchlet) throw error;
    try {
      await restart(key, match);
      return await timeOf(key, row, match);
    } catch (again) {
      match.signal.throwIfAborted();
      leaveOut(`${peers[key].title} in "${row.name}"`, again);
      return null;
    }
  }
}

async function timeOf(key: Key, row: Row, { field, settings }: Match): Promise<number | null> {
  const { budget } = paces[settings.quick ? "quick" : "thorough"];
  const contestant = field.get(key);
  if (contestant === undefined) return null;
  const stop = (): void => {
    contestant.stop();
  };
  const patience = AbortSignal.timeout(PATIENCE);
  patience.addEventListener("abort", stop);
  try {
    return await contestant.measure(row, budget);
  } finally {
    patience.removeEventListener("abort", stop);
  }
}

/** A peer that has thrown may be broken for good, so it begins anew; if it cannot, it takes no further part. */
async function restart(key: PeerKey, { field, settings, node }: Match): Promise<void> {
  field.get(key)?.stop();
  field.delete(key);
  field.set(key, await Contestant.start(await peers[key].command(node, settings.threads)));
}

function leaveOut(what: string, error: unknown): void {
  console.error(`without ${what}: ${error instanceof Error ? error.message : String(error)}`);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
