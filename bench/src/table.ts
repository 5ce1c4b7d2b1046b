/** Results as tables of text: times, then the ratios of torchlet's time to each peer's. */
import { peers } from "./peers.ts";
import type { PeerKey } from "./contestant.ts";
import type { Result } from "./tournament.ts";

/** The cells of a table, the heads first. */
function cells(results: readonly Result[]): string[][] {
  const keys = (Object.keys(peers) as PeerKey[]).filter((key) =>
    results.some((r) => r.peers[key] !== undefined),
  );
  const titles = keys.map((key) => peers[key].title);
  const heads = ["row", "torchlet", ...titles, ...titles.map((title) => `: ${title}`)];
  const lines = results.map(({ row, torchlet, peers }) => [
    row,
    duration(torchlet),
    ...keys.map((key) => (peers[key] === undefined ? "" : duration(peers[key]))),
    ...keys.map((key) => (peers[key] === undefined ? "" : ratio(torchlet / peers[key]))),
  ]);
  return [heads, ...lines];
}

/** The table for a terminal. */
export function plainTable(results: readonly Result[]): string {
  const table = cells(results);
  const widths = table[0]!.map((_, c) => Math.max(...table.map((line) => line[c]!.length)));
  return table
    .map((line) =>
      line
        .map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The table in markdown. */
export function markdownTable(results: readonly Result[]): string {
  const [heads, ...lines] = cells(results);
  const rule = heads!.map((_, c) => (c === 0 ? "---" : "---:"));
  return [heads!, rule, ...lines].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

/** Three digits and a unit. */
function duration(microseconds: number): string {
  const [value, unit] =
    microseconds < 1000
      ? [microseconds, "µs"]
      : microseconds < 1e6
        ? [microseconds / 1e3, "ms"]
        : [microseconds / 1e6, "s"];
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`;
}

/** Two digits. */
function ratio(value: number): string {
  return value < 10 ? value.toPrecision(2) : value.toFixed(0);
}
