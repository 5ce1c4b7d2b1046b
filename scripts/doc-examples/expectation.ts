import ts from "typescript";

/** What an example says about the statement before it: `// => value` or `// throws ErrorName: message part`. */
export interface Claim {
  readonly kind: "value" | "throws";
  readonly text: string;
}

/**
 * The source of the expected value: `{ text, value }` where the text is a literal, `{ text }` where it is only to be
 * compared as text. Numbers written with a decimal point or an exponent become `$doc.near("...")`.
 */
export function parseExpectation(text: string): string {
  const value = literal(text);
  return value === undefined
    ? `{ text: ${JSON.stringify(text)} }`
    : `{ text: ${JSON.stringify(text)}, value: ${value} }`;
}

function literal(text: string): string | undefined {
  const source = ts.createSourceFile("value.ts", `(${text}\n)`, ts.ScriptTarget.Latest, true);
  const [statement, ...rest] = source.statements;
  if (!statement || rest.length > 0 || !ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  // "(1) + (2)" would also parse: only one pair of parentheses around everything is ours.
  if (!ts.isParenthesizedExpression(expression) || expression.end !== source.text.length) return undefined;
  return print(expression.expression);
}

const NAMES = new Set(["Infinity", "NaN", "undefined"]);

function print(node: ts.Expression): string | undefined {
  if (ts.isNumericLiteral(node)) return number(node.getText());
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const { operand } = node;
    if (ts.isNumericLiteral(operand)) return number(node.getText());
    return operand.getText() === "Infinity" ? "-Infinity" : undefined;
  }
  if (ts.isStringLiteral(node)) return JSON.stringify(node.text);
  if (ts.isIdentifier(node)) return NAMES.has(node.text) ? node.text : undefined;
  if (ts.isArrayLiteralExpression(node)) return all(node.elements, print, (items) => `[${items.join(", ")}]`);
  if (ts.isObjectLiteralExpression(node)) {
    return all(node.properties, printProperty, (items) => `{ ${items.join(", ")} }`);
  }
  switch (node.kind) {
    case ts.SyntaxKind.TrueKeyword:
    case ts.SyntaxKind.FalseKeyword:
    case ts.SyntaxKind.NullKeyword:
      return node.getText();
    default:
      return undefined;
  }
}

function number(text: string): string {
  return /[.e]/i.test(text) ? `$doc.near("${text}")` : text;
}

function printProperty(node: ts.ObjectLiteralElementLike): string | undefined {
  if (!ts.isPropertyAssignment(node)) return undefined;
  const value = print(node.initializer);
  return value === undefined ? undefined : `${node.name.getText()}: ${value}`;
}

function all<T>(
  nodes: readonly T[],
  one: (node: T) => string | undefined,
  join: (items: string[]) => string,
): string | undefined {
  const items = nodes.map(one);
  return items.every((item) => item !== undefined) ? join(items) : undefined;
}
