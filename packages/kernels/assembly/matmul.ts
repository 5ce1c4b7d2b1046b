// The matrix product C = A B, after K. Goto and R. van de Geijn, "Anatomy of high-performance matrix multiplication",
// ACM Transactions on Mathematical Software 34 (2008): both operands are copied into panels that the innermost loop
// reads from front to back; the copying takes any strides, so a transposed operand costs nothing more.
//
// The order of the additions is part of the interface, so that plain loops give the same bits: float64 adds in the order of k;
// float32 adds blocks of BLOCK products in the order of k, and then the blocks.

/** Rows of most tiles of C, and of the others: every number of rows from 12 on is a sum of fives and fours. */
const TALL = 5;
const LOW = 4;
/** SIMD vectors in a row of a tile of C: with five rows, as many accumulators as fit into the registers. */
const VECTORS = 2;
/** Vectors of C that are computed together where nothing is packed: while one waits for its last addition, the others go on. */
const THIN = 4;
/** How many k are packed at a time: a panel of B stays in the first-level cache. */
const BLOCK = 256;
/** How many rows of A are packed at a time: they stay in the second-level cache. */
const ROW_BLOCK = 128;

@inline
function lanes<T>(): i32 {
  return 16 / sizeof<T>();
}

/** c + a b: rounded once in the relaxed build (float32 only), twice elsewhere. */
@inline
function multiplyAdd<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD && sizeof<T>() == 4) return v128.relaxed_madd<T>(a, b, c);
  return v128.add<T>(c, v128.mul<T>(a, b));
}

/**
 * C = A B, or with `proceed` the same sums continued from what C holds. Pointers in bytes, strides in elements; the rows of C are
 * contiguous. `work` has room for ROW_BLOCK x BLOCK elements, a tile, and BLOCK x n elements, n rounded up to whole tiles.
 */
@inline
function matmul<T>(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aCol: i32,
  b: usize, bRow: i32, bCol: i32,
  c: usize, cRow: i32,
  proceed: bool, work: usize,
): void {
  const column = k == 1 && bCol == 1 && !proceed;
  if (column || (m < LOW && (bCol == 1 || bRow == 1))) {
    const done = column
      ? outer<T>(m, n, a, aRow, b, c, cRow)
      : thin<T>(m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, proceed);
    n -= done;
    b += <usize>(done * bCol) * sizeof<T>();
    c += <usize>done * sizeof<T>();
  }
  const columns = VECTORS * lanes<T>();
  const packedA = work;
  const edge = packedA + ROW_BLOCK * BLOCK * sizeof<T>();
  const packedB = edge + TALL * VECTORS * 16;
  for (let k0 = 0; k0 < k; k0 += BLOCK) {
    const kc = min(BLOCK, k - k0);
    const resume = proceed || k0 > 0;
    pack<T>(packedB, b + (<usize>(k0 * bRow) * sizeof<T>()), bCol, bRow, n, kc, columns);
    for (let i0 = 0; i0 < m; i0 += ROW_BLOCK) {
      const mc = min(ROW_BLOCK, m - i0);
      const tall = tallRows(mc);
      const fromA = a + (<usize>(i0 * aRow + k0 * aCol) * sizeof<T>());
      pack<T>(packedA, fromA, aRow, aCol, tall, kc, TALL);
      pack<T>(
        packedA + <usize>(tall * kc) * sizeof<T>(),
        fromA + <usize>(tall * aRow) * sizeof<T>(),
        aRow, aCol, mc - tall, kc, LOW,
      );
      for (let j = 0; j < n; j += columns) {
        const panelB = packedB + <usize>(j * kc) * sizeof<T>();
        for (let i = 0; i < mc; i += i < tall ? TALL : LOW) {
          const height = i < tall ? TALL : LOW;
          const panelA = packedA + <usize>(i * kc) * sizeof<T>();
          const to = c + (<usize>((i0 + i) * cRow + j) * sizeof<T>());
          tileOf<T>(height, kc, panelA, panelB, to, cRow, min(height, mc - i), min(columns, n - j), edge, resume);
        }
      }
    }
  }
}

/** How many of so many rows go into tall tiles, such that the rest fills low ones; none where there is no such number. */
@inline
function tallRows(rows: i32): i32 {
  const low = LOW * ((rows * LOW) % TALL);
  return low <= rows ? rows - low : 0;
}

