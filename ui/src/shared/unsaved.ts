import type { Autosave } from "./autosave.svelte";

/**
 * What was typed in forms that have been left and could not be put on disk. Each goes on trying by itself; the form
 * that is opened again takes it back. In memory only, for who typed it, until Attune locks.
 */
const left = new Map<string, Autosave<unknown>>();
let leaving: Promise<unknown> = Promise.resolve();

/** Saves a form that is being left, and keeps what could not be saved. Answers whether all of it is on disk. */
export function leave<Entry>(key: string, autosave: Autosave<Entry>): Promise<boolean> {
  const saved = autosave.flush().then(() => {
    if (autosave.state !== "failed") {
      autosave.close();
      return true;
    }
    left.set(key, autosave as Autosave<unknown>);
    return false;
  });
  leaving = Promise.allSettled([leaving, saved]);
  return saved;
}

/** Hands back what could not be saved, once; its form saves it from now on. */
export function takeBack<Entry>(key: string): Entry | null {
  const autosave = left.get(key) as Autosave<Entry> | undefined;
  left.delete(key);
  const unsaved = autosave?.state === "failed" || autosave?.state === "saving" ? autosave.typed() : null;
  autosave?.close();
  return unsaved;
}

/** Waits until forms that were left have been saved, so that none is read before its last words are in it. */
export async function settled(): Promise<void> {
  await leaving;
}

/** Forgets everything: when Attune locks. */
export function forgetUnsaved(): void {
  for (const autosave of left.values()) autosave.close();
  left.clear();
}
