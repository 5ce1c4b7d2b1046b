/** The form of the settings. */
import { make } from "../dom.ts";
import { choices, initial, type Settings } from "./settings.ts";

const labels: Readonly<Record<keyof typeof choices | "pace", string>> = {
  data: "Points",
  layers: "Hidden layers",
  units: "Units in each",
  activation: "Activation",
  optimizer: "Optimizer",
  lr: "Learning rate",
  pace: "Steps a frame",
};

const paces = { 1: 1, 5: 5, 25: 25, max: 10_000 };

/** Fills a form with a field for each choice. */
export class Controls {
  readonly #form: HTMLFormElement;

  constructor(
    form: HTMLFormElement,
    changed: (settings: Settings) => void,
    paceChanged: (pace: number) => void,
  ) {
    this.#form = form;
    for (const [name, values] of Object.entries(choices)) {
      const chosen = String(initial[name as keyof typeof choices]);
      form.append(
        field(name as keyof typeof choices, values.map(String), chosen, () => changed(this.settings)),
      );
    }
    form.append(
      field("pace", Object.keys(paces), "5", (value) => paceChanged(paces[value as keyof typeof paces])),
    );
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  /** What is chosen now. */
  get settings(): Settings {
    const chosen = new FormData(this.#form);
    const entries = Object.entries(choices).map(([name, values]) => [
      name,
      values.find((value) => String(value) === chosen.get(name)),
    ]);
    return { ...initial, ...(Object.fromEntries(entries) as Partial<Settings>) };
  }
}

function field(
  name: keyof typeof labels,
  values: readonly string[],
  chosen: string,
  changed: (value: string) => void,
): HTMLLabelElement {
  const select = make("select", { name });
  for (const value of values) select.append(new Option(value, value, value === chosen, value === chosen));
  select.addEventListener("change", () => changed(select.value));
  return make("label", {}, labels[name], select);
}
