// Elements that move: copies between layouts, and what index tensors take and put. Operands are planes of any strides, also negative
// ones and 0; nothing is written outside of them. Bits move as they are, so one function serves every type of a size.

/** Columns of a plane that are copied together: so many lines of the cache stay at hand where a row of the one is a column of the other. */
const TILE: i32 = 8;
/** Shorter runs are copied faster one by one. */
const RUN: i32 = 16;

@inline
function bytes<T>(elements: i32): usize {
  return <usize>elements * sizeof<T>();
}

@inline
function copyPlane<T>(out: usize, outDown: i32, outAcross: i32, x: usize, xDown: i32, xAcross: i32, rows: i32, columns: i32): void {
  const toDown = bytes<T>(outDown), toAcross = bytes<T>(outAcross);
  const fromDown = bytes<T>(xDown), fromAcross = bytes<T>(xAcross);
  if (outAcross == 1 && xAcross == 1 && columns >= RUN) {
    for (; rows > 0; rows--, out += toDown, x += fromDown) memory.copy(out, x, bytes<T>(columns));
    return;
  }
  for (; columns > 0; columns -= TILE, out += <usize>TILE * toAcross, x += <usize>TILE * fromAcross) {
    const n = min(TILE, columns);
    for (let i = 0, to = out, from = x; i < rows; i++, to += toDown, from += fromDown) {
      for (let j = 0, p = to, q = from; j < n; j++, p += toAcross, q += fromAcross) store<T>(p, load<T>(q));
    }
  }
}

/** `out[i][j] = x[i][j]`. */
export function copyPlane8(out: usize, outDown: i32, outAcross: i32, x: usize, xDown: i32, xAcross: i32, rows: i32, columns: i32): void { copyPlane<u8>(out, outDown, outAcross, x, xDown, xAcross, rows, columns); }
export function copyPlane32(out: usize, outDown: i32, outAcross: i32, x: usize, xDown: i32, xAcross: i32, rows: i32, columns: i32): void { copyPlane<u32>(out, outDown, outAcross, x, xDown, xAcross, rows, columns); }
export function copyPlane64(out: usize, outDown: i32, outAcross: i32, x: usize, xDown: i32, xAcross: i32, rows: i32, columns: i32): void { copyPlane<u64>(out, outDown, outAcross, x, xDown, xAcross, rows, columns); }

@inline
function gather<T>(out: usize, outDown: i32, outAcross: i32, x: usize, xDown: i32, xAcross: i32, step: i32, index: usize, indexDown: i32, indexAcross: i32, rows: i32, columns: i32): void {
  const along = bytes<T>(step);
  const runs = indexAcross == 0 && outAcross == 1 && xAcross == 1 && columns >= RUN;
  for (; rows > 0; rows--, out += bytes<T>(outDown), x += bytes<T>(xDown), index += bytes<i32>(indexDown)) {
    if (runs) memory.copy(out, x + along * load<u32>(index), bytes<T>(columns));
    else {
      for (let j = 0, to = out, from = x, at = index; j < columns; j++, to += bytes<T>(outAcross), from += bytes<T>(xAcross), at += bytes<i32>(indexAcross)) {
        store<T>(to, load<T>(from + along * load<u32>(at)));
      }
    }
  }
}

/** `out[i][j]` is what stands `index[i][j]` times `step` elements behind `x[i][j]`. */
export function gather32(out: usize, outDown: i32, outAcross: i32, x: usize, xDown: i32, xAcross: i32, step: i32, index: usize, indexDown: i32, indexAcross: i32, rows: i32, columns: i32): void { gather<u32>(out, outDown, outAcross, x, xDown, xAcross, step, index, indexDown, indexAcross, rows, columns); }
export function gather64(out: usize, outDown: i32, outAcross: i32, x: usize, xDown: i32, xAcross: i32, step: i32, index: usize, indexDown: i32, indexAcross: i32, rows: i32, columns: i32): void { gather<u64>(out, outDown, outAcross, x, xDown, xAcross, step, index, indexDown, indexAcross, rows, columns); }

@inline
function scatter<T>(adding: bool, out: usize, outDown: i32, outAcross: i32, x: usize, xDown: i32, xAcross: i32, step: i32, index: usize, indexDown: i32, indexAcross: i32, rows: i32, columns: i32): void {
  const along = bytes<T>(step);
  for (; rows > 0; rows--, out += bytes<T>(outDown), x += bytes<T>(xDown), index += bytes<i32>(indexDown)) {
    for (let j = 0, to = out, from = x, at = index; j < columns; j++, to += bytes<T>(outAcross), from += bytes<T>(xAcross), at += bytes<i32>(indexAcross)) {
      const target = to + along * load<u32>(at);
      store<T>(target, adding ? load<T>(target) + load<T>(from) : load<T>(from));
    }
  }
}

/** What stands `index[i][j]` times `step` elements behind `out[i][j]` becomes `x[i][j]`; later writes win. */
export function scatter32(out: usize, outDown: i32, outAcross: i32, x: usize, xDown: i32, xAcross: i32, step: i32, index: usize, indexDown: i32, indexAcross: i32, rows: i32, columns: i32): void { scatter<u32>(false, out, outDown, outAcross, x, xDown, xAcross, step, index, indexDown, indexAcross, rows, columns); }
export function scatter64(out: usize, outDown: i32, outAcross: i32, x: usize, xDown: i32, xAcross: i32, step: i32, index: usize, indexDown: i32, indexAcross: i32, rows: i32, columns: i32): void { scatter<u64>(false, out, outDown, outAcross, x, xDown, xAcross, step, index, indexDown, indexAcross, rows, columns); }
/** The same, added to what stands there. */
export function scatterAdd32(out: usize, outDown: i32, outAcross: i32, x: usize, xDown: i32, xAcross: i32, step: i32, index: usize, indexDown: i32, indexAcross: i32, rows: i32, columns: i32): void { scatter<f32>(true, out, outDown, outAcross, x, xDown, xAcross, step, index, indexDown, indexAcross, rows, columns); }
export function scatterAdd64(out: usize, outDown: i32, outAcross: i32, x: usize, xDown: i32, xAcross: i32, step: i32, index: usize, indexDown: i32, indexAcross: i32, rows: i32, columns: i32): void { scatter<f64>(true, out, outDown, outAcross, x, xDown, xAcross, step, index, indexDown, indexAcross, rows, columns); }
