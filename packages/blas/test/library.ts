import { beforeEach } from "vitest";
import { BlasError, findLibrary, type Library } from "../src/library.ts";

function search(): Library | null {
  try {
    return findLibrary();
  } catch (error) {
    if (error instanceof BlasError) return null;
    throw error;
  }
}

/** The system's BLAS; null if there is none. */
export const library = search();

/** Skips the tests that follow where the system has no BLAS. */
export function skipWithoutLibrary(): void {
  beforeEach(({ skip }) => {
    skip(library === null, "no BLAS library is installed");
  });
}
