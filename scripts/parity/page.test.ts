import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { formatted } from "../parity.ts";
import { pagePath } from "./page.ts";

test("the page about what of PyTorch exists says what the code and the golden run say; `pnpm parity` writes it anew", async () => {
  expect(readFileSync(pagePath, "utf8")).toBe(await formatted());
});
