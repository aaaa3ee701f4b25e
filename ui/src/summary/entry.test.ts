import { expect, test } from "vitest";
import { blank, goesOutside } from "./entry";

test("what others than the team may use goes outside, whoever gets it", () => {
  const entry = (to: "team" | "outside", licence: "" | "team_only" | "recipient_only") => ({ ...blank(), to, licence });
  expect(goesOutside(entry("team", ""))).toBe(false);
  expect(goesOutside(entry("team", "team_only"))).toBe(false);
  expect(goesOutside(entry("team", "recipient_only"))).toBe(true);
  expect(goesOutside(entry("outside", ""))).toBe(true);
});
