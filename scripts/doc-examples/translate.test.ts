import ts from "typescript";
import { expect, test } from "vitest";
import * as assertions from "./assertions.ts";
import type { Block } from "./extract.ts";
import { testModule } from "./translate.ts";

const block = (code: string, ...marks: string[]): Block => ({ code, line: 1, marks });

/** Runs the generated test of some blocks, with a few names in place of imports. */
async function run(...blocks: (string | Block)[]): Promise<void> {
  const code = testModule(
    "title",
    "file.md",
    blocks.map((item) => (typeof item === "string" ? block(item) : item)),
    "helpers",
  );
  const body = ts.transpile(code.replaceAll(/^(import|export) .*$/gm, ""), {
    target: ts.ScriptTarget.ES2022,
  });
  let generated: unknown;
  const names = {
    $doc: assertions,
    test: (_title: string, test: unknown) => (generated = test),
    vector: (...items: number[]) => ({
      toArray: () => items,
      toString: () => `tensor([${items.join(", ")}])`,
    }),
    fail: (message: string) => {
      throw new RangeError(message);
    },
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const module = new Function(...Object.keys(names), body) as (...values: unknown[]) => void;
  module(...Object.values(names));
  await (generated as () => Promise<void>)();
}

const passing = {
  "integers are compared exactly": "1 + 2; // => 3",
  "numbers with a decimal point are compared within 1e-4": "1 / 3; // => 0.3333",
  "four decimals are compared as printed, rounded": "0.012457; // => 0.0125",
  "numbers inside arrays": "[1 / 3, [2]]; // => [0.3333, [2]]",
  "negative numbers and negative zero": "[-1, -0, -0.5]; // => [-1, 0, -0.5]",
  "Infinity, NaN, null, booleans":
    "[Infinity, -Infinity, NaN, null, true]; // => [Infinity, -Infinity, NaN, null, true]",
  "strings in quotes": 'String(1); // => "1"',
  "text without quotes": '"float" + 32; // => float32',
  "objects, also with tensors in them": "({ values: vector(1, 2), n: 1 }); // => { values: [1, 2], n: 1 }",
  "a tensor by its elements": "vector(1, 2.5); // => [1, 2.5]",
  "a tensor by its text": "vector(1, 2); // => tensor([1, 2])",
  "typed arrays": "Float32Array.of(0.1); // => [0.1]",
  "a claim on the next line": "vector(1, 2)\n// => tensor([1, 2])",
  "a claim over several lines": '"a\\n b";\n// => a\n//     b',
  "a comment after a claim is not part of it": "1; // => 1\n// and then\n2; // => 2",
  "the value of a declared variable": "const x = 1; // => 1",
  "what console.log prints": 'console.log("loss", 1); // => loss 1',
  "the value that console.log is given": "console.log(vector(1, 2)); // => [1, 2]",
  "statements without a semicolon": "1 // => 1\n2 // => 2",
  "statements inside others": "for (const x of [1, 1]) {\n  x; // => 1\n}",
  "awaited values": "await Promise.resolve(1); // => 1",
  "errors by name": 'fail("no"); // throws RangeError',
  "errors by name and part of the message":
    'fail("index 5 is out of range"); // throws RangeError: out of range',
  "errors of promises": 'await Promise.reject(new TypeError("no")); // throws TypeError: no',
};

test.each(Object.entries(passing))("%s: holds", async (_title, code) => {
  await run(code);
});

const failing = {
  "another integer": "1 + 2; // => 4",
  "an integer that is only nearly one": "2.99999; // => 3",
  "a number that is off in the fourth place": "0.5; // => 0.5002",
  "another length": "[1, 2]; // => [1]",
  "another string": '"a"; // => "b"',
  "another text": "vector(1); // => tensor([2])",
  "another printed line": 'console.log("loss"); // => gain',
  "no error": "1; // throws RangeError",
  "another error": 'fail("no"); // throws TypeError',
  "another message": 'fail("no"); // throws RangeError: yes',
  "a claim inside a loop": "for (const x of [1, 2]) {\n  x; // => 1\n}",
};

test.each(Object.entries(failing))("%s: fails", async (_title, code) => {
  await expect(run(code)).rejects.toThrow();
});

test("a claim behind something without a value is refused", () => {
  expect(() => testModule("t", "f.md", [block("if (true) {} // => 1")], "h")).toThrow(
    "statement without a value",
  );
});

test("blocks of a file see the variables of the blocks before them", async () => {
  await run("const x = 1;", "x; // => 1");
});

test("a noexec block does not run", async () => {
  await run(block('fail("no");', "noexec"));
});

test("imports are hoisted, each name once", () => {
  const one = 'import { add, type Tensor } from "torchlet";\nimport * as all from "torchlet";';
  const code = testModule("t", "f.md", [block(one), block('import { add } from "torchlet";\nadd();')], "h");
  expect(code.split("\n").filter((line) => line.includes('from "torchlet"'))).toEqual([
    'import { add } from "torchlet";',
    'import { type Tensor } from "torchlet";',
    'import * as all from "torchlet";',
  ]);
});
