import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
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
} as unknown as AceView;
const infant = {
  person: "p1",
  name: "O’NEILL, Fiadh (infant)",
  whose: "O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q",
  entries: [],
  safety: [choice("new_concern", "New concern"), choice("no_concern", "Known, no safety concern")],
  earlier: [],
} as unknown as AcePersonView;
const panel = createRawSnippet(() => ({ render: () => "<p>What a concern needs</p>" })) as never;

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

it.each(["y", "s"])("asks what %s means for safety, and saves nothing before it is said", async (key) => {
  const onrecorded = vi.fn();
  render(AceExposure, { family: "f1" as FamilyId, infant, view, panel, onrecorded, onleave: vi.fn() });
  const row = await screen.findByRole("radiogroup", { name: "Violence at home" });
  await fireEvent.keyDown(row, { key: "k" });
  expect(screen.queryByText("What does this mean for the infant’s safety now?")).toBeNull();

  await fireEvent.keyDown(row, { key });
  expect(screen.queryAllByRole("radio", { checked: true })).toHaveLength(1);
  await moment();
  await fireEvent.click(screen.getByText("Save what is known"));
  expect(await screen.findByText("Say what it means for the infant’s safety now.")).toBeTruthy();
  expect(record).not.toHaveBeenCalled();

  expect(screen.queryByText("What a concern needs")).toBeNull();
  await fireEvent.click(screen.getByText("New concern"));
  expect(screen.getByText("What a concern needs")).toBeTruthy();
  await moment();
  await fireEvent.click(screen.getByText("Save, and open the concern"));
  await vi.waitFor(() => expect(onrecorded).toHaveBeenCalledWith(expect.stringContaining("The concern is open")));
  const sent = call.mock.calls.find(([command]) => command === "record_exposure")?.[1];
  expect(sent).toMatchObject({ safety: "new_concern", concern: { children: ["p1"], what: "" } });
});

it("keeps a concern that was refused as it was typed, and says what is missing once", async () => {
  record.mockRejectedValueOnce({ code: "ace_no_because", message: "Say why there is no concern.", field: "because" });
  render(AceExposure, { family: "f1" as FamilyId, infant, view, panel, onrecorded: vi.fn(), onleave: vi.fn() });
  const row = await screen.findByRole("radiogroup", { name: "Violence at home" });
  await fireEvent.keyDown(row, { key: "y" });
  await fireEvent.click(screen.getByText("Known, no safety concern"));
  const why = screen.getByLabelText("Known, no safety concern, because");
  await fireEvent.input(why, { target: { value: "He left" } });
  await moment();
  await fireEvent.click(screen.getByText("Save what is known"));
  expect(await screen.findAllByText("Say why there is no concern.")).toHaveLength(1);
  expect((why as HTMLTextAreaElement).value).toBe("He left");
});
