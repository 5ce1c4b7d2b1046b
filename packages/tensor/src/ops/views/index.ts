/** Other layouts over the same elements: nothing is copied. */
export type { Numbers } from "./numbers.ts";
export * from "./order.ts";
export { chunk, diagonal, narrow, select, split, unbind } from "./parts.ts";
export * from "./reshape.ts";
