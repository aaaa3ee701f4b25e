/** What was typed on a screen that was left before it was saved: in memory only, until `forgetUnsaved`. */
const kept = new Map<string, unknown>();

/** Keeps what was typed. */
export function keepUnsaved(key: string, typed: unknown): void {
  kept.set(key, typed);
}

/** Whether something is kept. */
export function hasUnsaved(key: string): boolean {
  return kept.has(key);
}

/** Hands back what was kept, once. */
export function takeUnsaved<Typed>(key: string): Typed | null {
  const typed = kept.get(key) as Typed | undefined;
  kept.delete(key);
  return typed ?? null;
}

/** Forgets everything: when Attune locks. */
export function forgetUnsaved(): void {
  kept.clear();
}
