/** Ctrl-C as a wish to end well. */

/**
 * From now on Ctrl-C does not end the program, but makes the returned function say true, so that it can finish what it is doing.
 *
 * A second Ctrl-C ends the program at once, as if nobody listened.
 */
export function watchInterrupt(): () => boolean {
  let interrupted = false;
  process.once("SIGINT", () => {
    interrupted = true;
  });
  return () => interrupted;
}
