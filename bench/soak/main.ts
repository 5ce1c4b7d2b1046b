/** The command `pnpm soak`: runs programs for long, and tells how much memory the process has on the way. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { memoryStats } from "torchlet";
import { programs, seed } from "./programs.ts";

const help = `pnpm soak [NAME ...] [flags]

Runs programs of many steps without a pause, each in a process of its own, and prints how much memory the process has after a tenth, a half
and all of them. NAME chooses the programs that contain it:
${Object.keys(programs)
  .map((name) => `  ${name}`)
  .join("\n")}

  --steps N   so many steps each (default: 100000)
  --json      print { steps, programs: [{ program, rss, linear }] } in bytes, and nothing else
  --help      show this text`;

/** The memory of a process at the three moments. */
interface Outcome {
  readonly program: string;
  /** Resident set size, in bytes. */
  readonly rss: number[];
  /** Linear memory in use, in bytes. */
  readonly linear: number[];
}

const { values, positionals } = readCommandLine();
const steps = Number(values.steps);
const chosen = Object.keys(programs).filter((name) => positionals.every((part) => name.includes(part)));

if (values.help) console.log(help);
else if (!Number.isInteger(steps) || steps < 10)
  complain(`--steps must be a whole number from 10 on, got "${values.steps}".`);
else if (chosen.length === 0) complain(`No program contains "${positionals.join(" ")}"; see --help.`);
else if (values.child !== undefined) console.log(JSON.stringify(soak(values.child)));
else if (values.json) console.log(JSON.stringify({ steps, programs: chosen.map(inChild) }));
else print();

function readCommandLine() {
  try {
    return parseArgs({
      args: process.argv.slice(2).filter((arg) => arg !== "--"),
      allowPositionals: true,
      options: {
        steps: { type: "string", default: "100000" },
        json: { type: "boolean", default: false },
        child: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    complain(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    process.exit();
  }
}

function complain(text: string): void {
  console.error(text);
  process.exitCode = 2;
}

function soak(program: string): Outcome {
  seed();
  const step = programs[program]!();
  const outcome: Outcome = { program, rss: [], linear: [] };
  const moments = [0.1, 0.5, 1].map((share) => Math.round(steps * share));
  for (let i = 1; i <= steps; i++) {
    step();
    if (!moments.includes(i)) continue;
    outcome.rss.push(process.memoryUsage.rss());
    outcome.linear.push(memoryStats().resident);
  }
  return outcome;
}

function inChild(program: string): Outcome {
  const args = [
    ...process.execArgv,
    fileURLToPath(import.meta.url),
    "--steps",
    String(steps),
    "--child",
    program,
  ];
  const { stdout, status } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`"${program}" ended with ${String(status)}`);
  return JSON.parse(stdout) as Outcome;
}

function print(): void {
  const width = Math.max(...chosen.map((name) => name.length));
  console.log(
    `${"MB after".padEnd(width)} ${[0.1, 0.5, 1].map((share) => String(steps * share).padStart(8)).join("")}`,
  );
  for (const name of chosen) {
    const { rss } = inChild(name);
    console.log(
      `${name.padEnd(width)} ${rss.map((bytes) => (bytes / 2 ** 20).toFixed(0).padStart(8)).join("")}`,
    );
  }
}
