/** Letters as they are searched for: small, without accents. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/** The choices in which a word begins with the text: those that begin with it first, else in their own order. */
export function ranked<C extends { words: string }>(choices: C[], text: string): C[] {
  const wanted = fold(text);
  if (!wanted) return choices;
  const begins = choices.filter((choice) => fold(choice.words).startsWith(wanted));
  const within = choices.filter(
    (choice) => !begins.includes(choice) && ` ${fold(choice.words)}`.includes(` ${wanted}`),
  );
  return [...begins, ...within];
}
