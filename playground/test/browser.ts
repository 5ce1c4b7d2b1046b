/** Pages in a real browser, built as for the site and served by a server that knows nothing but files. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as playwright from "playwright";
import sirv from "sirv";
import { build } from "vite";
import { advice, chromium, flags } from "./chromium.ts";

/** The page's folder on the server: deep down, because every address in the page must be relative. */
const FOLDER = "some/where";

/** A running browser, and the address of a built page. */
export interface Site {
  readonly browser: playwright.Browser;
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the page whose index.html is in `root` (by default the playground's), and starts server and browser. */
export async function openSite(root = fileURLToPath(new URL("..", import.meta.url))): Promise<Site> {
  const files = mkdtempSync(join(tmpdir(), "torchlet-site-"));
  const configFile = fileURLToPath(new URL("../vite.config.ts", import.meta.url));
  await build({
    configFile,
    root,
    logLevel: "warn",
    build: { outDir: join(files, FOLDER), emptyOutDir: true },
  });
  const site = await serve(files);
  return {
    browser: site.browser,
    url: `${site.url}${FOLDER}/`,
    async close() {
      await site.close();
      rmSync(files, { recursive: true });
    },
  };
}

/** Starts a browser, and a server for what is in a folder. */
export async function serve(folder: string): Promise<Site> {
  if (chromium === null) throw new Error(advice);
  const server = createServer(sirv(folder));
  const port = await listen(server);
  const browser = await playwright.chromium.launch({ executablePath: chromium, args: flags });
  return {
    browser,
    url: `http://localhost:${port}/`,
    async close() {
      await browser.close();
      server.close();
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return (server.address() as AddressInfo).port;
}
