import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AcePersonView } from "$ipc/generated/AcePersonView";
import type { AceView } from "$ipc/generated/AceView";
import type { FamilyId } from "$ipc/generated/FamilyId";
import { KeptForms } from "$form/testing";
import { MOMENT_MS } from "$shared/deliberate.svelte";
import { saving } from "$shared/saving.svelte";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: AceExposure } = await import("./AceExposure.svelte");

const choice = (code: string, words: string, key = "") => ({ code, words, key });
const view = {
  categories: [choice("violence_at_home", "Violence at home")],
  exposureAnswers: [
    choice("yes", "Yes, known", "Y"),
    choice("suspected", "Suspected", "S"),
    choice("not_known", "Not known", "K"),
  ],
  concerns: [choice("already_recorded", "Already recorded"), choice("new_concern", "New concern: I will write it now")],
} as unknown as AceView;
const infant = {
  person: "p1",
  name: "O’NEILL, Fiadh (infant)",
  whose: "O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q",
  entries: [],
} as unknown as AcePersonView;

const record = vi.fn(async () => ({}));
const moment = () => new Promise((done) => setTimeout(done, MOMENT_MS + 20));

beforeEach(() => {
  const core = new KeptForms();
  call.mockImplementation((command: string, request: object) => core.answer(command, request) ?? record());
});
afterEach(() => {
  cleanup();
  saving.end();
  record.mockClear();
  call.mockReset();
});

it.each(["y", "s"])("asks whether %s is a new concern, and saves nothing before it is said", async (key) => {
  const onrecorded = vi.fn();
  render(AceExposure, { family: "f1" as FamilyId, infant, view, onrecorded, onleave: vi.fn() });
  const row = await screen.findByRole("radiogroup", { name: "Violence at home" });
  await fireEvent.keyDown(row, { key: "k" });
  expect(screen.queryByText("Is this a new concern?")).toBeNull();

  await fireEvent.keyDown(row, { key });
  expect(screen.queryAllByRole("radio", { checked: true })).toHaveLength(1);
  await moment();
  await fireEvent.click(screen.getByText("Save what is known"));
  expect(await screen.findByText("Say whether this is a new concern.")).toBeTruthy();
  expect(record).not.toHaveBeenCalled();

  await fireEvent.click(screen.getByText(/I will write it now/));
  await moment();
  await fireEvent.click(screen.getByText("Save what is known"));
  await vi.waitFor(() =>
    expect(onrecorded).toHaveBeenCalledWith(expect.stringContaining("write the new concern"), true),
  );
});
