import type { Node } from "./node.ts";

let enabled = false;

/** Whether anomaly mode is on. */
export function isAnomalyEnabled(): boolean {
  return enabled;
}

/** Switches anomaly mode; returns what it was before. */
export function switchAnomaly(on: boolean): boolean {
  const before = enabled;
  enabled = on;
  return before;
}

/** In anomaly mode, notes where the operation was called. */
export function recordStack(node: Node): Node {
  if (enabled) node.stack = new Error(`forward call of ${node.name}`).stack ?? null;
  return node;
}
