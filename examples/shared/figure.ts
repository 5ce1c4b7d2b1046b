/** Pictures as SVG: plots and images side by side under a title, in light or dark as the reader prefers. */
import * as Plot from "@observablehq/plot";
import { encode } from "fast-png";
import { parseHTML } from "linkedom";

/** Colours of lines and areas that show on both backgrounds; text has the classes `blue` and `orange`, which follow the background. */
export const colors = { blue: "#3b7dd8", orange: "#e8731a", gray: "#7d8590" } as const;

/** A part of a figure: SVG markup of a known size. */
export interface Panel {
  readonly width: number;
  readonly height: number;
  readonly markup: string;
}

/** What a colour stands for. */
export interface Key {
  readonly color: string;
  readonly label: string;
}

const PADDING = 20;
const GAP = 24;
const MIN_WIDTH = 480; // for titles and notes

/** What stands under the title. */
export interface Caption {
  readonly keys?: readonly Key[];
  readonly note?: string;
}

/** A figure of panels in rows. */
export function figure(
  title: string,
  rows: readonly (readonly Panel[])[],
  { keys = [], note }: Caption = {},
): string {
  const widths = rows.map((row) => sum(row.map((panel) => panel.width)) + GAP * (row.length - 1));
  const width = Math.max(MIN_WIDTH, ...widths);
  let y = PADDING + 22;
  const parts = [text(PADDING, y, title, 'class="title"')];
  if (note !== undefined) parts.push(text(PADDING, (y += 22), note, 'class="note"'));
  if (keys.length > 0) parts.push(legend(PADDING, (y += 24), keys));
  y += 16;
  for (const row of rows) {
    let x = PADDING;
    for (const panel of row) {
      parts.push(`<g transform="translate(${x}, ${y})">${panel.markup}</g>`);
      x += panel.width + GAP;
    }
    y += Math.max(...row.map((panel) => panel.height)) + 12;
  }
  return frame(width + 2 * PADDING, y - 12 + PADDING, parts.join("\n"));
}

/** Background and ink change together, so that the picture is readable wherever it is put. */
function frame(width: number, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<style>
  svg { color: #1f2328; font: 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
  .paper { fill: #ffffff; }
  .title { font-size: 16px; font-weight: 600; }
  .note { opacity: 0.75; }
  .pixels { image-rendering: pixelated; }
  .blue { fill: #1f5fae; }
  .orange { fill: #a84c08; }
  .outlined { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round; }
  @media (prefers-color-scheme: dark) {
    svg { color: #e6edf3; }
    .paper { fill: #161b22; }
    .blue { fill: #79b8ff; }
    .orange { fill: #ffa657; }
    .outlined { stroke: #161b22; }
  }
</style>
<rect class="paper" width="100%" height="100%" rx="8"/>
<g fill="currentColor">
${content}
</g>
</svg>
`;
}

function legend(x: number, y: number, keys: readonly Key[]): string {
  let at = x;
  return keys
    .map(({ color, label }) => {
      const entry = `<circle cx="${at + 5}" cy="${y - 4}" r="5" fill="${color}"/>${text(at + 16, y, label)}`;
      at += 34 + label.length * 6.5;
      return entry;
    })
    .join("");
}

/** A line of text whose baseline starts at (x, y). */
export function text(x: number, y: number, content: string, attributes = ""): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escape(content)}</text>`;
}

function escape(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const { document } = parseHTML("<html></html>");

/** A plot by Observable Plot. */
export function plot(width: number, height: number, options: Plot.PlotOptions): Panel {
  const style = { fontSize: "12px" };
  const element = Plot.plot({ width, height, style, ...options, document }) as unknown as {
    outerHTML: string;
  };
  return { width, height, markup: element.outerHTML };
}

/** Pixels, each with 1 (gray), 3 (colour) or 4 (colour and opacity) bytes. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Pixels as an image, `scale` times as large. */
export function image({ width, height, data }: Pixels, scale: number): Panel {
  const channels = data.length / (width * height);
  const png = Buffer.from(encode({ width, height, data, channels })).toString("base64");
  const size = { width: width * scale, height: height * scale };
  const attributes = `class="pixels" width="${size.width}" height="${size.height}"`;
  return { ...size, markup: `<image ${attributes} href="data:image/png;base64,${png}"/>` };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
