import { expect, test } from "vitest";
import { chord } from "./keys";

const key = ({ altGraph = false, ...pressed }: Partial<KeyboardEvent> & { altGraph?: boolean }) =>
  chord({ getModifierState: () => altGraph, ...pressed } as unknown as KeyboardEvent);

test("names chords as people read them", () => {
  expect(key({ key: "k", ctrlKey: true })).toBe("Ctrl+K");
  expect(key({ key: "Enter", ctrlKey: true })).toBe("Ctrl+Enter");
  expect(key({ key: "1", code: "Digit1", altKey: true })).toBe("Alt+1");
  expect(key({ key: "F8" })).toBe("F8");
  expect(key({ key: "j" })).toBe("j");
});

test("never takes the keys that type á é í ó ú", () => {
  expect(key({ key: "á", ctrlKey: true, altKey: true })).toBe("");
  expect(key({ key: "é", altGraph: true })).toBe("");
});
