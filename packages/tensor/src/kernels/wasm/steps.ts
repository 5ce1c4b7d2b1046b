import { RESERVED } from "@torchlet/kernels";
import type { Operand } from "../../storage/storage.ts";
import { copyElements } from "../../storage/transfer.ts";
import { BLOCK, elements, SLOT, standsAlone, type Workspace } from "./workspace.ts";

/**
 * Calls `compute` for block after block of contiguous operands of one size, which it changes, all but the last. Operands in linear memory
 * are used in place, others through copies.
 */
export function changeBlocks(
  w: Workspace,
  operands: readonly Operand[],
  compute: (n: number, at: readonly number[]) => void,
): void {
  const { numel } = operands[0]!.layout;
  const itemSize = operands[0]!.storage.data.BYTES_PER_ELEMENT;
  const memory = elements(w, operands[0]!.storage.data);
  const copied = operands.map((x) => !standsAlone(x));
  const block = copied.includes(true) ? BLOCK : numel;
  for (let start = 0; start < numel; start += block) {
    const n = Math.min(block, numel - start);
    const at = operands.map((x, i) => {
      const first = x.layout.offset + start;
      if (!copied[i]) return x.storage.address + first * itemSize;
      const slot = RESERVED + i * SLOT;
      copyElements(memory, slot / itemSize, x.storage.data, first, n);
      return slot;
    });
    compute(n, at);
    for (let i = 0; i < operands.length - 1; i++) {
      if (!copied[i]) continue;
      const { storage, layout } = operands[i]!;
      copyElements(storage.data, layout.offset + start, memory, at[i]! / itemSize, n);
    }
  }
}
