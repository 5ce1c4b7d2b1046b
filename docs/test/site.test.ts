import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve, type Site } from "../../playground/test/browser.ts";
import { skipped } from "../../playground/test/chromium.ts";

type Page = Awaited<ReturnType<Site["browser"]["newPage"]>>;

const folder = fileURLToPath(new URL("../site", import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** One page of each kind, and the guides with the most tables, formulas and pictures. */
const sample = [
  "index.html",
  "documents/Guides.html",
  "documents/The_digit_classifier.html",
  "documents/Backpropagation_written_out.html",
  "documents/How_it_works_inside.html",
  "modules/_torchlet_nn.html",
  "classes/_torchlet_nn.Linear.html",
  "functions/_torchlet_tensor.matmul.html",
];

/** What axe-core checks: everything, or what depends on the colours. */
const wcag: readonly string[] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const colors: readonly string[] = ["color-contrast", "link-in-text-block"];

/** The navigation is the same on every page, and takes most of the time. */
const pageItself = { exclude: [".site-menu"] };
const navigation = { include: [".site-menu"] };

/** TypeDoc's script writes links into the summaries of its navigation and into what the search finds; both have stops of their own. */
const allowed = { "nested-interactive": { enabled: false } };

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

describe.skipIf(skipped)("the documentation site in Chromium", () => {
  let site: Site;
  beforeAll(async () => {
    if (!existsSync(`${folder}/index.html`))
      throw new Error("The site is not built: `npm run docs` builds it.");
    site = await serve(folder);
  });
  afterAll(() => (site as Site | undefined)?.close());

  async function open(
    path: string,
    options: Parameters<Site["browser"]["newPage"]>[0] = desktop,
  ): Promise<Page> {
    const page = await site.browser.newPage(options);
    await page.goto(site.url + path);
    await page.locator("main").waitFor(); // TypeDoc shows a page when its script has run
    return page;
  }

  describe.each([
    { colorScheme: "light", rules: wcag },
    { colorScheme: "dark", rules: colors },
  ] as const)("$colorScheme", ({ colorScheme, rules }) => {
    test.each(sample)("%s breaks no rule of WCAG 2.2 AA that can be checked by a program", async (path) => {
      const page = await open(path, { ...desktop, colorScheme });
      expect(await violations(page, rules)).toEqual([]);
      await page.close();
    });

    test("the navigation breaks none either", async () => {
      const page = await open("functions/_torchlet_tensor.matmul.html", { ...desktop, colorScheme });
      expect(await violations(page, rules, navigation)).toEqual([]);
      await page.close();
    });

    test("the search and what it finds break none either", async () => {
      const page = await open("index.html", { ...desktop, colorScheme });
      await search(page, "matmul");
      expect(await violations(page, rules)).toEqual([]);
      await page.close();
    });
  });

  test("on a phone no rule is broken either", async () => {
    const page = await open("documents/Backpropagation_written_out.html", phone);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  test("summaries, which are buttons, contain no links", async () => {
    const page = await open("classes/_torchlet_nn.Linear.html");
    expect(await page.locator("main summary").count()).toBeGreaterThan(2);
    expect(await page.locator("main summary a").count()).toBe(0);
    await page.close();
  });

  test("no page that is meant to be read is wider than a phone", async () => {
    const page = await open("index.html", phone);
    const guides = readdirSync(`${folder}/documents`).map((file) => `documents/${file}`);
    const wide: string[] = [];
    for (const path of new Set([...sample, ...guides])) {
      await page.goto(site.url + path);
      await page.locator("main").waitFor();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > phone.viewport.width) wide.push(`${path}: ${width}`);
    }
    await page.close();
    expect(wide).toEqual([]);
  });

  test("lines of code are never broken, and scroll where they are too long", async () => {
    const page = await open("documents/The_digit_classifier.html", phone);
    const blocks = await page.evaluate(() =>
      Array.from(document.querySelectorAll<HTMLElement>("main pre"), (block) => {
        const code = block.querySelector("code")!;
        const lines = code.innerText.trimEnd().split("\n").length;
        const shown = Math.round(code.offsetHeight / parseFloat(getComputedStyle(code).lineHeight));
        block.scrollLeft = 10_000;
        return { lines, shown, reached: block.scrollLeft + block.clientWidth >= block.scrollWidth - 1 };
      }),
    );
    await page.close();
    expect(blocks.length).toBeGreaterThan(10);
    expect(blocks.filter(({ lines, shown, reached }) => lines !== shown || !reached)).toEqual([]);
  });

  test("by keyboard, the first stop skips to the content", async () => {
    const page = await open("documents/Autograd.html");
    expect(await nextStop(page)).toEqual({ name: "Skip to the content", seen: true });
    expect((await page.locator("a.skip").boundingBox())!.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement!.closest("main") !== null)).toBe(true);
    await page.close();
  });

  test("by keyboard, guides, playground, search and navigation are reached, and every stop can be seen", async () => {
    const page = await open("documents/Guides.html");
    const stops: string[] = [];
    for (let stop = await nextStop(page); stop !== null; stop = await nextStop(page)) {
      expect(stop).toEqual({ ...stop, seen: true });
      stops.push(stop.name);
    }
    await page.close();
    expect(stops).toEqual(
      expect.arrayContaining(["Guides", "Playground", "Search", "Getting started", "Settings"]),
    );
    expect(stops.filter((name) => name === "Getting started").length).toBeGreaterThan(1); // in text and navigation
  });

  test("by keyboard, the search leads to a function", async () => {
    const page = await open("documents/Autograd.html");
    await search(page, "matmul");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/matmul/i);
    await page.close();
  });

  test("on a phone, the menu shows navigation when it is touched", async () => {
    const page = await open("documents/Autograd.html", phone);
    const link = page.locator(".site-menu a", { hasText: "Writing your own op" });
    expect(await link.isVisible()).toBe(false);
    await page.tap("#tsd-toolbar-menu-trigger");
    await link.waitFor();
    await link.tap();
    await page.waitForURL(/Writing_your_own_op/);
    await page.close();
  });

  test("formulas are shown as such, and none is empty", async () => {
    const page = await open("documents/Backpropagation_written_out.html");
    const formulas = await page.locator("main math").allTextContents();
    expect(formulas.length).toBeGreaterThan(10);
    expect(formulas.filter((formula) => formula.trim() === "")).toEqual([]);
    expect(await page.locator("main").innerText()).not.toContain("$$");
    await page.close();
  });

  test("every picture of the guides is loaded, and says in words what it shows", async () => {
    const page = await open("documents/The_XOR_network_by_hand.html");
    const pictures = await page.evaluate(() =>
      Array.from(document.querySelectorAll<HTMLImageElement>("main img"), ({ alt, naturalWidth }) => ({
        alt,
        naturalWidth,
      })),
    );
    await page.close();
    expect(pictures.length).toBeGreaterThan(1);
    for (const { alt, naturalWidth } of pictures) {
      expect(alt).toMatch(/\w+ \w+/);
      expect(naturalWidth).toBeGreaterThan(0);
    }
  });
});

/** What axe-core finds, each with the first place. */
async function violations(page: Page, rules = wcag, context: object = pageItself): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(
    ([context, options]) =>
      (window as unknown as { axe: { run(...args: object[]): Promise<AxeResults> } }).axe.run(
        context!,
        options!,
      ),
    [context, { runOnly: [...rules], rules: rules === wcag ? allowed : {} }],
  );
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html} (${nodes.length} places)`);
}

/** Opens the search as a reader without a mouse does, and waits until something is found. */
async function search(page: Page, word: string): Promise<void> {
  await page.focus("#tsd-search-trigger");
  await page.keyboard.press("Enter");
  await page.locator("#tsd-search-input").waitFor();
  await page.keyboard.type(word);
  await page.locator("#tsd-search-results li", { hasText: word }).first().waitFor();
}

/** Where the tab key leads next, and whether an outline shows it; null behind the last stop. */
async function nextStop(page: Page): Promise<{ name: string; seen: boolean } | null> {
  await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const element = document.activeElement!;
    if (element === document.body) return null;
    const styles = [element, ...element.querySelectorAll("svg")].map((part) => getComputedStyle(part));
    return {
      name: element.getAttribute("aria-label") ?? element.textContent.trim(),
      seen: styles.some(
        ({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && outlineWidth !== "0px",
      ),
    };
  });
}
