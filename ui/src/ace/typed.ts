/** What is typed during a sitting or about an infant, before it is saved. */
export type Typed = { answers: Record<string, string>; protective: string[]; words: string; concern: string };

export const blank = (): Typed => ({ answers: {}, protective: [], words: "", concern: "" });

/** The answers with one more, or one less. */
export function answered(answers: Typed["answers"], category: string, code: string | null): Typed["answers"] {
  const others = Object.entries(answers).filter(([other]) => other !== category);
  return Object.fromEntries(code ? [...others, [category, code]] : others);
}
