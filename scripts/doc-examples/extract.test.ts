import { expect, test } from "vitest";
import { blocksInMarkdown, examplesInSource } from "./extract.ts";

test("an @example without a fence is code as a whole", () => {
  const source = `
/**
 * Adds.
 *
 * @example
 * import { add } from "@torchlet/tensor";
 * if (true) {
 *   add(1, 2); // => 3
 * }
 *
 * @category Elementwise
 */
export function add() {}
`;
  expect(examplesInSource("add.ts", source)).toEqual([
    {
      symbol: "add",
      line: 5,
      blocks: [
        {
          code: '\nimport { add } from "@torchlet/tensor";\nif (true) {\n  add(1, 2); // => 3\n}\n\n',
          line: 5,
          marks: [],
        },
      ],
    },
  ]);
});

test("an @example with fences is the code in its ts fences", () => {
  const source = `
/**
 * @example A title
 * \`\`\`ts noexec
 * one();
 * \`\`\`
 * and in a shell
 * \`\`\`sh
 * npm start
 * \`\`\`
 */
export function one() {}
`;
  expect(examplesInSource("one.ts", source)[0]?.blocks).toEqual([
    { code: "one();", line: 5, marks: ["noexec"] },
  ]);
});

test("members of classes and constants have examples too, each once", () => {
  const source = `
/** @example a(); */
export class Linear {
  /** @example b(); */
  forward() {}
  /** @example c(); */
  constructor() {}
}
/** @example d(); */
export const seed = 1;
`;
  const symbols = examplesInSource("linear.ts", source).map(({ symbol }) => symbol);
  expect(symbols).toEqual(["Linear", "Linear.forward", "Linear.constructor", "seed"]);
});

test("markdown gives its ts blocks with their lines and marks, and no others", () => {
  const markdown = `# Title

\`\`\`ts
one();
\`\`\`

- in a list

  \`\`\`ts isolated
  two(
    2,
  );
  \`\`\`

\`\`\`python
three()
\`\`\`

\`\`\`\`md
\`\`\`ts
shown, not run
\`\`\`
\`\`\`\`
`;
  expect(blocksInMarkdown(markdown)).toEqual([
    { code: "one();", line: 4, marks: [] },
    { code: "two(\n  2,\n);", line: 10, marks: ["isolated"] },
  ]);
});
