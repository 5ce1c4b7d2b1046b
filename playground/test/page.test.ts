import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSite, type Site } from "./browser.ts";
import { skipped } from "./chromium.ts";

type Stroke = readonly (readonly [x: number, y: number])[];

/** In units of the pad's side. */
const digits: readonly (readonly [digit: number, strokes: readonly Stroke[]])[] = [
  [0, [[[0.5, 0.2], [0.32, 0.32], [0.27, 0.55], [0.36, 0.78], [0.52, 0.83], [0.68, 0.7], [0.72, 0.48], [0.65, 0.28], [0.5, 0.2]]]],
  [1, [[[0.5, 0.15], [0.5, 0.85]]]],
  [2, [[[0.3, 0.3], [0.42, 0.2], [0.58, 0.2], [0.66, 0.32], [0.6, 0.5], [0.42, 0.68], [0.28, 0.82], [0.5, 0.8], [0.74, 0.82]]]],
  [3, [[[0.3, 0.25], [0.5, 0.18], [0.66, 0.28], [0.6, 0.42], [0.45, 0.48], [0.62, 0.55], [0.68, 0.7], [0.52, 0.82], [0.3, 0.76]]]],
  [4, [[[0.35, 0.2], [0.28, 0.52], [0.7, 0.52]], [[0.64, 0.2], [0.6, 0.85]]]],
  [7, [[[0.25, 0.22], [0.74, 0.22], [0.56, 0.5], [0.44, 0.84]]]],
]; // prettier-ignore

