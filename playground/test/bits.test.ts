/** What setReproducible(true) promises: the same program with the same seed gives the same bits in Node and in browsers. */
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
    expect(problems).toEqual([]);
  });

  /** How a program's results differ. */
  async function difference(subject: Subject, name: string): Promise<string> {
    const here = details(subject, name);
    const there = await page.evaluate(([s, n]) => globalThis.bits.details(s, n), [subject, name] as const);
    const places = [...here.keys()].filter((i) => here[i] !== there[i]);
    const at = places[0]!;
    return `${name}: ${places.length} of ${here.length} differ, first at ${at}: ${there[at]} instead of ${here[at]}`;
  }
});
