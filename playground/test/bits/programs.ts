/** What must come out the same, to the last bit, wherever it runs. */
import { setReproducible } from "torchlet";
import { digest, type Values } from "./digest.ts";
import { kernelPrograms } from "./kernels.ts";
import { opPrograms } from "./ops.ts";
import { randomPrograms } from "./random.ts";
import { textPrograms } from "./text.ts";
import { trainingPrograms } from "./training.ts";

/** Names, and functions that compute. */
export type Programs = () => Generator<[name: string, run: () => Values]>;

const subjects = {
  kernels: kernelPrograms,
  ops: opPrograms,
  random: randomPrograms,
  text: textPrograms,
  training: trainingPrograms,
} as const;

export type Subject = keyof typeof subjects;
export const subjectNames = Object.keys(subjects) as Subject[];

setReproducible(true);

/** The digest of every program of a subject. */
export function digests(subject: Subject): Record<string, string> {
  return Object.fromEntries([...subjects[subject]()].map(([name, run]) => [name, digest(run())]));
}

/** All that one program came to, numbers as text so that every NaN and sign of 0 arrives. */
export function details(subject: Subject, wanted: string): string[] {
  for (const [name, run] of subjects[subject]()) {
    if (name !== wanted) continue;
    const values = run();
    return typeof values === "string"
      ? values.split("\n")
      : Array.from(values, (x) => (Object.is(x, -0) ? "-0" : String(x)));
  }
  return [];
}
