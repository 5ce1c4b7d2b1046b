/** Weights of a model in a safetensors file. */
import { readFileSync } from "node:fs";
import { nn, TorchletError } from "torchlet";
import { writeOutput } from "./output.ts";
import { Failure } from "./program.ts";

/** Writes the model's parameters, with notes on how they came about. */
export function saveWeights(path: string, model: nn.Module, notes: Record<string, string>): void {
  writeOutput(path, nn.encodeSafetensors(model.stateDict(), notes));
}

/**
 * Reads parameters into the model.
 *
 * @throws Failure if the file is missing or damaged, or belongs to another model; the model is unchanged then.
 */
export function loadWeights(path: string, model: nn.Module): void {
  try {
    model.loadStateDict(nn.decodeSafetensors(readFileSync(path)).tensors);
  } catch (error) {
    if (!(error instanceof TorchletError) && !isFileError(error)) throw error;
    const reason = isMissing(error)
      ? "there is no such file; train first, or name another file"
      : error.message;
    throw new Failure(`The weights ${path} cannot be loaded: ${reason}`);
  }
}

function isMissing(error: Error): boolean {
  return isFileError(error) && error.code === "ENOENT";
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error;
}
