import type { FiguresTable } from "$ipc/generated/FiguresTable";
import type { FiguresView } from "$ipc/generated/FiguresView";
import type { ReleaseFigures } from "$ipc/generated/ReleaseFigures";
import type { ReleaseView } from "$ipc/generated/ReleaseView";
import type { SummaryView } from "$ipc/generated/SummaryView";
import type { TableChoice } from "$ipc/generated/TableChoice";

/** For tests: what the core answers about figures and releases. */

const shown = (count: number) => ({ shown: count, hidden: false });
const hidden = { shown: null, hidden: true };

export const byAge: FiguresTable = {
  name: "caseload_by_age",
  title: "Open caseload by infant’s age",
  unit: "infants",
  note: "Infants of families with an open episode.",
  banding: 0,
  columns: [],
  lines: [
    { label: "0–5 months", cells: [shown(10)] },
    { label: "6–11 months", cells: [hidden] },
    { label: "12–23 months", cells: [shown(5)] },
    { label: "24–35 months", cells: [hidden] },
    { label: "Total", cells: [shown(25)] },
  ],
  withheld: "",
  cause: "",
  advice: [],
  hidden: "2 of 5 numbers are hidden",
};

export const contacts: FiguresTable = {
  ...byAge,
  name: "contacts",
  title: "Contacts by kind and outcome",
  unit: "contacts",
  columns: ["Attended", "Was not brought"],
  lines: [
    { label: "Home visit", cells: [shown(40), hidden, shown(45)] },
    { label: "Clinic", cells: [shown(20), hidden, shown(25)] },
    { label: "Total", cells: [shown(60), shown(10), shown(70)] },
  ],
};

export const byStep: FiguresTable = {
  ...byAge,
  name: "caseload_by_step",
  title: "Open caseload by step",
  unit: "families",
  lines: [],
  withheld: "This table is not shown.",
  cause: "Step 4 could be worked out beside April to June 2026.",
  advice: [
    { banding: 1, words: "Put steps 4 and 5 together", loss: "2 of 5 numbers would be hidden" },
    { banding: 2, words: "Put steps 1 and 2 together too", loss: "1 of 4 numbers would be hidden" },
  ],
  hidden: "",
};

const choice = (table: FiguresTable, says: string[]): TableChoice => ({
  name: table.name,
  title: table.title,
  unit: table.unit,
  note: table.note,
  bandings: says.map((words, banding) => ({ banding, words, lines: [`${words} 1`, `${words} 2`], could: "" })),
  planned: 0,
});

export const release: ReleaseView = {
  id: "01936f00-0000-7000-8000-000000000001" as ReleaseView["id"],
  period: "2026-Q3",
  words: "July to September 2026",
  state: "sealed",
  who: "Released Mon 23-Nov-2026, 16:10 by Dara (Data manager)",
  why: "For the commissioner",
  recipient: "The team itself",
  outside: false,
  licence: "For the team itself; it does not leave the service",
  expires: "",
  second: "",
  mayAnswer: false,
  mayTakeBack: false,
  corrects: "",
  corrected: "",
  withdrawn: "",
  incident: "",
  frame: "Counted from the record as it was on Mon 23-Nov-2026, 16:00 (Dara)",
  rule: "Numbers below 5 are hidden.",
  tables: ["Open caseload by infant’s age"],
  proofs: [{ name: "Outsider", hash: "cc33" }],
  sealed: [
    { name: "attune-summary-2026-Q3.csv", hash: "aa11" },
    { name: "attune-summary-2026-Q3.html", hash: "bb22" },
  ],
  head: "dd44",
  files: [],
  notSaved: "",
};

export const waiting: ReleaseView = {
  ...release,
  state: "waits",
  who: "Asked for Mon 23-Nov-2026, 16:10 by Dara (Data manager)",
  recipient: "Outside the team: SPPG",
  outside: true,
  sealed: [],
};

const period = (code: string, words: string, year = false) => ({
  period: code,
  words,
  year,
  notComplete: "",
  released: false,
});

export const view: SummaryView = {
  periods: [
    period("2026-Q3", "July to September 2026"),
    { ...period("2026-Q2", "April to June 2026"), released: true },
    { ...period("2026-Q4", "October to December 2026"), notComplete: "That period has not ended." },
    period("2025-26", "April 2025 to March 2026", true),
  ],
  period: "2026-Q3",
  words: "July to September 2026",
  tables: [
    choice(byAge, ["As it is", "Put 12–35 months together"]),
    choice(byStep, ["As it is", "Put steps 4 and 5 together", "Put steps 1 and 2 together too"]),
  ],
  figures: null,
  frame: "",
  mayMakeAnew: false,
  notYet: "",
  ready: "",
  seat: { here: true, mayTake: false, mayLeave: false, words: "", said: "" },
  waits: [],
  waiting: null,
  released: null,
  leftElsewhere: "",
  checklist: ["No names", "No free text"],
  rule: "Numbers below 5 are hidden.",
  licences: [
    { code: "team_only", words: "For the team itself", key: "" },
    { code: "recipient_only", words: "For the recipient only", key: "" },
  ],
  folder: "/home/dara/returns",
};

export const figures = (tables: FiguresTable[]): FiguresView => ({
  period: "2026-Q3",
  words: "July to September 2026",
  who: "Looked at Mon 23-Nov-2026, 16:00 by Dara (Data manager)",
  rule: "Numbers below 5 are hidden.",
  tables,
});

/** A release as it is read, by a second person or by whoever copies its tables. */
export const reads = (more: Partial<ReleaseView>, tables: FiguresTable[] = [byAge]): ReleaseFigures => ({
  release: { ...waiting, ...more },
  figures: figures(tables),
  checklist: view.checklist,
  leftOut: ["Contacts by kind and outcome"],
});

/** As a browser tells of a choice: the option first, then the list. The page of the tests knows no chosen option itself. */
export function chooses(id: string, code: string): void {
  const list = document.getElementById(id) as HTMLSelectElement;
  const find = list.querySelector.bind(list);
  const chosen = [...list.options].find((option) => option.value === code) ?? null;
  list.querySelector = ((what: string) => (what === ":checked" ? chosen : find(what))) as typeof list.querySelector;
  list.value = code;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}
