/** Random operands of every kind for the contract of the kernels: any strides, offsets and values. */
import fc from "fast-check";
import type { DType } from "../../src/dtype.ts";
import { Layout, contiguousLayout } from "../../src/layout.ts";
import { allocate } from "../../src/storage/arrays.ts";
import { Storage, type Operand } from "../../src/storage/storage.ts";

const special = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 1e-40, 1e30, -1e-310];

/** Numbers as they occur, and now and then those that go wrong. */
const values = fc.record({ seed: fc.nat(), specials: fc.constantFrom(0, 0, 0.05, 0.5) });

/** Fills a storage with numbers between -3 and 3, among them `specials` (a share) special ones; bools with 0 and 1. */
function fillRandomly(storage: Storage, seed: number, specials: number): void {
  let state = seed >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes, "quick and dirty"
    return (state >>> 8) / 2 ** 24;
  };
  const { data, dtype } = storage;
  for (let i = 0; i < data.length; i++) {
    if (dtype === "bool") data[i] = random() < 0.5 ? 0 : 1;
    else if (dtype === "int32") data[i] = Math.floor(random() * 2 ** 32);
    else data[i] = random() < specials ? special[Math.floor(random() * special.length)]! : random() * 6 - 3;
  }
}

const resident: Storage[] = [];

/** A storage on the heap, or in linear memory, from where those that were made long ago move out. */
function storageOf(dtype: DType, length: number, inMemory: boolean): Storage {
  if (!inMemory || length === 0) return new Storage(dtype, allocate(dtype, length));
  const storage = Storage.inLinearMemory(dtype, length) ?? afterClearing(dtype, length);
  if (resident.push(storage) > 20) resident.shift()!.moveOut();
  return storage;
}

/** Blocks that were given back are used again for their sizes only, until none is in use: with enough sizes there is no room left. */
function afterClearing(dtype: DType, length: number): Storage {
  for (const storage of resident.splice(0)) storage.moveOut();
  return Storage.inLinearMemory(dtype, length)!;
}

/** An input operand of a given shape: permuted, with gaps, flipped, or standing still in some dimensions; wherever it stands. */
export function operand(shape: readonly number[], dtype: DType): fc.Arbitrary<Operand> {
  const dims = shape.length;
  return fc
    .record({
      order: fc.shuffledSubarray([...shape.keys()], { minLength: dims, maxLength: dims }),
      plain: fc.boolean(),
      resident: fc.boolean(),
      kinds: fc.array(fc.constantFrom("dense", "dense", "dense", "gap", "flip", "still"), {
        minLength: dims,
        maxLength: dims,
      }),
      offset: fc.integer({ min: 0, max: 5 }),
      values,
    })
    .map(({ order, plain, resident, kinds, offset, values: { seed, specials } }) => {
      const strides = new Array<number>(dims).fill(0);
      let size = 1;
      let start = offset;
      for (const d of plain ? [...shape.keys()].reverse() : order) {
        const kind = plain ? "dense" : kinds[d]!;
        if (kind === "still") continue;
        const step = kind === "gap" ? size * 2 : size;
        strides[d] = kind === "flip" ? -step : step;
        if (kind === "flip") start += Math.max(0, shape[d]! - 1) * step;
        size = step * Math.max(1, shape[d]!);
      }
      const storage = storageOf(dtype, size + offset + 1, resident);
      fillRandomly(storage, seed, specials);
      return { storage, layout: new Layout(shape, strides, start) };
    });
}

/** Where an output stands, and how many elements of its storage are not its own. */
export interface Place {
  readonly offset?: number;
  readonly behind?: number;
  readonly resident?: boolean;
}

/** A contiguous operand to write to, with something in it that must be overwritten, and around it that must not. */
export function output(
  shape: readonly number[],
  dtype: DType,
  { offset = 0, behind = 0, resident = false }: Place = {},
): Operand {
  const { strides, numel } = contiguousLayout(shape);
  const storage = storageOf(dtype, offset + numel + behind, resident);
  storage.data.fill(7);
  return { storage, layout: new Layout(shape, strides, offset) };
}

/** The elements in row-major order. */
export function read({ storage, layout }: Operand): number[] {
  const result: number[] = [];
  const walk = (d: number, at: number): void => {
    if (d === layout.shape.length) result.push(storage.data[at]!);
    else for (let i = 0; i < layout.shape[d]!; i++) walk(d + 1, at + i * layout.strides[d]!);
  };
  walk(0, layout.offset);
  return result;
}

/** The first place at which the storages of two operands differ, the sign of 0 included; null if they are the same. */
export function difference(a: Operand, b: Operand): string | null {
  const [x, y] = [a.storage.data, b.storage.data];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    if (!Object.is(x[i], y[i])) return `${x[i]} instead of ${y[i]} at ${i}`;
  }
  return null;
}