describe.skipIf(skipped)("the playground in Chromium", () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => (site as Site | undefined)?.close());

  /** The page in a fresh window; what goes wrong in it is in `problems`. */
  async function open(
    options: Parameters<Site["browser"]["newPage"]>[0] = {},
  ): Promise<{ page: Page; problems: string[] }> {
    const page = await site.browser.newPage(options);
    const problems: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("requestfailed", (request) => problems.push(request.url()));
    page.on("request", (request) => {
      if (!request.url().startsWith(site.url) && !request.url().startsWith("data:"))
        problems.push(`foreign: ${request.url()}`);
    });
    await page.goto(site.url);
    await page.locator("#guess", { hasText: "Draw a digit" }).waitFor();
    return { page, problems };
  }

  async function draw(page: Page, strokes: readonly Stroke[]): Promise<void> {
    const box = await page.locator("#pad").boundingBox();
    for (const [first, ...rest] of strokes) {
      const at = ([x, y]: Stroke[number]): [number, number] => [
        box!.x + x * box!.width,
        box!.y + y * box!.height,
      ];
      await page.mouse.move(...at(first!));
      await page.mouse.down();
      for (const place of rest) await page.mouse.move(...at(place), { steps: 4 });
      await page.mouse.up();
    }
  }

  test("loads and works without an error, and asks only its own server", async () => {
    const { page, problems } = await open();
    await draw(page, digits[1]![1]);
    await page.click("#run");
    await page.waitForFunction("Number(document.querySelector('#steps').textContent) > 5");
    await page.close();
    expect(problems).toEqual([]);
  });

  test("tells drawn digits, and forgets them when the pad is cleared", async () => {
    const { page } = await open();
    for (const [digit, strokes] of digits) {
      await draw(page, strokes);
      expect(await page.textContent("#guess")).toBe(`I see a ${digit}`);
      expect(await page.textContent("#bars .best .digit")).toBe(String(digit));
      const percents = (await page.locator("#bars .percent").allTextContents()).map((text) => parseInt(text));
      expect(percents).toHaveLength(10);
      expect(Math.abs(percents.reduce((a, b) => a + b) - 100)).toBeLessThanOrEqual(5);
      await page.click("#clear");
      expect(await page.textContent("#guess")).toBe("Draw a digit, 0 to 9");
      expect(await page.locator("#bars .best").count()).toBe(0);
    }
    await page.close();
  });

  test("can be drawn on with a finger", async () => {
    const { page } = await open({ hasTouch: true, isMobile: true, viewport: { width: 375, height: 740 } });
    await page.touchscreen.tap(150, (await page.locator("#pad").boundingBox())!.y + 100);
    await page.locator("#guess", { hasText: "I see a" }).waitFor();
    await page.close();
  });

  test("can be drawn on with the keyboard alone", async () => {
    const { page } = await open();
    await page.focus("#pad");
    for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Space");
    for (let i = 0; i < 20; i++) await page.keyboard.press("ArrowDown");
    expect(await page.textContent("#guess")).toBe("I see a 1");
    await page.keyboard.press("Delete");
    expect(await page.textContent("#guess")).toBe("Draw a digit, 0 to 9");
    await page.close();
  });

  test("trains XOR to a loss below 0.01", async () => {
    const { page } = await open();
    await page.selectOption("select[name=pace]", "25");
    await page.click("#run");
    await page.waitForFunction("Number(document.querySelector('#loss').textContent) < 0.01");
    expect(await page.textContent("#accuracy")).toBe("100 %");
    await page.close();
  });

  test("answers clicks while it trains, and stops when it is told to", async () => {
    const { page } = await open();
    await page.selectOption("select[name=data]", "spirals");
    await page.selectOption("select[name=units]", "32");
    await page.selectOption("select[name=layers]", "3");
    await page.selectOption("select[name=pace]", "max");
    await page.click("#run");
    await page.waitForFunction("Number(document.querySelector('#steps').textContent) > 0");

    // Each click has its effect before the next frame, and the training goes on behind it.
    const toggles = await page.evaluate(async () => {
      const button = document.querySelector<HTMLButtonElement>("#show-code")!;
      const seen: (string | null)[] = [];
      for (let i = 0; i < 6; i++) {
        button.click();
        await new Promise(requestAnimationFrame);
        seen.push(button.getAttribute("aria-expanded"));
      }
      return seen;
    });
    expect(toggles).toEqual(["true", "false", "true", "false", "true", "false"]);
    expect(page.workers()).toHaveLength(1);
    const before = await stepsOf(page);
    await expect.poll(() => stepsOf(page)).toBeGreaterThan(before);

    await page.click("#run");
    expect(await page.textContent("#run")).toBe("Start");

    // What was under way may still arrive; after that nothing moves.
    await page.evaluate(async () => {
      for (
        let before = null, now;
        (now = document.querySelector("#steps")!.textContent) !== before;
        before = now
      )
        await new Promise((resolve) => setTimeout(resolve, 300));
    });
    const steps = await stepsOf(page);
    await page.click("#step");
    await expect.poll(() => stepsOf(page)).toBe(steps + 1);
    await page.click("#reset");
    await page.locator("#steps", { hasText: /^0$/ }).waitFor();
    await page.close();
  });

  test("shows the code that runs", async () => {
    const { page } = await open();
    await page.click("#show-code");
    expect(await page.textContent("#code code")).toContain("export function* train(");
    await page.close();
  });

  test.each(["light", "dark"] as const)("has no horizontal scrolling on a phone, %s", async (colorScheme) => {
    const { page } = await open({
      colorScheme,
      viewport: { width: 320, height: 640 },
      isMobile: true,
      hasTouch: true,
    });
    await page.click("#show-code");
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(content).toBe(320);
    expect(window).toBe(320);
    await page.close();
  });

  test.each(["light", "dark"] as const)(
    "has text that stands out from its ground as WCAG AA asks, %s",
    async (colorScheme) => {
      const { page } = await open({ colorScheme });
      await draw(page, digits[0]![1]);
      await page.click("#show-code");
      expect(await page.evaluate(faintTexts)).toEqual([]);
      await page.close();
    },
  );
});

/** How many steps the page says were trained. */
async function stepsOf(page: Page): Promise<number> {
  return Number((await page.textContent("#steps"))?.replaceAll(",", ""));
}

/** Runs in the page: texts whose contrast to the nearest opaque background is below 4.5, with that contrast. */
function faintTexts(): string[] {
  const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string): number => {
    const [r = 0, g = 0, b = 0] = channels(color).map((c) =>
      c <= 10.31475 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element: Element | null): string => {
    if (element === null) return "rgb(255, 255, 255)";
    const color = getComputedStyle(element).backgroundColor;
    return channels(color)[3] === 0 ? ground(element.parentElement) : color;
  };
  const faint: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const element = node.parentElement!;
    if (!node.textContent?.trim() || !element.checkVisibility()) continue;
    const [a, b] = [luminance(getComputedStyle(element).color), luminance(ground(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faint.push(`${node.textContent.trim()}: ${contrast.toFixed(2)}`);
  }
  return faint;
}
