import type { PersonEntry } from "$ipc/generated/PersonEntry";
import { person as words } from "$strings/person";

/** What stands in the record now where it differs from what the form was opened with, in words. */
export function changesSince(before: PersonEntry, now: PersonEntry): string[] {
  return FIELDS.map(([label, read]) => [label, read(before), read(now)] as const)
    .filter(([, then, present]) => then !== present)
    .map(([label, , present]) => words.nowInRecord(label, present));
}

const date = ({ day, month, year }: PersonEntry["born"]) => [day, month, year].filter(Boolean).join(" ");

const FIELDS: [string, (entry: PersonEntry) => string][] = [
  [words.role, (entry) => words.roles[entry.role]],
  [words.familyName, (entry) => entry.familyName],
  [words.given, (entry) => (entry.givenAwaited ? words.givenAwaited : entry.given)],
  [words.preferredName, (entry) => entry.preferred],
  [words.sex, (entry) => (entry.sex ? words.sexes[entry.sex] : "")],
  [words.born, (entry) => date(entry.born)],
  [words.bornTime, (entry) => entry.bornTime],
  [words.due, (entry) => date(entry.due)],
  [words.birthOrder, (entry) => String(entry.birthOrder ?? "")],
  [words.numberLabel, (entry) => entry.number],
  [words.numberAbsent, (entry) => (entry.numberAbsent ? words.absences[entry.numberAbsent] : "")],
];