/** A tile of C, through `edge` if it is to be added to C (float32), or if only so many rows and columns of it lie inside C. */
@inline
function tileOf<T>(
  height: i32, k: i32,
  a: usize, b: usize,
  c: usize, cRow: i32,
  rows: i32, cols: i32,
  edge: usize, resume: bool,
): void {
  const columns = VECTORS * lanes<T>();
  const adds = sizeof<T>() == 4 && resume;
  if (!adds && rows == height && cols == columns) {
    tile<T>(height, k, a, b, c, <usize>cRow * sizeof<T>(), resume);
    return;
  }
  if (!adds && resume) copyTile<T>(edge, columns, c, cRow, rows, cols);
  tile<T>(height, k, a, b, edge, VECTORS * 16, resume);
  if (adds) addTile<T>(c, cRow, edge, rows, cols);
  else copyTile<T>(c, cRow, edge, columns, rows, cols);
}

@inline
function tile<T>(height: i32, k: i32, a: usize, b: usize, c: usize, step: usize, resume: bool): void {
  if (height == TALL) tallTile<T>(k, a, b, c, step, resume);
  else lowTile<T>(k, a, b, c, step, resume);
}

function tallTile<T>(k: i32, a: usize, b: usize, c: usize, step: usize, resume: bool): void {
  sums<T>(TALL, k, a, b, c, step, resume);
}

function lowTile<T>(k: i32, a: usize, b: usize, c: usize, step: usize, resume: bool): void {
  sums<T>(LOW, k, a, b, c, step, resume);
}

/**
 * One tile of C: rows x VECTORS sums over k products, kept in registers; in float64 they can go on from what C holds. Nothing but stores
 * may follow the loop: V8 orders its instructions by what uses them, and keeps the sums in memory if more does.
 */
@inline
function sums<T>(rows: i32, k: i32, a: usize, b: usize, c: usize, step: usize, resume: bool): void {
  const c1 = c + step;
  const c2 = c1 + step;
  const c3 = c2 + step;
  const c4 = c3 + step;
  let s00 = v128.splat<T>(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  let s40 = s00, s41 = s00;
  if (sizeof<T>() == 8 && resume) {
    s00 = v128.load(c); s01 = v128.load(c, 16);
    s10 = v128.load(c1); s11 = v128.load(c1, 16);
    s20 = v128.load(c2); s21 = v128.load(c2, 16);
    s30 = v128.load(c3); s31 = v128.load(c3, 16);
    if (rows == TALL) { s40 = v128.load(c4); s41 = v128.load(c4, 16); }
  }
  for (const end = a + <usize>(k * rows) * sizeof<T>(); a < end; a += rows * sizeof<T>(), b += VECTORS * 16) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const a0 = v128.load_splat<T>(a);
    s00 = multiplyAdd<T>(a0, b0, s00); s01 = multiplyAdd<T>(a0, b1, s01);
    const a1 = v128.load_splat<T>(a, sizeof<T>());
    s10 = multiplyAdd<T>(a1, b0, s10); s11 = multiplyAdd<T>(a1, b1, s11);
    const a2 = v128.load_splat<T>(a, 2 * sizeof<T>());
    s20 = multiplyAdd<T>(a2, b0, s20); s21 = multiplyAdd<T>(a2, b1, s21);
    const a3 = v128.load_splat<T>(a, 3 * sizeof<T>());
    s30 = multiplyAdd<T>(a3, b0, s30); s31 = multiplyAdd<T>(a3, b1, s31);
    if (rows == TALL) {
      const a4 = v128.load_splat<T>(a, 4 * sizeof<T>());
      s40 = multiplyAdd<T>(a4, b0, s40); s41 = multiplyAdd<T>(a4, b1, s41);
    }
  }
  v128.store(c, s00); v128.store(c, s01, 16);
  v128.store(c1, s10); v128.store(c1, s11, 16);
  v128.store(c2, s20); v128.store(c2, s21, 16);
  v128.store(c3, s30); v128.store(c3, s31, 16);
  if (rows == TALL) { v128.store(c4, s40); v128.store(c4, s41, 16); }
}

/** The part of a tile that lies inside C, copied to or from a tile at the edge. */
@inline
function copyTile<T>(to: usize, toRow: i32, from: usize, fromRow: i32, rows: i32, cols: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      store<T>(to + <usize>(i * toRow + j) * sizeof<T>(), load<T>(from + <usize>(i * fromRow + j) * sizeof<T>()));
    }
  }
}

