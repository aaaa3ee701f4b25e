import type { ContactView } from "$ipc/generated/ContactView";

/**
 * A signed note as plain text, to paste into the official record, where the parent may read it: of whom it is first,
 * whether it was entered in error, and without what the core says stays out of a copy.
 */
export function plainText(note: ContactView, words: { safety: string }): string {
  const parts = [
    note.identity,
    note.inError,
    `${note.title} · ${note.date}, ${note.time}`.replace(/, $/, ""),
    note.whoCopied,
    ...note.sections.filter((section) => section.copied).map((section) => `${section.label}\n${section.text}`),
    note.safety && `${words.safety}: ${note.safety}`,
    note.nextVisit,
    note.late,
    note.byCopied,
    ...note.addenda.map((addendum) =>
      [addendum.wordsCopied, addendum.inError, addendum.text].filter(Boolean).join("\n"),
    ),
  ];
  return parts.filter(Boolean).join("\n\n");
}
