/** Words of covering the families of somebody who is away. */
export const cover = {
  away: "Arrange cover",
  formTitle: (name: string) => `${name} is away`,
  text: "Who covers becomes key worker of all their open families, and they cannot open these until you give them back. On the last day the cover comes to your Today; it lasts until you end it.",
  who: "Who covers",
  choose: "Choose who covers",
  until: "Until",
  untilHint: "A day after today.",
  reason: "Why",
  reasonHint: "It goes into the record of each family. “On leave” is enough: nothing about their health.",
  save: "Give the families to who covers",
  cancel: "Cancel",
  lasting: "Covered for now",
  over: "Cover that has ended, or ends today",
  giveBack: "Give back",
  reading: "Reading who covers…",
};
