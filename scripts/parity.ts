/** Writes the page "What of PyTorch exists" from the code and a golden run: `pnpm parity`. */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { page, pagePath } from "./parity/page.ts";

export async function formatted(): Promise<string> {
  return format(page(), { ...(await resolveConfig(pagePath)), filepath: pagePath });
}

if (process.argv[1]?.endsWith("parity.ts")) {
  const { values } = parseArgs({ options: { help: { type: "boolean" } } });
  if (values.help) {
    console.log(`Usage: pnpm parity\n\nWrites ${pagePath} from the code and from a run of pnpm golden.`);
    process.exit();
  }
  writeFileSync(pagePath, await formatted());
  console.log(`wrote ${pagePath}`);
}
