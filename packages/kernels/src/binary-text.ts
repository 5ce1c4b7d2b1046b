/**
 * Binary data as printable text: a character for most bytes, two for the others. It is about as short for gzip as the data itself, which
 * base64 is not, since there a repeated byte is no repeated character.
 *
 * The character of a number below {@link DIRECT} is the one that stands so far behind {@link FIRST}; a byte is such a number less
 * {@link SHIFT}, so that common bytes, such as 253, with which all vector instructions begin, take one character. Two characters behind
 * those add once or twice {@link DIRECT} to what follows.
 */
export const DIRECT = 90;
export const SHIFT = 3;
export const FIRST = 35;

/** The bytes of such a text. */
export function decode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  let shift = -FIRST - SHIFT;
  for (let i = 0; i < text.length; i++) {
    const number = text.charCodeAt(i);
    if (number >= FIRST + DIRECT) shift += DIRECT * (number - FIRST - DIRECT + 1);
    else {
      bytes[length++] = number + shift;
      shift = -FIRST - SHIFT;
    }
  }
  return bytes.slice(0, length);
}
