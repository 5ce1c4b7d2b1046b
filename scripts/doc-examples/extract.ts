import ts from "typescript";

/** A piece of code in a doc comment or a markdown file, as its author wrote it. */
export interface Block {
  readonly code: string;
  /** The line in its file, from 1. */
  readonly line: number;
  /** What stands behind the opening fence's language: `isolated`, `noexec`. */
  readonly marks: readonly string[];
}

/** One `@example` of a documented symbol, with the blocks of code in it. */
export interface Example {
  readonly symbol: string;
  readonly line: number;
  readonly blocks: readonly Block[];
}

/** Every `@example` in a TypeScript source. One without a code fence is code as a whole. */
export function examplesInSource(path: string, text: string): Example[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const examples: Example[] = [];
  const visit = (node: ts.Node): void => {
    for (const comment of ts.getJSDocCommentsAndTags(node)) {
      if (!ts.isJSDoc(comment) || comment.parent !== node) continue;
      for (const tag of comment.tags ?? []) {
        if (tag.tagName.text !== "example") continue;
        const line = source.getLineAndCharacterOfPosition(tag.getStart()).line + 1;
        const body = withoutStars(text.slice(tag.tagName.end, tag.end));
        const fenced = blocksInMarkdown(body, line);
        const blocks = /^\s*```/m.test(body) ? fenced : [{ code: body, line, marks: [] }];
        examples.push({ symbol: nameOf(node), line, blocks });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return examples;
}

/** Every fenced `ts` block of a markdown text. */
export function blocksInMarkdown(text: string, firstLine = 1): Block[] {
  const blocks: Block[] = [];
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; i++) {
    const open = /^(\s*)(`{3,})\s*(\S*)(.*)$/.exec(lines[i]!);
    if (!open) continue;
    const [, indent = "", fence = "", language = "", rest = ""] = open;
    const start = i + 1;
    const closes = (line: string) => line.trim() === fence;
    do i++;
    while (i < lines.length && !closes(lines[i]!));
    if (language !== "ts" && language !== "typescript") continue;
    const code = lines
      .slice(start, i)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
    blocks.push({ code: code.join("\n"), line: firstLine + start, marks: rest.split(/\s+/).filter(Boolean) });
  }
  return blocks;
}

function withoutStars(comment: string): string {
  return comment
    .split("\n")
    .map((line, i) => (i === 0 ? line : line.replace(/^\s*\* ?/, "")))
    .join("\n");
}

function nameOf(node: ts.Node): string {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.map(nameOf).join(", ");
  const name = ts.isConstructorDeclaration(node)
    ? "constructor"
    : ts.getNameOfDeclaration(node as ts.Declaration)?.getText();
  const owner = node.parent as ts.Node | undefined;
  const member = owner && (ts.isClassLike(owner) || ts.isInterfaceDeclaration(owner));
  return [member ? nameOf(owner) : undefined, name ?? "module"].filter(Boolean).join(".");
}
