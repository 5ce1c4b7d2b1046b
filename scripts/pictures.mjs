// node scripts/pictures.mjs: makes the pictures of the guides, by running the examples that draw them.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Each example with the flags that keep it short. */
const runs = [
  ["first-network"],
  ["descent"],
  ["graph"],
  ["xor"],
  ["xor-autograd"],
  ["neuron"],
  ["sigmoid-backprop"],
  ["classifier", "--epochs", "2"],
];

for (const [name, ...flags] of runs) {
  const out = `docs/pictures/${name}`;
  process.stdout.write(`pictures of ${name} ... `);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      "--conditions=@torchlet/source",
      "--import",
      import.meta.resolve("tsx"),
      `examples/${name}/main.ts`,
      "--out",
      out,
      ...flags,
    ],
    { cwd: root, encoding: "utf8", maxBuffer: Infinity },
  );
  console.log(status === 0 ? out : "FAILED");
  if (status !== 0) {
    console.error(`${stdout}${stderr}`);
    process.exit(1);
  }
}
