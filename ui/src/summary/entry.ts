import type { FiguresView } from "$ipc/generated/FiguresView";
import type { Licence } from "$ipc/generated/Licence";
import type { TableAsked } from "$ipc/generated/TableAsked";
import type { TableChoice } from "$ipc/generated/TableChoice";

/** The steps after that of the period, by their number. */
export type OpenStep = 2 | 3 | 4 | 5;

/** What a table is asked for in: the number of a banding, or that it is left out. */
export type Asked = string;

/** Instead of a banding: the table is left out. */
export const OUT = "out";

/** What is chosen and typed on the way to a release. */
export type ReleaseEntry = {
  step: OpenStep;
  /** By table; one that is not named is as the plan has it. */
  tables: Record<string, Asked>;
  to: "" | "team" | "outside";
  recipient: string;
  reason: string;
  licence: Licence | "";
  expiresOn: string;
};

export const blank = (): ReleaseEntry => ({
  step: 2,
  tables: {},
  to: "",
  recipient: "",
  reason: "",
  licence: "",
  expiresOn: "",
});

/** How the plan has a table. */
export const planned = (table: TableChoice): Asked => (table.planned === null ? OUT : String(table.planned));

/** How each table is asked for now. */
export function asked(choices: TableChoice[], chosen: Record<string, Asked>): TableAsked[] {
  return choices.map((table) => {
    const how = chosen[table.name] ?? planned(table);
    return { name: table.name, banding: how === OUT ? null : Number(how) };
  });
}

/** What may be done with it: as chosen, else what is usual for who gets it. */
export const licenceOf = (entry: ReleaseEntry): Licence =>
  entry.licence || (entry.to === "outside" ? "recipient_only" : "team_only");

/** Whether it goes to somebody outside the team, by who gets it or by what they may do with it. */
export const goesOutside = (entry: ReleaseEntry): boolean => entry.to === "outside" || licenceOf(entry) !== "team_only";

/** What was shown in the preview, and of which tables. */
export type Seen = { of: string; figures: FiguresView };
