import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it } from "vitest";
import PhraseArea from "./PhraseArea.svelte";

const phrases = [
  { name: "cue", text: "*** noticed ***." },
  { name: "cuddle", text: "Held close." },
];
let area: HTMLTextAreaElement;

beforeEach(() => {
  render(PhraseArea, { id: "saw", phrases, listLabel: "Phrases" });
  area = screen.getByRole("textbox");
  area.focus();
});
afterEach(cleanup);

async function type(text: string) {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  await fireEvent.input(area);
}
const press = (key: string) => fireEvent.keyDown(area, { key });
const blank = () => [area.selectionStart, area.selectionEnd];

it("lists the phrases that begin with the letters after the dot", async () => {
  await type("Fed. .cu");
  expect(screen.getAllByRole("option").map((option) => option.textContent?.trim().split(/\s/)[0])).toEqual([
    ".cue",
    ".cuddle",
  ]);
  await type("e");
  expect(screen.getAllByRole("option")).toHaveLength(1);
});

it("puts the phrase in on Space, with the space", async () => {
  await type("Fi .cue");
  await press(" ");
  expect(area.value).toBe("Fi *** noticed ***. ");
  expect(screen.queryByRole("option")).toBeNull();
});

it.each(["Enter", "Tab"])("takes the highlighted phrase on %s", async (key) => {
  await type(".cu");
  await press("ArrowDown");
  await press(key);
  expect(area.value).toBe("Held close.");
});

it("leaves a full stop, a web address and an unknown name alone", async () => {
  await type("Slept.cue");
  await press(" ");
  expect(area.value).toBe("Slept.cue");
  await type(" .zzz");
  await press(" ");
  await press("Enter");
  expect(area.value).toBe("Slept.cue .zzz");
});

it("does not take a half-typed name on Space, and closes on Escape", async () => {
  await type(".cu");
  await press(" ");
  expect(area.value).toBe(".cu");
  await press("Escape");
  expect(screen.queryByRole("option")).toBeNull();
});

it("F2 selects the next blank, and goes round", async () => {
  await type(".cue");
  await press(" ");
  await press("F2");
  expect(blank()).toEqual([0, 3]);
  await type("Róisín");
  await press("F2");
  expect(area.value.slice(...(blank() as [number, number]))).toBe("***");
  await type("tired eyes");
  expect(area.value).toBe("Róisín noticed tired eyes. ");
  await press("F2");
  expect(blank()[0]).toBe(blank()[1]);
});
