export const concern = {
  title: "Safeguarding concern",
  told: "Told",
  action: "Immediate action:",
  decision: "Your decision as the second person",
  choose: "Choose",
  answer: "Why",
  answerHint: "And what happens next.",
  save: "Save answer",
  answered: "Your answer is saved. The concern stays in the record.",
};
