/** The promise of the library: the same program with the same seed gives the same bits in Node and in browsers. */
import { fileURLToPath } from "node:url";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { details, digests, subjectNames, type Subject } from "./bits/programs.ts";
import { openSite, type Site } from "./browser.ts";
import { skipped } from "./chromium.ts";

declare global {
  /** In the page: see bits/page.ts. */
  var bits: { digests: typeof digests; details: typeof details };
}

/**
 * In float64 these are left to the engine's `Math`, which ECMAScript allows to differ in the last bits, as Node 20 and Chromium do.
 * In float32 nothing is.
 */
const leftToTheEngine =
  "acos asin atan atan2 cos cosh erf exp exp2 expm1 log log10 log1p log2 logSoftmax logaddexp logsumexp pow rsqrt " +
  "sigmoid sin sinh softmax tan tanh";

function mayDiffer(name: string): boolean {
  const words = name.split(" ");
  return words.includes("float64") && leftToTheEngine.split(" ").some((f) => words.includes(f));
}

describe.skipIf(skipped)("Chromium gives the bits of Node", () => {
  let site: Site;
  let page: Page;
  beforeAll(async () => {
    site = await openSite(fileURLToPath(new URL("bits", import.meta.url)));
    page = await site.browser.newPage();
    await page.goto(site.url);
    await page.waitForFunction(() => "bits" in globalThis);
  });
  afterAll(() => (site as Site | undefined)?.close());

  test.each(subjectNames)("in %s", async (subject) => {
    const here = digests(subject);
    const there = await page.evaluate((s) => globalThis.bits.digests(s), subject);
    expect(Object.keys(there)).toEqual(Object.keys(here));
    const different = Object.keys(here).filter((name) => here[name] !== there[name]);
    const problems = await Promise.all(different.map((name) => difference(subject, name)));
    expect(problems.filter((problem) => problem !== null)).toEqual([]);
  });

  /** How a program's results differ; null if they may, and are close. */
  async function difference(subject: Subject, name: string): Promise<string | null> {
    const here = details(subject, name);
    const there = await page.evaluate(([s, n]) => globalThis.bits.details(s, n), [subject, name] as const);
    const places = [...here.keys()].filter((i) => here[i] !== there[i]);
    if (mayDiffer(name) && places.every((i) => areClose(Number(here[i]), Number(there[i])))) return null;
    const at = places[0]!;
    return `${name}: ${places.length} of ${here.length} differ, first at ${at}: ${there[at]} instead of ${here[at]}`;
  }
});

function areClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b), 1e-3);
}
