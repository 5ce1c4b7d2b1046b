import { IndexError } from "@torchlet/tensor";

/** Throws unless there is a sample with this number. */
export function checkIndex(op: string, index: number, length: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= length)
    throw new IndexError(op, `there is no sample ${index}; samples are numbered from 0 to ${length - 1}`);
}
