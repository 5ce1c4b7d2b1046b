import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/** Runs a program of this folder in a process of its own, with the garbage collector at hand, and reads what it prints. */
function run(name: string): unknown {
  const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
  const flags = ["--expose-gc", "--conditions=@torchlet/source", "--import", "tsx"];
  const program = path(`programs/${name}.ts`);
  const out = execFileSync(process.execPath, [...flags, program], {
    cwd: path("../../../.."),
    encoding: "utf8",
  });
  return JSON.parse(out);
}

describe("memory", () => {
  it("holds what backward needs, and nothing else", () => {
    expect(run("collectable")).toEqual({
      "scaled before backward": false,
      "shifted before backward": false,
      "grown before backward": true,
      "squashed before backward": true,
      "scaled after backward": false,
      "shifted after backward": false,
      "grown after backward": false,
      "squashed after backward": false,
      "loss kept": true,
      "scaled after backward with retainGraph": false,
      "shifted after backward with retainGraph": false,
      "grown after backward with retainGraph": true,
      "squashed after backward with retainGraph": true,
      "scaled after the last backward": false,
      "shifted after the last backward": false,
      "grown after the last backward": false,
      "squashed after the last backward": false,
    });
  });

  it("stays flat in a synchronous training loop", () => {
    const { used, peak, penalty } = run("training-loop") as {
      used: number[];
      peak: number;
      penalty: boolean;
    };
    expect(penalty).toBe(true);
    expect(used[2]! - used[0]!).toBeLessThan(20 * 2 ** 20); // a step makes more than 0.15 MB, 400 steps more than 60 MB
    expect(peak).toBeLessThan(600 * 2 ** 10); // in kilobytes
  });
});
