import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { FamilyId } from "$ipc/generated/FamilyId";
import type { HarmView } from "$ipc/generated/HarmView";
import { KeptForms } from "$form/testing";
import { MOMENT_MS } from "$shared/deliberate.svelte";
import { saving } from "$shared/saving.svelte";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));
const shown = vi.hoisted(() => ({ asked: [] as unknown[] }));
vi.mock("$ipc/live.svelte", () => ({
  live: (_: string, request: () => unknown) => ({
    get value() {
      const asked = request();
      if (asked) shown.asked.push(asked);
      return asked ? view : null;
    },
    error: null,
  }),
}));

const { default: KnownHarm } = await import("./KnownHarm.svelte");

const view = {
  whose: "O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q",
  entries: [
    {
      id: "h1",
      about: "Conor (father or partner)",
      known: ["Harms others by violence or control"],
      words: "",
      learned: "Learned Sun 22-Nov-2026. Source: she told me",
      recorded: "Recorded by Niamh",
      inError: "",
      mayMarkInError: false,
    },
  ],
  people: [{ code: "p2", words: "Conor (father or partner)", key: "" }],
  others: [{ code: "not_recorded", words: "Somebody who is not in this record", key: "" }],
  kinds: [
    { code: "harmed", words: "Is harmed", key: "H" },
    { code: "harms", words: "Harms", key: "A" },
  ],
} as unknown as HarmView;

const record = vi.fn(async () => ({ id: "h2", words: "Saved." }));
let core = new KeptForms();
beforeEach(() => {
  core = new KeptForms();
  shown.asked = [];
  call.mockImplementation((command: string, request: object) => core.answer(command, request) ?? record());
});
afterEach(() => {
  cleanup();
  saving.end();
  record.mockClear();
  call.mockReset();
});

it("names nobody, and asks the core for nothing, before it is asked for", async () => {
  render(KnownHarm, { family: "f1" as FamilyId });
  expect(document.body.textContent).not.toContain("Conor");
  expect(shown.asked).toEqual([]);
  await fireEvent.click(screen.getByText("Show what is recorded"));
  expect(await screen.findByText("Conor (father or partner)")).toBeTruthy();
  await fireEvent.click(screen.getByText("Close"));
  expect(document.body.textContent).not.toContain("Conor");
});

it("comes back as it was typed, and sends who it is and all that is known of them", async () => {
  const entry = { who: "p2", known: [], words: "", learnedOn: "", source: "" };
  core.kept.set("harm f1 ", JSON.stringify({ entry, seen: 0, act: "a1", base: { ...entry, who: "" } }));
  render(KnownHarm, { family: "f1" as FamilyId });
  await fireEvent.click(screen.getByText("Show what is recorded"));
  await fireEvent.click(await screen.findByText("Record what is known"));
  expect(await screen.findByLabelText("Who this is about")).toBeTruthy();
  await fireEvent.click(screen.getByText("Is harmed"));
  await fireEvent.click(screen.getByText("Harms"));
  await new Promise((done) => setTimeout(done, MOMENT_MS + 20));
  await fireEvent.click(screen.getByText("Save for the team"));
  await vi.waitFor(() => expect(record).toHaveBeenCalled());
  const sent = call.mock.calls.find(([command]) => command === "record_harm")?.[1];
  expect(sent).toMatchObject({ who: "person", person: "p2", known: ["harmed", "harms"] });
});
