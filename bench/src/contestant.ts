/** A contestant: a process of its own that is told rows and answers how long they take. */
import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Row } from "./rows.ts";

/** The keys of the peers in the output of `--json`. */
export type PeerKey = "pytorch" | "tfjsWasm" | "tfjsCpu" | "jaxJs" | "jsPytorch" | "numpyTs";

/** How long a contestant may work on a row, in milliseconds; 0 means once. */
export interface Budget {
  readonly warm: number;
  readonly time: number;
}

/** What a contestant says of itself when it is ready. */
export interface About {
  readonly version?: string;
  readonly threads: number;
  readonly provider?: string;
}

interface Answer {
  readonly median?: number | null;
  readonly error?: string;
}

/** How to start a process. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

export class Contestant {
  readonly about: About;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #complaint: () => string;

  private constructor(
    child: ChildProcess,
    lines: AsyncIterator<string>,
    complaint: () => string,
    about: About,
  ) {
    this.#child = child;
    this.#lines = lines;
    this.#complaint = complaint;
    this.about = about;
  }

  /** Starts the process and waits until it is ready. Throws what it complains about if it does not get that far. */
  static async start({ file, args, env }: Command): Promise<Contestant> {
    const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
    let complaints = "";
    child.stderr.on("data", (text: Buffer) => (complaints = `${complaints}${text.toString()}`.slice(-2000)));
    child.stdin.on("error", () => undefined); // a process that has ended answers with nothing, which is seen below
    child.on("error", (error) => (complaints = error.message));
    const complaint = (): string => essence(complaints);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done) throw new Error(complaint());
    return new Contestant(child, lines, complaint, JSON.parse(first.value) as About);
  }

  /** The median in microseconds; null if the contestant has nothing for this row. */
  async measure(row: Row, budget: Budget): Promise<number | null> {
    this.#child.stdin?.write(`${JSON.stringify({ row, budget })}\n`);
    const line = await this.#lines.next();
    if (line.done) throw new Error(this.#complaint());
    const { median, error } = JSON.parse(line.value) as Answer;
    if (error !== undefined) throw new Error(error);
    return median ?? null;
  }

  stop(): void {
    this.#child.kill();
  }
}

/** The line of a stack trace that says what happened. */
function essence(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return (
    lines.findLast((line) => /^\w*(Error|Exception)\b.*:/.test(line)) ??
    lines.findLast((line) => line !== "") ??
    "it ended without a word"
  );
}
