// What every contestant written in JavaScript does around its own work: it reads rows, one JSON a line, and answers with medians.

import { spawnSync } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * What is measured: a function that does the work once, or one that measures itself and returns microseconds.
 *
 * @typedef {{ run: () => unknown, close?: () => void } | { microseconds: () => number }} Work
 * @typedef {{ work: string, name: string } & Record<string, unknown>} Row
 * @typedef {{ warm: number, time: number }} Budget In milliseconds; 0 does the work once.
 */

/**
 * Answers until the input ends.
 *
 * @param {object} about What it says of itself when it is ready.
 * @param {Record<string, (row: never) => Work | null>} works What the contestant can do; null for what it cannot.
 */
export async function serve(about, works) {
  answer(about);
  const nothing = { name: "", work: /** @type {Work | null} */ (null) };
  let current = nothing;
  for await (const line of createInterface({ input: process.stdin })) {
    /** @type {unknown} */
    const message = JSON.parse(line);
    const { row, budget } = /** @type {{ row: Row, budget: Budget }} */ (message);
    try {
      if (current.name !== row.name) {
        if (current.work && "close" in current.work) current.work.close();
        const begin = /** @type {((row: Row) => Work | null) | undefined} */ (works[row.work]);
        current = { name: row.name, work: begin?.(row) ?? null };
        if (current.work) await repeat(current.work, budget.warm);
      }
      answer({ median: current.work && median(await repeat(current.work, budget.time)) });
    } catch (error) {
      current = nothing;
      answer({ error: String(error) });
    }
  }
}

const out = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr); // what libraries print is no answer

/** @param {object} message */
function answer(message) {
  out(`${JSON.stringify(message)}\n`);
}

/** The least that a sample takes, in milliseconds: short work is done several times in each. */
const SAMPLE = 0.5;

/**
 * Does the work for so many milliseconds, at least once.
 *
 * @param {Work} work @param {number} time @returns {Promise<number[]>} Microseconds that it took, sample by sample.
 */
async function repeat(work, time) {
  const samples = [];
  const end = performance.now() + time;
  let times = 1;
  do {
    if ("microseconds" in work) samples.push(work.microseconds());
    else {
      const start = performance.now();
      for (let i = 0; i < times; i++) {
        const result = work.run();
        if (result instanceof Promise) await result;
      }
      const took = performance.now() - start;
      if (took < SAMPLE && performance.now() < end) times *= 2;
      else samples.push((1000 * took) / times);
    }
  } while (samples.length === 0 || performance.now() < end);
  return samples;
}

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[sorted.length - 1 - middle], sorted[middle]];
  return (low + high) / 2;
}

/** The same numbers for everybody: between -1 and 1, of mixed signs. @param {number} length */
export function numbers(length) {
  return Float32Array.from({ length }, (_, i) => Math.sin(i * 1.7));
}

/**
 * How long a new process takes to import a module.
 *
 * @param {string} specifier @param {string} cwd @param {string[]} flags Of Node. @returns {Work}
 */
export function importing(specifier, cwd, flags = []) {
  const code = `const start = performance.now(); await import(${JSON.stringify(specifier)}); process.stdout.write(String(performance.now() - start)); process.exit()`;
  return {
    microseconds: () => 1000 * Number(runNode([...flags, "--input-type=module", "--eval", code], cwd)),
  };
}

/** How long a whole process takes. @param {string[]} args @param {string} cwd @returns {Work} */
export function running(args, cwd) {
  return { run: () => runNode(args, cwd) };
}

/** @param {string[]} args @param {string} cwd */
function runNode(args, cwd) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr.split("\n").find((line) => line.includes("Error")) ?? stderr);
  return stdout;
}
