/** The last thing done, in words: one at a time, read out politely. */
export const status = $state<{ words: string; turn: number }>({ words: "", turn: 0 });

export function say(words: string): void {
  status.words = words;
  status.turn += 1;
}
