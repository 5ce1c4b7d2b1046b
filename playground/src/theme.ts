/** The colours of style.css, for what is drawn on a canvas. */

export type ColorName = "paper" | "text" | "muted" | "line" | "blue" | "orange";

/** A colour of the current theme. */
export function color(name: ColorName): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** A colour of the current theme as red, green and blue, 0 to 255. */
export function channels(name: ColorName): [red: number, green: number, blue: number] {
  const value = Number.parseInt(color(name).slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Calls `draw` whenever the user's system changes between light and dark. */
export function onThemeChange(draw: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