/** Adds a tile to its part of C. */
@inline
function addTile<T>(to: usize, toRow: i32, tile: usize, rows: i32, cols: i32): void {
  for (let i = 0; i < rows; i++, to += <usize>toRow * sizeof<T>(), tile += VECTORS * 16) {
    if (cols == VECTORS * lanes<T>()) {
      v128.store(to, v128.add<T>(v128.load(to), v128.load(tile)));
      v128.store(to, v128.add<T>(v128.load(to, 16), v128.load(tile, 16)), 16);
    } else {
      for (let j: usize = 0; j < <usize>cols * sizeof<T>(); j += sizeof<T>()) {
        store<T>(to + j, load<T>(to + j) + load<T>(tile + j));
      }
    }
  }
}

/**
 * Copies `lines` lines of k elements into panels of `width` lines, interleaved: k by k, the elements of all lines of the panel.
 * A last panel is filled up with zeros.
 */
function pack<T>(to: usize, from: usize, lineStep: i32, kStep: i32, lines: i32, k: i32, width: i32): void {
  const step = <usize>width * sizeof<T>();
  for (let line = 0; line < lines; line += width) {
    for (let l = 0; l + lanes<T>() <= width; l += lanes<T>()) {
      const src = from + <usize>((line + l) * lineStep) * sizeof<T>();
      packVector<T>(to + <usize>l * sizeof<T>(), step, src, lineStep, kStep, lines - line - l, k);
    }
    if (width == TALL) {
      const src = from + <usize>((line + TALL - 1) * lineStep) * sizeof<T>();
      packLine<T>(to + <usize>(TALL - 1) * sizeof<T>(), step, src, kStep, k);
    }
    to += step * k;
  }
}

/** The line that no vector holds. */
@inline
function packLine<T>(to: usize, step: usize, from: usize, kStep: i32, k: i32): void {
  for (; k > 0; k--, to += step, from += <usize>kStep * sizeof<T>()) store<T>(to, load<T>(from));
}

/** One vector of lines. */
@inline
function packVector<T>(to: usize, step: usize, from: usize, lineStep: i32, kStep: i32, lines: i32, k: i32): void {
  const kBytes = <usize>kStep * sizeof<T>();
  if (lines < lanes<T>()) {
    for (let p = 0; p < k; p++, to += step, from += kBytes) {
      for (let l = 0; l < lanes<T>(); l++) {
        store<T>(
          to + <usize>l * sizeof<T>(),
          l < lines ? load<T>(from + <usize>(l * lineStep) * sizeof<T>()) : 0,
        );
      }
    }
  } else if (lineStep == 1) {
    for (let p = 0; p < k; p++, to += step, from += kBytes) v128.store(to, v128.load(from));
  } else {
    const whole = kStep == 1 ? k & -lanes<T>() : 0;
    const line = <usize>lineStep * sizeof<T>();
    for (let p = 0; p < whole; p += lanes<T>(), to += step * lanes<T>(), from += 16) transpose<T>(to, step, from, line);
    for (let p = whole; p < k; p++, to += step, from += kBytes) {
      for (let l = 0; l < lanes<T>(); l++) store<T>(to + <usize>l * sizeof<T>(), load<T>(from + <usize>l * line));
    }
  }
}

/** A square of as many lines as a vector has lanes. */
@inline
function transpose<T>(to: usize, step: usize, from: usize, line: usize): void {
  if (sizeof<T>() == 4) {
    const a = v128.load(from);
    const b = v128.load(from + line);
    const c = v128.load(from + 2 * line);
    const d = v128.load(from + 3 * line);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const AB = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const CD = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(ab, cd, 0, 2));
    v128.store(to + step, v128.shuffle<f64>(ab, cd, 1, 3));
    v128.store(to + 2 * step, v128.shuffle<f64>(AB, CD, 0, 2));
    v128.store(to + 3 * step, v128.shuffle<f64>(AB, CD, 1, 3));
  } else {
    const a = v128.load(from);
    const b = v128.load(from + line);
    v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
    v128.store(to + step, v128.shuffle<f64>(a, b, 1, 3));
  }
}

/**
 * The product of fewer rows than a tile has, for B with contiguous rows or columns: where every element of B is needed once or twice,
 * packing it takes longer than the product. Whole groups of columns only; returns how many columns that is.
 */
