import { summary as words } from "$strings/summary";

/** Prints the tables that are on the screen, by the button that does; nothing while there is none. */
export const printKey = {
  caps: ["Ctrl", "P"],
  words: words.keys.print,
  chord: "Ctrl+P",
  run: () => document.getElementById("release-print")?.click(),
};
