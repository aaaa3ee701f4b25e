import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Found } from "$ipc/generated/Found";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

import FindPalette from "./FindPalette.svelte";

const hit = (name: string) => ({ family: name, contact: null, name, detail: "" }) as unknown as Found;
const answer = (...names: string[]) => ({
  people: names.map(hit),
  morePeople: 0,
  notes: [],
  moreNotes: 0,
  empty: "Nothing found.",
});
const pause = () => vi.advanceTimersByTimeAsync(200);
const input = () => screen.getByRole("combobox");
const type = (value: string) => fireEvent.input(input(), { target: { value } });
const press = (key: string) => fireEvent.keyDown(input(), { key });
const chosen = () => screen.queryAllByRole("option", { selected: true }).map((option) => option.textContent);

let onfound = vi.fn<(found: Found) => void>();

beforeEach(() => {
  vi.useFakeTimers();
  onfound = vi.fn();
  call.mockImplementation((_: string, { query }: { query: string }) =>
    Promise.resolve(answer(`First of ${query}`, `Second of ${query}`)),
  );
  render(FindPalette, { open: true, actions: [], onfound });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("opens with Enter the first row of what is typed now, once it is there, and never one of older words", async () => {
  await type("ama");
  await pause();
  expect(chosen()).toEqual(["First of ama"]);

  await type("amara");
  expect(chosen(), "a row of older words is not chosen").toEqual([]);
  expect(input().getAttribute("aria-activedescendant")).toBeNull();
  await press("Enter");
  expect(onfound).not.toHaveBeenCalled();
  await pause();
  expect(onfound.mock.calls).toEqual([[hit("First of amara")]]);
});

it("forgets Enter when more is typed after it", async () => {
  await type("ama");
  await press("Enter");
  await type("amara");
  await pause();
  expect(onfound).not.toHaveBeenCalled();
  expect(chosen()).toEqual(["First of amara"]);
});

it("moves by arrow in the answer of what is typed now", async () => {
  await type("ama");
  await press("ArrowDown");
  await pause();
  expect(chosen()).toEqual(["First of ama"]);
  await press("ArrowDown");
  await press("Enter");
  expect(onfound.mock.calls).toEqual([[hit("Second of ama")]]);
});
