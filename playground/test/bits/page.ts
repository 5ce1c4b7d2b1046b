/** Gives the test the programs to run in this browser. */
import { details, digests } from "./programs.ts";

Object.assign(globalThis, { bits: { details, digests } });
