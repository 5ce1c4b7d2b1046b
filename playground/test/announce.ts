/** Says once, before all tests, why some will be skipped. */
import { advice, skipped } from "./chromium.ts";

export function setup(): void {
  if (skipped) console.warn(`${advice} The tests in the browser are skipped.`);
}
