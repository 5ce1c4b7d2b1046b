/** The colours of style.css, for what is drawn on a canvas. */
import { pen } from "./dom.ts";

export type ColorName = "paper" | "text" | "muted" | "line" | "blue" | "orange";

/** A colour of the current theme. */
export function color(name: ColorName): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** A colour of the current theme as red, green and blue, 0 to 255. */
export function channels(name: ColorName): [red: number, green: number, blue: number] {
  // Stylesheets may be minified to #fff; a canvas gives every colour back as #rrggbb.
  probe.fillStyle = color(name);
  const value = Number.parseInt(probe.fillStyle.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

const probe = pen(document.createElement("canvas"));

/** Calls `draw` whenever the user's system changes between light and dark. */
export function onThemeChange(draw: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
