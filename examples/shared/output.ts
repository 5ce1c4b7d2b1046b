/** Files that examples write, and what they say about them. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "./program.ts";

/** Where an example puts its files unless told otherwise. Git ignores it. */
export function outputFolder(example: string): string {
  return fileURLToPath(new URL(`../output/${example}`, import.meta.url));
}

/** Makes sure that files can be written there, before hours are spent on their content. */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Failure(`The folder ${folder} cannot be made: ${reason(error)}`);
  }
}

/** Writes a file whole or not at all: a file of that name stays as it is until the new one is complete. */
export function writeOutput(path: string, content: string | Uint8Array): void {
  prepareFolder(dirname(path));
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    writeFileSync(unfinished, content);
    renameSync(unfinished, path);
  } catch (error) {
    throw new Failure(`${path} cannot be written: ${reason(error)}`);
  }
}

/** Writes pictures by their file names, and says where they are. */
export function writePictures(
  folder: string,
  pictures: Readonly<Record<string, string>>,
  say = console.log,
): void {
  say("");
  for (const [name, picture] of Object.entries(pictures)) {
    const path = join(folder, name);
    writeOutput(path, picture);
    say(`picture: ${shown(path)}`);
  }
}

/** A path as it is shortest to type from here. */
export function shown(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith("..") ? path : fromHere;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
