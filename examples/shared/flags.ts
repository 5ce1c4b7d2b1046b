/** Typed command-line flags, with errors that say what to write instead. */
import { parseArgs } from "node:util";

type Value = number | string | boolean | null;

/** One flag: its help, its default, and how its text becomes a value. */
export interface Flag<T extends Value> {
  readonly help: string;
  readonly default: T;
  /** What stands for the value in the help; null for a switch, which takes none. */
  readonly placeholder: string | null;
  /** Throws an Error that says what the value must be. */
  read(text: string): T;
}

/** Flags by their names in camelCase; `batchSize` is written `--batch-size`. */
export type Flags = Readonly<Record<string, Flag<Value>>>;

export type FlagValues<F extends Flags> = { readonly [K in keyof F]: F[K] extends Flag<infer T> ? T : never };

/** The command line cannot be understood. */
export class UsageError extends Error {}

/** A whole number of at least `min`. */
export function integer<D extends number | null>(help: string, init: D, { min = 0 } = {}): Flag<number | D> {
  const read = (text: string): number => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isSafeInteger(value) && value >= min) return value;
    throw new UsageError(`must be a whole number of at least ${min}`);
  };
  return { help, default: init, placeholder: "N", read };
}

/** A number of at least 0; where the default is null, something else decides when the flag is left out. */
export function decimal<D extends number | null>(help: string, init: D): Flag<number | D> {
  const read = (text: string): number => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
    throw new UsageError("must be a number, 0 or above");
  };
  return { help, default: init, placeholder: "X", read };
}

/** The name of a file or folder; null if left out. */
export function path(help: string, placeholder: string): Flag<string | null> {
  const read = (text: string): string => {
    if (text !== "") return text;
    throw new UsageError("must name a file or folder");
  };
  return { help, default: null, placeholder, read };
}

/** One of several words. */
export function choice<const W extends readonly string[]>(help: string, words: W): Flag<W[number]> {
  const read = (text: string): W[number] => {
    if (words.includes(text)) return text;
    throw new UsageError(`must be ${words.join(" or ")}`);
  };
  return { help, default: words[0]!, placeholder: words.join("|"), read };
}

/** On when given, else off. */
export function toggle(help: string): Flag<boolean> {
  return { help, default: false, placeholder: null, read: () => true };
}

/**
 * The values of `flags` in the arguments of a command line.
 *
 * @throws UsageError for an unknown flag, a value that is missing or makes no sense, and anything that is not a flag.
 */
export function parseFlags<F extends Flags>(flags: F, args: readonly string[]): FlagValues<F> {
  refuseSwallowed(flags, args);
  const values: Record<string, Value> = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [name, flag.default]),
  );
  for (const token of tokenize(flags, args)) {
    if (token.kind === "positional") throw new UsageError(`"${token.value}" is not a flag.`);
    if (token.kind === "option") {
      const name = keyOf(flags, token.rawName);
      values[name] = readValue(flags[name]!, token.rawName, token.value);
    }
  }
  return values as FlagValues<F>;
}

/** `npm start --epochs 1`, without a `--` in between, makes `--epochs` a setting of npm and hands only the 1 on. */
function refuseSwallowed(flags: Flags, args: readonly string[]): void {
  const swallowed = Object.keys(flags)
    .map(kebab)
    .filter((name) => process.env[`npm_config_${name.replaceAll("-", "_")}`] !== undefined)
    .map((name) => `--${name}`)
    .filter((flag) => !args.some((arg) => arg.startsWith(flag)));
  if (swallowed.length > 0)
    throw new UsageError(
      `npm has kept ${swallowed.join(", ")} for itself; put -- in front, as in: npm start -- ${swallowed[0]!}`,
    );
}

function tokenize(flags: Flags, args: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { placeholder }]) => {
      const type: "string" | "boolean" = placeholder === null ? "boolean" : "string";
      return [kebab(name), { type }] as const;
    }),
  );
  // `pnpm example NAME -- --flag` hands the "--" on.
  const given = args[0] === "--" ? args.slice(1) : [...args];
  return parseArgs({ args: given, options, strict: false, tokens: true }).tokens;
}

function keyOf(flags: Flags, rawName: string): string {
  const names = Object.keys(flags);
  const name = names.find((key) => `--${kebab(key)}` === rawName);
  if (name !== undefined) return name;
  const near = nearest(rawName, [...names.map((key) => `--${kebab(key)}`), "--help"]);
  const slip = distance(rawName, near) <= rawName.length / 3; // farther away, a guess would only puzzle
  throw new UsageError(
    `There is no flag ${rawName}; ${slip ? `did you mean ${near}?` : "--help shows which there are."}`,
  );
}

function readValue(flag: Flag<Value>, rawName: string, value: string | undefined): Value {
  if (flag.placeholder === null) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value, got "${value}".`);
    return flag.read("");
  }
  if (value === undefined || value.startsWith("--"))
    throw new UsageError(`${rawName} needs a value: ${rawName} ${flag.placeholder}`);
  try {
    return flag.read(value);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${rawName} ${error.message}, got "${value}".`);
    throw error;
  }
}

/** One line for each flag, `--help` last. */
export function describeFlags(flags: Flags): string {
  const rows = Object.entries(flags).map(([name, flag]) => [
    `--${kebab(name)}${flag.placeholder === null ? "" : ` ${flag.placeholder}`}`,
    `${flag.help}${defaultNote(flag)}`,
  ]);
  rows.push(["--help", "show this text"]);
  const width = Math.max(...rows.map(([usage]) => usage!.length));
  return rows.map(([usage, help]) => `  ${usage!.padEnd(width)}  ${help}`).join("\n");
}

function defaultNote({ default: value, placeholder }: Flag<Value>): string {
  return placeholder === null || value === null ? "" : ` (default: ${value})`;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function nearest(word: string, words: readonly string[]): string {
  return words.reduce((best, next) => (distance(word, next) < distance(word, best) ? next : best));
}

/** How many letters must be inserted, deleted or replaced to turn `a` into `b` (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++)
      next.push(Math.min(row[j]! + Number(a[i] !== b[j]), row[j + 1]! + 1, next[j]! + 1));
    row = next;
  }
  return row.at(-1);
}
