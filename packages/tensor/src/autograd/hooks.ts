import { ValueError } from "../errors.ts";
import { kindOf } from "../options.ts";

/** Undoes a registration. */
export interface RemovableHandle {
  /** Takes the hook away; calling it again does nothing. */
  remove(): void;
}

/**
 * Callbacks in the order of their registration. The same function registered twice is called twice, and a hook that is added or
 * removed while the list is being walked counts from the next walk on.
 */
export class HookList<F> implements Iterable<F> {
  // Replaced, never changed: a walk that has begun keeps the list it began with.
  #hooks: readonly { readonly call: F }[] = [];

  /** Adds a callback for `op`, which a user called with it. */
  add(op: string, call: F): RemovableHandle {
    if (typeof call !== "function")
      throw new ValueError(op, `the hook must be a function, got ${kindOf(call)}`);
    const entry = { call };
    this.#hooks = [...this.#hooks, entry];
    return { remove: () => void (this.#hooks = this.#hooks.filter((e) => e !== entry)) };
  }

  get size(): number {
    return this.#hooks.length;
  }

  *[Symbol.iterator](): Iterator<F> {
    for (const { call } of this.#hooks) yield call;
  }
}
