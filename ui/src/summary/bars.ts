import type { FiguresLine } from "$ipc/generated/FiguresLine";
import type { FiguresTable } from "$ipc/generated/FiguresTable";
import { summary as words } from "$strings/summary";

/** The largest number that is shown of any line but the last, which is the total: no hidden number has a part in it. */
export function longest(lines: FiguresLine[]): number {
  return Math.max(0, ...lines.slice(0, -1).map((line) => line.cells.at(-1)?.shown ?? 0));
}

/** A table as text with tabs, for a spreadsheet or a letter: only what is shown, and the mark. */
export function asText(table: FiguresTable): string {
  const cell = (shown: number | null, hidden: boolean) => (hidden ? words.hidden : (shown ?? "").toString());
  const head = table.columns.length ? [["", ...table.columns, words.total]] : [];
  const lines = table.lines.map((line) => [line.label, ...line.cells.map((one) => cell(one.shown, one.hidden))]);
  return [[table.title], ...head, ...lines, [words.hiddenShort]].map((row) => row.join("\t")).join("\n");
}
