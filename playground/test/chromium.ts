/** The browser of the tests: a Chromium that is installed on the machine; none is downloaded. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** How to start it without a display, and without attempts to reach its maker. */
export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The program that the environment variable CHROMIUM names, else the first on the PATH; null if there is none. */
export const chromium: string | null = process.env.CHROMIUM ?? findOnPath();

/** Whether the tests in the browser are left out. On a machine for continuous integration they are not: there they fail. */
export const skipped = chromium === null && !process.env.CI;

/** What to do where there is none. */
export const advice =
  "There is no Chromium on the PATH. Install one (Debian: apt-get install chromium) " +
  "or name it in the environment variable CHROMIUM.";

function findOnPath(): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
