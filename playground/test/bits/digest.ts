/** Many numbers as a few letters that differ when a single bit does. */

/** What a program came to: numbers, or text. */
export type Values = ArrayLike<number> | string;

/** FNV-1a over the bytes of the numbers as doubles, or of the letters. Source: http://www.isthe.com/chongo/tech/comp/fnv/ */
export function digest(values: Values): string {
  const bytes =
    typeof values === "string"
      ? new TextEncoder().encode(values)
      : new Uint8Array(Float64Array.from(values, canonical).buffer);
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${values.length}:${(hash >>> 0).toString(16).padStart(8, "0")}`;
}

/** There are many NaNs, which no program can tell apart. */
function canonical(x: number): number {
  return Number.isNaN(x) ? NaN : x;
}
