import type { ConcernEntry } from "$ipc/generated/ConcernEntry";
import type { PersonId } from "$ipc/generated/PersonId";

/** What is typed during a sitting, before it is saved. */
export type Typed = { answers: Record<string, string>; protective: string[]; words: string };

export const blank = (): Typed => ({ answers: {}, protective: [], words: "" });

/** What is typed about an infant: what is known, and what it means for safety now. */
export type Known = {
  answers: Typed["answers"];
  words: string;
  safety: string;
  earlier: string[];
  because: string;
  concern: ConcernEntry;
};

/** A concern that comes of it is about this infant, whoever else. */
export const nothingKnown = (infant: PersonId): Known => ({
  answers: {},
  words: "",
  safety: "",
  earlier: [],
  because: "",
  concern: {
    children: [infant],
    danger: null,
    what: "",
    toldWhom: "",
    toldWhen: "",
    action: "",
    police: null,
    policeWhyNot: "",
    parent: null,
    parentWhyNot: "",
  },
});

/** The answers with one more, or one less. */
export function answered(answers: Typed["answers"], category: string, code: string | null): Typed["answers"] {
  const others = Object.entries(answers).filter(([other]) => other !== category);
  return Object.fromEntries(code ? [...others, [category, code]] : others);
}
