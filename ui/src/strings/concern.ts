export const concern = {
  title: "Safeguarding concern",
  told: "Told",
  action: "Immediate action:",
  answer: "Your answer as the second person",
  answerHint: "What you have read, what you agree with, what happens next.",
  save: "Save answer",
  answered: "Your answer is saved. The concern stays in the record.",
};
