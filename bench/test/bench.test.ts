import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** `pnpm bench args...` */
function bench(...args: string[]) {
  return spawnSync(process.execPath, ["--import", "tsx", main, ...args], { encoding: "utf8" });
}

const major = process.versions.node.split(".")[0]!;

test("--json prints the rows, microseconds, and nothing else", () => {
  const { stdout, stderr, status } = bench(
    "XOR step",
    "--quick",
    "--peers",
    "none",
    "--json",
    "--node",
    major,
  );
  expect(stderr).toContain("1/1  XOR step");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    rows: [
      {
        row: "XOR step",
        node: major,
        threads: expect.any(Number) as number,
        provider: expect.any(String) as string,
        torchlet: expect.any(Number) as number,
        peers: {},
      },
    ],
  });
});

test("without --json it prints a table with a line for each row whose name contains the given one", () => {
  const { stdout } = bench("64x10", "--quick", "--peers", "none");
  const lines = stdout.trimEnd().split("\n").slice(2);
  expect(lines[0]).toMatch(/^row +torchlet$/);
  expect(lines.slice(1).map((line) => line.replace(/ +[\d.]+ [µm]?s$/, ""))).toEqual([
    "matmul, 64x10 transposed by 64x64",
    "matmul, 64x10 by 10x64",
  ]);
});

test("a name that no row contains lists the rows", () => {
  const { stderr, stdout, status } = bench("convolution");
  expect(stderr).toMatch(/^No row contains "convolution"; the rows are\n {2}classifier step, batch 1\n/);
  expect([stdout, status]).toEqual(["", 2]);
});

test.each([
  [["--pears"], "Unknown option '--pears'"],
  [["--peers", "numpy"], "There is no peer numpy; the peers are pytorch, tfjsWasm,"],
  [["--write", "--quick"], "--write and --quick do not go together"],
  [["--threads", "0"], '--threads must be a whole number from 1 on, got "0".'],
])("%j is a mistake that is explained", (args, message) => {
  const { stderr, status } = bench(...args);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
