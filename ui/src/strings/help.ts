export const help = {
  title: (screen: string) => (screen ? `Help: ${screen}` : "Help"),
  close: "Close",
  thisScreen: "Keys of this screen",
  everywhere: "Keys everywhere",
  keys: [
    { caps: ["Ctrl", "K"], words: "find a family, a person, a note" },
    { caps: ["Ctrl", "N"], words: "new note for the open family or the chosen row" },
    { caps: ["Ctrl", "S"], words: "save now; drafts are also saved as you type" },
    { caps: ["Ctrl", "Enter"], words: "the main action of the screen" },
    { caps: ["F6"], words: "next part of the window" },
    { caps: ["F8"], words: "cover the screen; any key goes back within a minute" },
    { caps: ["Ctrl", "L"], words: "lock" },
    { caps: ["Ctrl", "+"], words: "larger; Ctrl and − smaller, Ctrl and 0 as usual" },
    { caps: ["Alt", "1"], words: "first main part; Alt and 2, 3, 4 the others" },
    { caps: ["Ctrl", "1"], words: "first part of the open record; Ctrl 2 to 5 for the others" },
    { caps: ["Esc"], words: "close" },
    { caps: ["F1"], words: "this help" },
  ],
  purposeTitle: "What Attune is for",
  purpose:
    "Attune keeps the working case record of an infant mental health team: who the family is, each contact, concerns and plans. It shows what was written and computes ages and dates. It gives no diagnosis, no score of risk and no advice on treatment; every decision is yours and your supervisor’s.",
  recordTitle: "Where the official record is",
  record:
    "Attune stands beside your organisation’s official record and does not replace it. What must stand there, you enter there too, as your organisation’s policy says. In an emergency act first, by your safeguarding procedure, and write afterwards.",
  savedTitle: "What happens to what you type",
  saved:
    "Everything is on this laptop, encrypted, and needs no connection. A draft is on disk within a second of the last key and is seen by nobody else. A signed note cannot be changed; you add details below it, or mark it as entered in error.",
};
