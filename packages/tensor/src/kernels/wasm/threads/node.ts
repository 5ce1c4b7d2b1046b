/** The part of Node that threads need. */
interface Builtins {
  getBuiltinModule?(name: "node:os"): { availableParallelism(): number };
  getBuiltinModule?(name: "node:worker_threads"): {
    Worker: new (
      program: string,
      options: object,
    ) => { unref(): void; on(event: "error", f: () => void): void };
  };
}
export const builtins = (globalThis as { process?: Builtins }).process ?? {};
