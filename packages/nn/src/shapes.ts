import type { Shape } from "@torchlet/tensor";

/** Whether two shapes broadcast: aligned at the last dimension, sizes are equal or 1. */
export function broadcasts(a: Shape, b: Shape): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const aligned = long.slice(long.length - short.length);
  return short.every((size, i) => size === aligned[i] || size === 1 || aligned[i] === 1);
}

/** The shape to which two shapes broadcast, if they do. */
export function broadcastShape(a: Shape, b: Shape): Shape {
  const n = Math.max(a.length, b.length);
  return Array.from({ length: n }, (_, i) => {
    const size = a[i - n + a.length] ?? 1;
    return size === 1 ? (b[i - n + b.length] ?? 1) : size;
  });
}
