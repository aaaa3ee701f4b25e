import { getContext, setContext, untrack } from "svelte";
import { SvelteMap } from "svelte/reactivity";

const KEY = Symbol("messages");

/** The sentences about what is wrong that stand beside the fields of one form. */
export class Messages {
  #shown = new SvelteMap<string, number>();

  /** Whether a sentence can be seen beside a field now. */
  has(message: string): boolean {
    return (this.#shown.get(message) ?? 0) > 0;
  }

  /** A sentence stands in the form. Answers the way to tell that it is gone. */
  add(message: string): () => void {
    this.#shown.set(message, (this.#shown.get(message) ?? 0) + 1);
    return () => void this.#shown.set(message, (this.#shown.get(message) ?? 1) - 1);
  }
}

/** Lets the fields inside this component tell which sentences they show. */
export function gatherMessages(): Messages {
  return setContext(KEY, new Messages());
}

/** Tells the form around, if there is one, which sentence a field shows now; call it while a field is being set up. */
export function shows(message: () => string): void {
  const messages = getContext<Messages | undefined>(KEY);
  if (!messages) return;
  $effect(() => {
    const now = message();
    return now ? untrack(() => messages.add(now)) : undefined;
  });
}
