export const concern = {
  title: "Safeguarding concern",
  told: "Told",
  action: "Done at once",
  answer: "Your answer as second person",
  answerHint: "What you have read, what you agree with, what happens next.",
  save: "Answer",
  answered: "Your answer is saved. The concern stays in the record.",
};
