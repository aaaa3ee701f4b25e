/** Words of a death, or the end of a pregnancy: quiet, and no more than is needed. */
export const loss = {
  recordOf: (name: string) => `Record a loss: ${name}`,
  title: "Record a loss",
  text: "From then on nothing asks about this person. Ages, due dates and reminders stop. What is in the record stays.",
  kind: "What happened",
  choose: "Choose",
  on: "On which day",
  onHint: "Leave it blank if you do not know",
  save: "Record it",
  cancel: "Cancel",
  saved: "Recorded. Saved on this laptop.",
  before: (name: string) => `This note is about a time before ${name} died`,
};
