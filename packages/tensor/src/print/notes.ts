/** What is said behind the elements: what they do not tell. */
import type { Printable } from "./printable.ts";

/** The notes on a tensor, in their order. */
export function notes(x: Printable, empty: boolean): string[] {
  const found: string[] = [];
  // `[]` alone means shape [0] and float32; elements tell the shape, and apart from float64 also the dtype.
  if (empty && x.shape.length !== 1) found.push(`size=[${x.shape.join(", ")}]`);
  if (x.dtype === "float64" || (empty && x.dtype !== "float32")) found.push(`dtype=${x.dtype}`);
  if (x.gradFnName !== null)
    found.push(`gradFn=<${x.gradFnName.charAt(0).toUpperCase()}${x.gradFnName.slice(1)}>`);
  else if (x.requiresGrad) found.push("requiresGrad=true");
  return found;
}

/** Puts each note behind the text, or on a new line where it would stick out. */
export function appendNotes(
  text: string,
  found: readonly string[],
  indent: number,
  linewidth: number,
): string {
  let result = text;
  let used = text.length - text.lastIndexOf("\n") + 1; // with room for the closing parenthesis and for PyTorch's caution
  for (const note of found) {
    if (used + note.length + 2 > linewidth) {
      result += `,\n${" ".repeat(indent)}${note}`;
      used = indent + note.length;
    } else {
      result += `, ${note}`;
      used += note.length + 2;
    }
  }
  return `${result})`;
}
