import { expect, it } from "vitest";
import { texts } from "./texts";

const kept = (entry: unknown) => JSON.stringify({ entry, seen: 3, act: "a", base: { answer: "" } });

it("tells what was written, in the order of the form, and nothing of choices and ids", () => {
  const entry = {
    kind: "home_visit",
    person: "01936f00-0000-7000-8000-00000000dead",
    answer: " Read; I agree.\nA joint visit. ",
    inside: { words: ["two words", "Granny", "one"], blank: "  " },
    step: 4,
  };
  expect(texts(kept(entry))).toEqual(["Read; I agree.\nA joint visit.", "two words", "Granny"]);
});

it("has nothing to tell where nothing was written", () => {
  expect(texts(null)).toEqual([]);
  expect(texts(kept({ step: 2, indicators: ["isolation"] }))).toEqual([]);
});
