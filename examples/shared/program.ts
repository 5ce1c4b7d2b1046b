/** What every example does around its own work: flags, help, and errors without a stack trace. */
import { describeFlags, parseFlags, UsageError, type Flags, type FlagValues } from "./flags.ts";

/** An example as its `--help` shows it. */
export interface Program<F extends Flags> {
  readonly name: string;
  /** What it does, in a few lines. */
  readonly about: string;
  readonly flags: F;
}

/** Something outside the program is not as it should be: a file is missing or damaged. The message says what to do. */
export class Failure extends Error {}

/**
 * Runs an example with the flags of the command line.
 *
 * Exit status: 0 when all went well, 1 after a {@link Failure}, 2 when the command line cannot be understood.
 */
export async function runProgram<F extends Flags>(
  program: Program<F>,
  body: (flags: FlagValues<F>) => void | Promise<void>,
): Promise<void> {
  process.stdout.on("error", endQuietlyOnBrokenPipe);
  const args = process.argv.slice(2);
  try {
    if (args.includes("--help") || args.includes("-h")) console.log(help(program));
    else await body(parseFlags(program.flags, args));
  } catch (error) {
    if (error instanceof UsageError) complain(`${error.message}\n\n${help(program)}`, 2);
    else if (error instanceof Failure) complain(error.message, 1);
    else throw error;
  }
}

function complain(message: string, status: number): void {
  console.error(message);
  process.exitCode = status;
}

function help({ name, about, flags }: Program<Flags>): string {
  return `pnpm example ${name} [flags]\n\n${about}\n\n${describeFlags(flags)}`;
}

/** `pnpm example xor | head` closes the pipe while there is more to write. */
function endQuietlyOnBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
}
