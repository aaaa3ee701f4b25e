import type { ContactView } from "$ipc/generated/ContactView";

/** A signed note as plain text, to paste into the official record. The banner's identity is not in it: encompass has its own. */
export function plainText(note: ContactView, words: { safety: string }): string {
  const parts = [
    `${note.title} · ${note.date}, ${note.time}`.replace(/, $/, ""),
    note.who,
    ...note.sections.map(
      (section) => `${section.label}${section.interpretation ? " (interpretation)" : ""}\n${section.text}`,
    ),
    note.safety && `${words.safety}: ${note.safety}`,
    note.nextVisit,
    note.late,
    note.by,
    ...note.addenda.map((addendum) => `${addendum.words}\n${addendum.text}`),
  ];
  return parts.filter(Boolean).join("\n\n");
}
