import { DIRECT, FIRST, SHIFT } from "../src/binary-text.ts";

/** Bytes as the text that src/binary-text.ts describes. @param {Uint8Array} bytes */
export function encode(bytes) {
  let text = "";
  for (const byte of bytes) {
    const number = (byte + SHIFT) % 256;
    const page = Math.floor(number / DIRECT);
    if (page > 0) text += String.fromCharCode(FIRST + DIRECT + page - 1);
    text += String.fromCharCode(FIRST + (number % DIRECT));
  }
  return text;
}
