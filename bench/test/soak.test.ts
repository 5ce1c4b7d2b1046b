import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../soak/main.ts", import.meta.url));

/** `pnpm soak args...` */
function soak(...args: string[]) {
  const node = ["--conditions=@torchlet/source", "--import", "tsx", main, ...args];
  return spawnSync(process.execPath, node, { encoding: "utf8" });
}

test("programs that never pause need no more memory after 2,000 steps than after 200", () => {
  const { stdout, stderr, status } = soak("--steps", "2000", "--json");
  expect(status, stderr).toBe(0);
  const { programs } = JSON.parse(stdout) as {
    programs: { program: string; rss: number[]; linear: number[] }[];
  };
  expect(programs.length).toBe(5);
  for (const { program, rss, linear } of programs) {
    // Linear memory may fill to its limit of 32 MB; V8's heap takes its time to settle, by some tens of MB.
    expect(rss[2]! - rss[0]!, program).toBeLessThan(150e6);
    expect(linear[2], program).toBeLessThan(33e6);
  }
});

test("--help shows the programs; what cannot be understood is refused", () => {
  expect(soak("--help").stdout).toContain("models created, trained once, dropped");
  expect(soak("--steps", "few")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('got "few"') as string,
  });
  expect(soak("--pears")).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^Unknown option '--pears'/) as string,
  });
  expect(soak("nonsense")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("see --help") as string,
  });
});
