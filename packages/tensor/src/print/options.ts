import { ValueError } from "../errors.ts";

/** How tensors are written: PyTorch's print options. */
export interface PrintOptions {
  /** Digits after the point of floating-point numbers: 0 to 100, by default 4. */
  precision: number;
  /** Tensors with more elements than this are summarised; by default 1000. `Infinity` prints everything. */
  threshold: number;
  /** How many elements a summary shows at the beginning and at the end of each dimension: at least 1, by default 3. */
  edgeitems: number;
  /** Columns after which a row of numbers goes on in the next line; by default 80. */
  linewidth: number;
  /** `true`: always scientific notation, `false`: never, `null` (the default): where the magnitudes of the numbers call for it. */
  sciMode: boolean | null;
}

const profiles = {
  default: { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80, sciMode: null },
  short: { precision: 2, threshold: 1000, edgeitems: 2, linewidth: 80, sciMode: null },
  full: { precision: 4, threshold: Infinity, edgeitems: 3, linewidth: 80, sciMode: null },
} as const satisfies Record<string, PrintOptions>;

let current: PrintOptions = { ...profiles.default };

/**
 * Sets how tensors are printed from now on; what is not mentioned stays as it is.
 *
 * A `profile` sets all options at once, before the others are applied: `"default"`, `"short"` (2 digits, 2 edge items) or `"full"`
 * (never summarised).
 *
 * PyTorch: [`torch.set_printoptions`](https://pytorch.org/docs/stable/generated/torch.set_printoptions.html), which forgets
 * `sci_mode` at every call, torchlet only with a profile.
 *
 * @param options - The options to change, and `profile`.
 * @throws ValueError if an option has an impossible value or is unknown; nothing is changed then.
 *
 * @example
 * ```ts
 * import { setPrintOptions, tensor } from "@torchlet/tensor";
 *
 * setPrintOptions({ precision: 2 });
 * tensor([1.12345]).toString(); // => "tensor([1.12])"
 *
 * setPrintOptions({ threshold: 5 });
 * tensor([0, 1, 2, 3, 4, 5, 6]).toString(); // => "tensor([0., 1., 2.,  ..., 4., 5., 6.])"
 *
 * setPrintOptions({ profile: "default" });
 * tensor([1.12345]).toString(); // => "tensor([1.1235])"
 * ```
 */
export function setPrintOptions(
  options: Partial<PrintOptions> & { profile?: "default" | "short" | "full" },
): void {
  const { profile, ...changes } = options;
  if (profile !== undefined && !Object.hasOwn(profiles, profile)) {
    throw new ValueError(
      "setPrintOptions",
      `profile must be "default", "short" or "full", got ${show(profile)}`,
    );
  }
  const base: PrintOptions = profile === undefined ? current : profiles[profile];
  current = withChanges("setPrintOptions", base, changes);
}

/**
 * The print options in force, as a copy: changing it changes nothing, see {@link setPrintOptions}.
 *
 * @example
 * ```ts
 * import { getPrintOptions } from "@torchlet/tensor";
 *
 * getPrintOptions().precision; // => 4
 * getPrintOptions().threshold; // => 1000
 * ```
 */
export function getPrintOptions(): PrintOptions {
  return { ...current };
}

const rules: { [K in keyof PrintOptions]: { must: string; holds: (value: unknown) => boolean } } = {
  precision: { must: "an integer from 0 to 100", holds: (v) => isInteger(v) && v >= 0 && v <= 100 },
  threshold: { must: "a number of elements or Infinity", holds: (v) => typeof v === "number" && v >= 0 },
  edgeitems: { must: "a positive integer", holds: (v) => isInteger(v) && v >= 1 },
  linewidth: {
    must: "a positive integer or Infinity",
    holds: (v) => v === Infinity || (isInteger(v) && v >= 1),
  },
  sciMode: { must: "true, false or null", holds: (v) => v === null || typeof v === "boolean" },
};

/** `base` with `changes` applied, after checking them; `op` is who is asked, for the message. */
export function withChanges(op: string, base: PrintOptions, changes: Partial<PrintOptions>): PrintOptions {
  const given = Object.entries<unknown>(changes).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (!isOptionName(name)) {
      throw new ValueError(op, `unknown option ${show(name)}; there are ${Object.keys(rules).join(", ")}`);
    }
    if (!rules[name].holds(value))
      throw new ValueError(op, `${name} must be ${rules[name].must}, got ${show(value)}`);
  }
  return { ...base, ...Object.fromEntries(given) };
}

function isOptionName(name: string): name is keyof PrintOptions {
  return Object.hasOwn(rules, name);
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
