// Checks every link inside the built site: the file exists, and so does the place on the page that the link names.

import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { globSync } from "tinyglobby";

const site = fileURLToPath(new URL("../docs/site", import.meta.url));

/** The ids of a page, read once. @type {Map<string, Set<string>>} */
const ids = new Map();

/** @param {string} page */
function idsOf(page) {
  const known = ids.get(page) ?? new Set(matches(page, /\bid="([^"]+)"/g));
  ids.set(page, known);
  return known;
}

/** @param {string} page @param {RegExp} pattern */
function matches(page, pattern) {
  return Array.from(readFileSync(page, "utf8").matchAll(pattern), (match) => match[1] ?? "");
}

/** @param {string} page @param {string} link */
function isBroken(page, link) {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : resolve(dirname(page), decodeURIComponent(path.split("?")[0] ?? ""));
  if (!existsSync(target)) return true;
  const file = statSync(target).isDirectory() ? join(target, "index.html") : target;
  return Boolean(anchor) && file.endsWith(".html") && !idsOf(file).has(decodeURIComponent(anchor ?? ""));
}

const isInside = (/** @type {string} */ link) => !/^(https?:|data:|mailto:|#$)/.test(link);
const pages = globSync("**/*.html", { cwd: site, absolute: true });
const broken = pages.flatMap((page) =>
  matches(page, /(?:href|src)="([^"]+)"/g)
    .filter((link) => isInside(link) && isBroken(page, link))
    .map((link) => `${page.slice(site.length + 1)}: ${link}`),
);

if (broken.length > 0) {
  console.error(`${broken.length} broken links:\n  ${[...new Set(broken)].slice(0, 20).join("\n  ")}`);
  process.exitCode = 1;
}
