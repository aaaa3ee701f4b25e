export const help = {
  title: (screen: string) => (screen ? `Help: ${screen}` : "Help"),
  close: "Close",
  thisScreen: "Keys for this screen",
  everywhere: "Keys that work everywhere",
  keys: [
    { caps: ["Ctrl", "K"], words: "find a family, a person, a note" },
    { caps: ["Ctrl", "N"], words: "new note for the open family or the selected row" },
    { caps: ["Ctrl", "S"], words: "save now; drafts are also saved as you type" },
    { caps: ["Ctrl", "Enter"], words: "the main action of the screen" },
    { caps: ["F6"], words: "next part of the window" },
    { caps: ["F8"], words: "cover the screen; any key uncovers it within a minute" },
    { caps: ["Ctrl", "L"], words: "lock" },
    { caps: ["Ctrl", "+"], words: "zoom in (Ctrl − zooms out, Ctrl 0 resets)" },
    { caps: ["Alt", "1"], words: "go to the first tab; Alt 2, 3, 4 for the others" },
    { caps: ["Ctrl", "1"], words: "go to the first tab of the open record; Ctrl 2 to 5 for the others" },
    { caps: ["Esc"], words: "close" },
    { caps: ["F1"], words: "this help" },
  ],
  purposeTitle: "What Attune is for",
  purpose:
    "Attune keeps the working case record of an infant mental health team: who the family are, each contact, concerns and plans. It shows what was written and works out ages and dates. It gives no diagnosis, no risk score and no advice on treatment; every decision is yours and your supervisor’s.",
  recordTitle: "Where the official record is",
  record:
    "Attune is used alongside your organisation’s official record and does not replace it. Anything that belongs there must be entered there as well, as your organisation’s policy says. In an emergency, act first, follow your safeguarding procedure, and write it up afterwards.",
  savedTitle: "What happens to what you type",
  saved:
    "Everything is kept on this laptop, encrypted, and works without a connection. A draft is saved within a second of your last key press, and nobody else can see it unless a service lead takes over an unsigned note, with a reason. A signed note cannot be changed; you can add details below it, or mark it as entered in error.",
};
