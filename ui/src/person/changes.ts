import type { PersonEntry } from "$ipc/generated/PersonEntry";
import { person as words } from "$strings/person";

const date = ({ day, month, year }: PersonEntry["born"]) => [day, month, year].filter(Boolean).join(" ");

/** What is told of a person where another has changed it meanwhile. */
export const LINES: [string, (entry: PersonEntry) => string][] = [
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
  [words.responsibility, (entry) => (entry.responsibility ? words.responsibilities[entry.responsibility] : "")],
  [words.needs, (entry) => entry.needs.map((need) => `${words.needKinds[need.kind]} ${need.detail}`.trim()).join(", ")],
  [words.numberAbsent, (entry) => (entry.numberAbsent ? words.absences[entry.numberAbsent] : "")],
];
