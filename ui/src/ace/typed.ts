import { session } from "$ipc/session.svelte";

/** What is typed during a sitting or about an infant, before it is saved. */
export type Typed = { answers: Record<string, string>; protective: string[]; words: string; concern: string };

export const blank = (): Typed => ({ answers: {}, protective: [], words: "", concern: "" });

/** Whether anything was typed at all. */
export function isBlank(typed: Typed): boolean {
  return !Object.keys(typed.answers).length && !typed.protective.length && !typed.words.trim();
}

/** Under what it is kept when the screen is left: for its author and person alone. */
export const keptAs = (person: string) => `ace ${session.current?.user.id ?? ""} ${person}`;
