export const concern = {
  title: "Safeguarding concern",
  told: "Told",
  action: "Immediate action:",
  answer: "Your answer as the second person",
  answerHint: "What was decided and why, and what happens next.",
  save: "Save answer",
  answered: "Your answer is saved. The concern stays in the record.",
};
