/** The ten probabilities as bars. */
import { make } from "../dom.ts";

/** Fills a list with ten bars; the function that comes back sets them, with null to nothing. */
export function makeBars(list: HTMLElement): (probabilities: readonly number[] | null) => void {
  const bars = Array.from({ length: 10 }, (_, digit) => {
    const fill = make("span", { class: "fill" });
    const percent = make("span", { class: "percent" });
    const row = make(
      "li",
      {},
      make("span", { class: "digit" }, String(digit)),
      make("span", { class: "track" }, fill),
      percent,
    );
    list.append(row);
    return { row, fill, percent };
  });
  return (probabilities) => {
    const best = probabilities ? bestOf(probabilities) : -1;
    bars.forEach(({ row, fill, percent }, digit) => {
      const p = probabilities?.[digit] ?? 0;
      row.classList.toggle("best", digit === best);
      fill.style.width = `${100 * p}%`;
      percent.textContent = probabilities ? `${Math.round(100 * p)} %` : "";
    });
  };
}

/** The digit of the highest probability. */
export function bestOf(probabilities: readonly number[]): number {
  return probabilities.indexOf(Math.max(...probabilities));
}
