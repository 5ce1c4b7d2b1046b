/** Whether threads help at present, on a machine that others use as well. */

/**
 * Milliseconds after which it is judged whether threads help. They do not where other programs need the processors: a thread loses its
 * own in the middle of a part, and the caller waits. Then they are let alone, at most for so long.
 */
const TRIAL = 30;
const LONGEST_PAUSE = 1000;

/** When the present trial began, or will begin, and how much of it was shared in vain; how long threads were let alone before. */
let since = 0;
let lost = 0;
let pause = 0;

/** Whether threads are let alone at present. */
export function areLetAlone(): boolean {
  return performance.now() < since;
}

/** Takes note of shared work: if much of it would have taken no longer alone, threads are let alone, each time for longer. */
export function judge(began: number, ended: number, alone: number): void {
  if (ended - began >= alone) lost += ended - began;
  if (ended < since + TRIAL) return;
  pause = lost > (ended - since) / 4 ? Math.min(LONGEST_PAUSE, 2 * pause || TRIAL) : 0;
  since = ended + pause;
  lost = 0;
}
