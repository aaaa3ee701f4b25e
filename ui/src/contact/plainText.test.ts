import { expect, it } from "vitest";
import type { ContactView } from "$ipc/generated/ContactView";
import { plainText } from "./plainText";

const section = (label: string, text: string, copied = true) => ({ label, text, interpretation: false, copied });
const note = {
  identity: "O’NEILL, Fiadh · born 11-Oct-2026 · H&C No. 999 123 4567",
  inError: "Entered in error: wrong family. Marked by Niamh, Mon 23-Nov-2026, 16:10",
  title: "Home visit, 65min",
  date: "Thu 19-Nov-2026",
  time: "14:00 to 15:05",
  who: "Fiadh (awake), Aunt Philomena",
  whoCopied: "Fiadh (awake)",
  sections: [section("What I saw", "Long looks."), section("For supervision", "I was tired.", false)],
  safety: "No new concern",
  nextVisit: "",
  late: "",
  by: "By you, signed 16:02 · The Trust",
  byCopied: "By Niamh, signed 16:02 · The Trust",
  addenda: [
    {
      words: "More details added by you",
      wordsCopied: "More details added by Niamh",
      inError: "Entered in error: of another",
      text: "Granny came.",
    },
  ],
} as unknown as ContactView;

it("copies whose it is first, that it was entered in error, and nothing that stays out", () => {
  const text = plainText(note, { safety: "Safety" });
  expect(text.split("\n\n").slice(0, 2)).toEqual([note.identity, note.inError]);
  for (const kept of [
    "Long looks.",
    "By Niamh, signed",
    "added by Niamh",
    "Fiadh (awake)",
    "Entered in error: of another",
  ])
    expect(text).toContain(kept);
  for (const out of ["I was tired.", "Philomena", "you"]) expect(text).not.toContain(out);
});
