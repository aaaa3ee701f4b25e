/** Words of taking over an unsigned note that somebody else began. */
export const takeOver = {
  title: "Take over the note",
  what: "It becomes your unsigned note and leaves theirs. The record will say who began it.",
  why: "Why you are finishing it for them",
  whyHint: "This is kept in the record history",
  save: "Take it over",
};
