import ts from "typescript";
import type { Block } from "./extract.ts";
import { parseExpectation, type Claim } from "./expectation.ts";

/** The TypeScript module that runs blocks one after the other as one vitest test. */
export function testModule(title: string, origin: string, blocks: readonly Block[], helpers: string): string {
  const imports = new Imports();
  const body = blocks.map(
    (block) => `  // ${origin}:${block.line}\n${wrap(block, translate(block.code, imports))}`,
  );
  return [
    'import { test } from "vitest";',
    `import * as $doc from ${JSON.stringify(helpers)};`,
    ...imports.statements(),
    "",
    `test(${JSON.stringify(`${origin}:${blocks[0]?.line ?? 1} ${title}`)}, async () => {`,
    ...body,
    "});",
    "",
    "export {};",
    "",
  ].join("\n");
}

function wrap(block: Block, code: string): string {
  return block.marks.includes("noexec") ? `if ($doc.never()) {\n${code}\n}` : code;
}

/** A block's code with its imports taken out and its claims (`// => value`) turned into assertions. */
function translate(code: string, imports: Imports): string {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest, true);
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      imports.add(node);
      edits.push({ from: node.getStart(), to: node.end, text: "" });
      return;
    }
    const claim = ts.isStatement(node) && !ts.isBlock(node) ? claimBehind(code, node.end) : undefined;
    if (claim) edits.push(...assertion(node as ts.Statement, claim));
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return apply(code, edits);
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function apply(code: string, edits: readonly Edit[]): string {
  let result = code;
  for (const { from, to, text } of [...edits].sort((a, b) => b.from - a.from)) {
    result = result.slice(0, from) + text + result.slice(to);
  }
  return result;
}

const CLAIM = /^[ \t]*(?:\n[ \t]*)?\/\/ ?(=>|throws\b)[ \t]*([^\n]*)/;
const CONTINUED = /^\n[ \t]*\/\/ {2,}([^\n]*)/;

/** The claim in the comment behind a statement, on the same line or the next, and on indented comment lines after it. */
function claimBehind(code: string, end: number): Claim | undefined {
  const first = CLAIM.exec(code.slice(end));
  if (!first) return undefined;
  const lines = [first[2]!];
  let at = end + first[0].length;
  for (let more = CONTINUED.exec(code.slice(at)); more; more = CONTINUED.exec(code.slice(at))) {
    lines.push(more[1]!);
    at += more[0].length;
  }
  return {
    kind: first[1] === "=>" ? "value" : "throws",
    text: lines
      .map((line) => line.trim())
      .join("\n")
      .trim(),
  };
}

function assertion(statement: ts.Statement, claim: Claim): Edit[] {
  const whole = { from: statement.getStart(), to: statement.end };
  if (claim.kind === "throws") {
    const awaits = hasAwait(statement);
    const call = `${awaits ? "await $doc.rejects(async " : "$doc.throws("}() => { ${statement.getText()} }, `;
    return [{ ...whole, text: `${call}${JSON.stringify(claim.text)});` }];
  }
  const expected = parseExpectation(claim.text);
  if (ts.isVariableStatement(statement)) {
    const names = statement.declarationList.declarations.map((declaration) => declaration.name.getText());
    return [
      { from: statement.end, to: statement.end, text: ` $doc.equal(${names.join(", ")}, ${expected});` },
    ];
  }
  if (!ts.isExpressionStatement(statement)) {
    throw new SyntaxError(
      `"// => ${claim.text}" stands behind a statement without a value: ${statement.getText()}`,
    );
  }
  const { expression } = statement;
  if (ts.isCallExpression(expression) && expression.expression.getText() === "console.log") {
    const args = expression.arguments.map((argument) => argument.getText()).join(", ");
    return [{ ...whole, text: `$doc.printed([${args}], ${expected});` }];
  }
  return [{ ...whole, text: `$doc.equal((${expression.getText()}), ${expected});` }];
}

function hasAwait(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  return (
    ts.isAwaitExpression(node) || (ts.forEachChild(node, (child) => hasAwait(child) || undefined) ?? false)
  );
}

/** The imports of several blocks, each name once. */
class Imports {
  readonly #statements = new Set<string>();

  add(node: ts.ImportDeclaration): void {
    const from = node.moduleSpecifier.getText();
    const clause = node.importClause;
    if (!clause) {
      this.#statements.add(`import ${from};`);
      return;
    }
    const type = clause.phaseModifier === ts.SyntaxKind.TypeKeyword ? "type " : "";
    if (clause.name) this.#statements.add(`import ${type}${clause.name.text} from ${from};`);
    const bindings = clause.namedBindings;
    if (bindings && ts.isNamespaceImport(bindings)) {
      this.#statements.add(`import ${type}${bindings.getText()} from ${from};`);
    } else {
      for (const element of bindings?.elements ?? []) {
        this.#statements.add(`import ${type}{ ${element.getText()} } from ${from};`);
      }
    }
  }

  statements(): string[] {
    return [...this.#statements];
  }
}
