/** Words of the ACE screen. The purpose, the categories, the answers and the caption come from the core. */
export const ace = {
  screen: "ACE conversation",
  reading: "Reading…",
  again: "Try again",
  notYours:
    "This conversation is open only to the family’s key worker and therapist, and to the service lead. The rest of the record is in its usual place.",
  toScreening: "Back to the priority groups",
  purpose: "Say this first",
  noPrint: "This screen cannot be printed.",

  childhood: "A parent’s own childhood",
  childhoodWhat:
    "To understand the parent’s story. Each parent’s answers are kept separately and are not shown to the other parent.",
  exposure: "The infant’s exposure now",
  exposureWhat:
    "To protect the infant and to plan: what we see, what records say and what parents tell us, since conception.",
  noParents: "No parent or carer in the record yet.",
  noInfants: "No infant in the record yet.",
  noneYet: "No conversation recorded.",
  nothingYet: "Nothing recorded.",
  begin: "Begin",
  goOn: "Continue (not saved yet)",
  record: "Record what is known",
  whose: (name: string) => `, ${name}`,

  protective: "What helped",
  protectiveHint: "At the time",
  noProtective: "No protective experiences recorded.",
  words: "In words",

  before: (name: string) => `Before you begin with ${name}`,
  wants: (name: string) => `I have explained what this is for and that it is voluntary, and ${name} has agreed to talk`,
  alone: "No partner or relative can hear us, and it is safe to talk",
  wantsFirst: "First explain what this is for and that it is voluntary. If the parent would rather not, record that.",
  aloneFirst: "First make sure that no partner or relative can hear you and that it is safe to talk.",
  start: "Begin the conversation",
  ratherNot: "Would rather not",
  weDidNot: "We did not offer it",
  back: "Back",

  sitting: (name: string) => `${name}: before the age of 18`,
  sittingHint: "Ask in your own words. Anything left blank counts as “not asked”.",
  notSaved: "Only you can see this until you save it.",
  theirWords: "In the parent’s words",
  theirWordsHint: "Optional",
  save: "Save the conversation",
  cancel: "Cancel",
  recorded: "Conversation recorded. Saved on this laptop.",

  declined: {
    title: (name: string) => `${name} chose not to`,
    what: "This does not change the support the family gets.",
    words: "Why, if they said",
    hint: "Optional",
    save: "Record that they chose not to",
    recorded: "Recorded that they chose not to. Saved on this laptop.",
  },
  notOffered: {
    title: (name: string) => `Not offered to ${name}`,
    what: "If it was not the right time or place, say so. It can be offered another day.",
    words: "Why it was not offered",
    hint: "For example: someone else was in the room",
    save: "Record that it was not offered",
    recorded: "Recorded that it was not offered. Saved on this laptop.",
  },

  known: (name: string) => `${name}: exposure now`,
  knownHint: "Since conception. Anything left blank counts as “not looked at”. “Not known” does not mean “no”.",
  knownWords: "What is known, and how we know",
  concern: "Is this a new concern?",
  concernHint: "You have recorded something known or suspected. Choose one.",
  concernFirst: "Say whether this is a new concern.",
  saveExposure: "Save what is known",
  exposureRecorded: "Saved on this laptop.",
  exposureConcern: "Saved on this laptop. Now write the new concern in a note.",

  keys: { answer: "answer", clear: "clear", save: "save", next: "next question" },
};
