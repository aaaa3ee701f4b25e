/** The last thing that happened, in words: one at a time, read out politely. */
export const status = $state<{ words: string; good: boolean; turn: number }>({ words: "", good: true, turn: 0 });

/** Something was done. */
export function say(words: string): void {
  tell(words, true);
}

/** Something was not done, or not saved. */
export function warn(words: string): void {
  tell(words, false);
}

/** Another screen opens: what was done on the one before is not said over it; what is not saved is. */
export function pass(): void {
  if (status.good) status.words = "";
}

function tell(words: string, good: boolean): void {
  status.words = words;
  status.good = good;
  status.turn += 1;
}
