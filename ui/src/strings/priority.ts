/** Words of the priority groups. Titles, definitions, questions and answers come from the core. */
export const priority = {
  screen: "Priority groups",
  reading: "Reading the priority groups…",
  again: "Try again",
  what: "For eligibility and equality monitoring. Each answer stands alone; nothing is added up. “Not asked” does not mean “no”.",
  ace: "ACE conversation",
  derived: "Worked out from the dates",
  safeToAsk:
    "Ask only when it is safe to talk: never with a partner, ex-partner or relative within hearing. Record who is harmed and who harms at the end of this screen, for the team only.",
  notRecorded: (words: string) => `${words} yet`,
  when: "When",
  source: "Source",
  saveSource: "Save",
  sourceHint: "For example: told by the mother, referral letter",
  saved: "Answer saved on this laptop.",
  keys: { answer: "answer", move: "next, previous question", next: "next" },
};
