import { untrack } from "svelte";
import { asCoreError, callSeen, type CoreError, type Request, type Response } from "./call";
import { READS } from "./generated/reads";
import { onTouched } from "./touched";

/** A command whose answer is read again when what it rests on has changed. */
export type Readable = keyof typeof READS;

/** A read that follows its request and what its answer rests on. */
export class Live<C extends Readable> {
  value = $state.raw<Response<C> | null>(null);
  error = $state.raw<CoreError | null>(null);
  loading = $state(true);
  seen = $state(0);
  #latest = 0;
  #read: () => Promise<void> = async () => {};

  constructor(command: C, request: () => Request<C> | null) {
    $effect(() => {
      const asked = request();
      this.#read = () => this.#ask(command, asked);
      untrack(() => void this.#read());
      return onTouched(READS[command], () => void this.#read());
    });
    $effect(() => () => {
      this.#latest = Infinity;
    });
  }

  /** Reads again now. */
  refresh(): Promise<void> {
    return this.#read();
  }

  async #ask(command: C, request: Request<C> | null): Promise<void> {
    const turn = ++this.#latest;
    if (request === null) {
      this.value = null;
      this.loading = false;
      return;
    }
    this.loading = true;
    try {
      const answer = await callSeen(command, request);
      if (turn !== this.#latest) return;
      this.value = answer.value;
      this.seen = answer.seen;
      this.error = null;
    } catch (refusal) {
      if (turn !== this.#latest) return;
      const error = asCoreError(refusal);
      if (error.code !== "locked") this.error = error;
    }
    this.loading = false;
  }
}

/**
 * Reads `command` now, again when its request changes and again when what its answer rests on has changed.
 * Call it while a component is being set up. A request of `null` waits.
 */
export function live<C extends Readable>(command: C, request: Request<C> | (() => Request<C> | null)): Live<C> {
  const ask = typeof request === "function" ? (request as () => Request<C> | null) : () => request;
  return new Live(command, ask);
}