@inline
function thin<T>(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aCol: i32,
  b: usize, bRow: i32, bCol: i32,
  c: usize, cRow: i32,
  proceed: bool,
): i32 {
  const columns = THIN * lanes<T>();
  const whole = n & -columns;
  const aStep = <usize>aCol * sizeof<T>();
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < whole; j += columns) {
      const to = c + <usize>(i * cRow + j) * sizeof<T>();
      for (let k0 = 0; k0 < k; k0 += BLOCK) {
        const kc = min(BLOCK, k - k0);
        const resume = proceed || k0 > 0;
        const rowA = a + (<usize>(i * aRow + k0 * aCol) * sizeof<T>());
        const fromB = b + (<usize>(k0 * bRow + j * bCol) * sizeof<T>());
        if (bCol == 1) thinRows<T>(kc, rowA, aStep, fromB, <usize>bRow * sizeof<T>(), to, resume);
        else thinColumns<T>(kc, rowA, aStep, fromB, <usize>bCol * sizeof<T>(), to, resume);
      }
    }
  }
  return whole;
}

/** `THIN` vectors of one row of C; the rows of B are contiguous, `bStep` bytes apart. */
function thinRows<T>(k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, resume: bool): void {
  let s0 = firstSum<T>(c, resume), s1 = firstSum<T>(c + 16, resume);
  let s2 = firstSum<T>(c + 32, resume), s3 = firstSum<T>(c + 48, resume);
  for (; k > 0; k--, a += aStep, b += bStep) {
    const x = v128.load_splat<T>(a);
    s0 = multiplyAdd<T>(x, v128.load(b), s0);
    s1 = multiplyAdd<T>(x, v128.load(b, 16), s1);
    s2 = multiplyAdd<T>(x, v128.load(b, 32), s2);
    s3 = multiplyAdd<T>(x, v128.load(b, 48), s3);
  }
  storeSums<T>(c, s0, s1, s2, s3, resume);
}

/** The same where the columns of B are contiguous: squares of B are transposed on the way. */
function thinColumns<T>(k: i32, a: usize, aStep: usize, b: usize, bStep: usize, c: usize, resume: bool): void {
  let s0 = firstSum<T>(c, resume), s1 = firstSum<T>(c + 16, resume);
  let s2 = firstSum<T>(c + 32, resume), s3 = firstSum<T>(c + 48, resume);
  const next = <usize>lanes<T>() * bStep;
  for (; k >= lanes<T>(); k -= lanes<T>(), a += aStep * lanes<T>(), b += 16) {
    s0 = addSquare<T>(s0, a, aStep, b, bStep);
    s1 = addSquare<T>(s1, a, aStep, b + next, bStep);
    s2 = addSquare<T>(s2, a, aStep, b + 2 * next, bStep);
    s3 = addSquare<T>(s3, a, aStep, b + 3 * next, bStep);
  }
  for (; k > 0; k--, a += aStep, b += sizeof<T>()) {
    const x = v128.load_splat<T>(a);
    s0 = multiplyAdd<T>(x, gather<T>(b, bStep), s0);
    s1 = multiplyAdd<T>(x, gather<T>(b + next, bStep), s1);
    s2 = multiplyAdd<T>(x, gather<T>(b + 2 * next, bStep), s2);
    s3 = multiplyAdd<T>(x, gather<T>(b + 3 * next, bStep), s3);
  }
  storeSums<T>(c, s0, s1, s2, s3, resume);
}

