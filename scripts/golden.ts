/** Replays golden data from PyTorch: `pnpm golden [DIR] [--op NAME] [--verbose]`. */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { GoldenDataError, opFiles, readOp, type GoldenOp } from "./golden/format.ts";
import { replayOp, type Outcome } from "./golden/replay.ts";
import { header, row, summary } from "./golden/report.ts";

const usage = `pnpm golden [DIR] [--op NAME] [--verbose]

Replays samples of PyTorch's ops and compares values, gradients and errors with what PyTorch computed.

  DIR          a folder of golden data; default: packages/tensor/test/golden/visible
  --op NAME    only this op, by PyTorch's name, such as log_softmax or nn.functional.gelu; may be repeated
  --verbose    list every case that failed or was skipped
  --help       this text

The last line is "N passed, N failed, N skipped"; the exit status is 1 if anything failed.`;

const projectData = fileURLToPath(new URL("../packages/tensor/test/golden/visible", import.meta.url));

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      op: { type: "string", multiple: true },
      verbose: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(usage);
  if (positionals.length > 1)
    throw new GoldenDataError(`Only one folder can be replayed, got ${positionals.join(" ")}.`);
  const ops = chosen(opFiles(positionals[0] ?? projectData).map(readOp), values.op);
  console.log(header(ops));
  const outcomes = ops.flatMap((op) => report(op, values.verbose));
  for (const line of summary(outcomes)) console.log(line);
  if (outcomes.some((o) => o.status === "failed")) process.exitCode = 1;
}

function chosen(ops: readonly GoldenOp[], names: readonly string[] | undefined): readonly GoldenOp[] {
  const unknown = names?.find((name) => !ops.some((op) => op.op === name));
  if (unknown !== undefined)
    throw new GoldenDataError(
      `There is no op ${unknown} in this folder; it has ${ops.map((op) => op.op).join(", ")}.`,
    );
  return names === undefined ? ops : ops.filter((op) => names.includes(op.op));
}

function report(op: GoldenOp, verbose: boolean): Outcome[] {
  const outcomes = replayOp(op);
  console.log(row(op, outcomes));
  if (verbose)
    for (const o of outcomes) if (o.status !== "passed") console.log(`    ${o.status} ${o.id}: ${o.reason}`);
  return outcomes;
}

try {
  main();
} catch (error) {
  const known = error instanceof GoldenDataError || (error instanceof TypeError && "code" in error);
  if (!known) throw error;
  console.error(`${error.message}\n\n\`pnpm golden --help\` explains the command.`);
  process.exitCode = 1;
}
