/** Collects items into lists of `size`; the last may be shorter, or is left out. */
export function* inBatches<T>(items: Iterable<T>, size: number, dropLast: boolean): Generator<T[], void> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0 && !dropLast) yield batch;
}

/** How many lists {@link inBatches} gives. */
export function countBatches(items: number, size: number, dropLast: boolean): number {
  return dropLast ? Math.floor(items / size) : Math.ceil(items / size);
}