/** A sum with as many more products as a vector has lanes: of elements of a row of A and of lines of B. */
@inline
function addSquare<T>(sum: v128, a: usize, aStep: usize, b: usize, bStep: usize): v128 {
  if (sizeof<T>() == 4) {
    const b0 = v128.load(b), b1 = v128.load(b + bStep), b2 = v128.load(b + 2 * bStep), b3 = v128.load(b + 3 * bStep);
    const low01 = v128.shuffle<f32>(b0, b1, 0, 4, 1, 5), low23 = v128.shuffle<f32>(b2, b3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(b0, b1, 2, 6, 3, 7), high23 = v128.shuffle<f32>(b2, b3, 2, 6, 3, 7);
    sum = multiplyAdd<T>(v128.load_splat<T>(a), v128.shuffle<f64>(low01, low23, 0, 2), sum);
    sum = multiplyAdd<T>(v128.load_splat<T>(a + aStep), v128.shuffle<f64>(low01, low23, 1, 3), sum);
    sum = multiplyAdd<T>(v128.load_splat<T>(a + 2 * aStep), v128.shuffle<f64>(high01, high23, 0, 2), sum);
    return multiplyAdd<T>(v128.load_splat<T>(a + 3 * aStep), v128.shuffle<f64>(high01, high23, 1, 3), sum);
  }
  const b0 = v128.load(b), b1 = v128.load(b + bStep);
  sum = multiplyAdd<T>(v128.load_splat<T>(a), v128.shuffle<f64>(b0, b1, 0, 2), sum);
  return multiplyAdd<T>(v128.load_splat<T>(a + aStep), v128.shuffle<f64>(b0, b1, 1, 3), sum);
}

/** Elements that stand `step` bytes apart. */
@inline
function gather<T>(from: usize, step: usize): v128 {
  let x = v128.load_splat<T>(from);
  x = v128.load_lane<T>(from + step, x, 1);
  if (sizeof<T>() == 4) {
    x = v128.load_lane<T>(from + 2 * step, x, 2);
    x = v128.load_lane<T>(from + 3 * step, x, 3);
  }
  return x;
}

/** Float64 sums go on from what C holds; blocks of float32 sums are added to it. */
@inline
function firstSum<T>(c: usize, resume: bool): v128 {
  return sizeof<T>() == 8 && resume ? v128.load(c) : v128.splat<T>(0);
}

@inline
function storeSums<T>(c: usize, s0: v128, s1: v128, s2: v128, s3: v128, resume: bool): void {
  if (sizeof<T>() == 4 && resume) {
    s0 = v128.add<T>(v128.load(c), s0);
    s1 = v128.add<T>(v128.load(c, 16), s1);
    s2 = v128.add<T>(v128.load(c, 32), s2);
    s3 = v128.add<T>(v128.load(c, 48), s3);
  }
  v128.store(c, s0);
  v128.store(c, s1, 16);
  v128.store(c, s2, 32);
  v128.store(c, s3, 48);
}

/**
 * The product of a column and a row, B with contiguous rows: every element of C is one product, so there is nothing to be kept in
 * registers. Whole groups of columns only; returns how many columns that is.
 */
@inline
function outer<T>(m: i32, n: i32, a: usize, aRow: i32, b: usize, c: usize, cRow: i32): i32 {
  const whole = n & -(THIN * lanes<T>());
  const zero = v128.splat<T>(0);
  const width = <usize>whole * sizeof<T>();
  for (; m > 0; m--, a += <usize>aRow * sizeof<T>(), c += <usize>cRow * sizeof<T>()) {
    const x = v128.load_splat<T>(a);
    for (let j: usize = 0; j < width; j += 64) {
      v128.store(c + j, multiplyAdd<T>(x, v128.load(b + j), zero));
      v128.store(c + j, multiplyAdd<T>(x, v128.load(b + j, 16), zero), 16);
      v128.store(c + j, multiplyAdd<T>(x, v128.load(b + j, 32), zero), 32);
      v128.store(c + j, multiplyAdd<T>(x, v128.load(b + j, 48), zero), 48);
    }
  }
  return whole;
}

export function matmul32(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aCol: i32,
  b: usize, bRow: i32, bCol: i32,
  c: usize, cRow: i32,
  proceed: bool, work: usize,
): void {
  matmul<f32>(m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, proceed, work);
}

export function matmul64(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aCol: i32,
  b: usize, bRow: i32, bCol: i32,
  c: usize, cRow: i32,
  proceed: bool, work: usize,
): void {
  matmul<f64>(m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, proceed, work);
}

/** Adds a row of n elements to each of m rows of C, `cRow` elements apart. */
@inline
function addRow<T>(m: i32, n: i32, c: usize, cRow: i32, row: usize): void {
  const whole = <usize>(n & -lanes<T>()) * sizeof<T>();
  const end = <usize>n * sizeof<T>();
  for (; m > 0; m--, c += <usize>cRow * sizeof<T>()) {
    let j: usize = 0;
    for (; j < whole; j += 16) v128.store(c + j, v128.add<T>(v128.load(c + j), v128.load(row + j)));
    for (; j < end; j += sizeof<T>()) store<T>(c + j, load<T>(c + j) + load<T>(row + j));
  }
}

export function addRow32(m: i32, n: i32, c: usize, cRow: i32, row: usize): void { addRow<f32>(m, n, c, cRow, row); }
export function addRow64(m: i32, n: i32, c: usize, cRow: i32, row: usize): void { addRow<f64>(m, n, c, cRow, row); }
