import { session } from "$ipc/session.svelte";

/** Texts that could not be saved when their screen was left, until Attune is closed; each only for its author. */
const kept = new Map<string, unknown>();
let saving: Promise<unknown> = Promise.resolve();

const keyOf = (episode: string) => `${session.current?.user.id ?? ""} ${episode}`;

/** Keeps what could not be saved. */
export function keep(episode: string, entry: unknown): void {
  kept.set(keyOf(episode), entry);
}

/** Hands back what was kept, once. */
export function takeKept<Entry>(episode: string): Entry | null {
  const entry = kept.get(keyOf(episode)) as Entry | undefined;
  kept.delete(keyOf(episode));
  return entry ?? null;
}

/** Notes that a screen is saving as it goes. */
export function savingOnLeave(work: Promise<unknown>): void {
  saving = Promise.allSettled([saving, work]);
}

/** Waits until screens that were left have saved, so that a draft is never read before its last words are in it. */
export async function savedOnLeave(): Promise<void> {
  await saving;
}
