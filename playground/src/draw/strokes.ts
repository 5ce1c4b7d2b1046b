/** A drawing: strokes of the pen, in units of the pad's side, from the upper left corner. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The points that the pen went through, at least one. */
export type Stroke = readonly Point[];

/** The neighbouring points of a stroke; a dot is joined to itself. */
export function segments(stroke: Stroke): [from: Point, to: Point][] {
  if (stroke.length === 1) return [[stroke[0]!, stroke[0]!]];
  return stroke.slice(1).map((to, i) => [stroke[i]!, to]);
}
