import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), "utf8"));

test("exactly the published packages share one version: private ones have none, and could not be released", () => {
  const { fixed } = read(".changeset/config.json") as { fixed: string[][] };
  const packages = readdirSync(new URL("../packages", import.meta.url)).map(
    (folder) => read(`packages/${folder}/package.json`) as { name: string; version: string },
  );
  expect(fixed).toHaveLength(1);
  expect(fixed[0]!.toSorted()).toEqual(packages.map(({ name }) => name).sort());
  expect(new Set(packages.map(({ version }) => version)).size).toBe(1);
});
