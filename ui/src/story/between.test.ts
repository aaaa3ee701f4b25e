import { expect, test } from "vitest";
import { between, dayIn } from "./between";

const contact = (date: string) => ({ date });
const placement = (since: string) => ({ since });
const told = (read: boolean) =>
  between(
    [contact("Thu 19-Nov-2026"), contact("Mon 02-Nov-2026"), contact("Wed 28-Oct-2026")],
    [placement("Since Thu 19-Nov-2026"), placement("Since Sun 01-Nov-2026"), placement("Since Fri 02-Oct-2026")],
    read,
  ).map((one) => ("contact" in one ? one.contact.date : one.placement.since));

test("reads the day out of words", () => {
  expect(dayIn("Since Mon 02-Nov-2026")).toEqual({ at: Date.UTC(2026, 10, 2), date: "Mon 02-Nov-2026", longDate: "Monday 2 November 2026" });
  expect(dayIn("Not recorded")).toBeNull();
});

test("puts placements between the contacts, above those of the same day", () => {
  expect(told(true)).toEqual([
    "Since Thu 19-Nov-2026",
    "Thu 19-Nov-2026",
    "Mon 02-Nov-2026",
    "Since Sun 01-Nov-2026",
    "Wed 28-Oct-2026",
    "Since Fri 02-Oct-2026",
  ]);
});

test("keeps a placement back that belongs below contacts not read yet", () => {
  expect(told(false)).not.toContain("Since Fri 02-Oct-2026");
});
