import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL("../docs/guides/", import.meta.url));
const [index, ...guides] = readdirSync(folder).sort();
const read = (guide: string): string => readFileSync(folder + guide, "utf8");

/** The guides that a text links to. */
const links = (text: string) => Array.from(text.matchAll(/\]\(\.\/([\w-]+\.md)/g), ([, guide]) => guide);

test("the first page lists every guide, in the order of their numbers", () => {
  const listed = read(index!).matchAll(/^\d+\. \[.*\]\(\.\/(.*\.md)\)/gm);
  expect(Array.from(listed, ([, guide]) => guide)).toEqual(guides);
});

describe.each(guides)("%s", (guide) => {
  test("ends with where to go next", () => {
    const end = read(guide).trim().split("\n\n").at(-1);
    expect(end).toMatch(/^\*\*Next:\*\* /);
    expect(links(end)).not.toEqual([]);
  });

  test("links only to guides that exist", () => {
    expect(links(read(guide)).filter((target) => ![index, ...guides].includes(target))).toEqual([]);
  });

  test("shows only pictures that the build makes, and says what is on them", () => {
    const made = readFileSync(fileURLToPath(new URL("pictures.mjs", import.meta.url)), "utf8");
    for (const [, words, example] of read(guide).matchAll(/!\[(.*?)\]\(\.\.\/pictures\/([\w-]+)\//g)) {
      expect(made).toContain(`["${example}"`);
      expect(words!.split(" ").length).toBeGreaterThan(4);
    }
  });
});

test("the guide to performance names the limits of sizes", () => {
  const limits = readFileSync(fileURLToPath(new URL("../.size-limit.json", import.meta.url)), "utf8");
  const [, everything, program] = JSON.parse(limits) as [unknown, { limit: string }, { limit: string }];
  const guide = read("14-performance.md");
  expect(guide).toContain(`a loss loads at most ${program.limit}`);
  expect(guide).toContain(`all of torchlet is at most ${everything.limit}`);
});
