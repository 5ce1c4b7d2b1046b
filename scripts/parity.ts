/** Writes the page "What of PyTorch exists" from the code and a golden run: `pnpm parity`. */
import { writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { page, pagePath } from "./parity/page.ts";

export async function formatted(): Promise<string> {
  return format(page(), { ...(await resolveConfig(pagePath)), filepath: pagePath });
}

if (process.argv[1]?.endsWith("parity.ts")) {
  writeFileSync(pagePath, await formatted());
  console.log(`wrote ${pagePath}`);
}
