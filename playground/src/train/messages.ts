/** What page and worker say to each other: every request is answered by one report. */
import type { Settings } from "./settings.ts";

/** Points in a row and in a column of the surface. */
export const GRID = 50;

export interface Request {
  /** Begin anew with these settings; null: go on. */
  readonly settings: Settings | null;
  /** How many steps to train, at most as many as take some milliseconds. */
  readonly steps: number;
}

export interface Report {
  /** Steps since the beginning. */
  readonly steps: number;
  /** The loss before each step that has been trained since the last report, and after the last one. */
  readonly losses: readonly number[];
  /** The part of the points that the network tells apart. */
  readonly accuracy: number;
  /** The probability of kind 1 on a grid, row after row from the lower left. */
  readonly surface: Float32Array;
}
