import { cleanup, fireEvent, render } from "@testing-library/svelte";
import type { Component } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { KeptForms } from "$form/testing";
import type { FamilyId } from "$ipc/generated/FamilyId";
import type { HarmView } from "$ipc/generated/HarmView";
import type { PersonView } from "$ipc/generated/PersonView";
import { MOMENT_MS } from "$shared/deliberate.svelte";
import { saving } from "$shared/saving.svelte";
import { forgetUnsaved } from "$shared/unsaved";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: SetFlag } = await import("../family/SetFlag.svelte");
const { default: RecordLoss } = await import("../loss/RecordLoss.svelte");
const { default: HarmForm } = await import("../harm/HarmForm.svelte");
const { default: PlaceForm } = await import("../placement/PlaceForm.svelte");

const family = "f1" as FamilyId;
const person = { id: "p1", name: "O’NEILL, Fiadh", losses: [] } as unknown as PersonView;
const step = { step: 3, name: "", definition: "", services: "", reviewWeeks: 6, indicators: [] };
const harm = { whose: "", entries: [], people: [], others: [], kinds: [] } as HarmView;
const forms: [name: string, form: Component<never>, props: object, field: string, key: string, command: string][] = [
  ["a flag", SetFlag, { family, kinds: [], onclose: () => {} }, "flag-reviewOn", "reviewOn", "set_flag"],
  ["a loss", RecordLoss, { family, person, onclose: () => {} }, "loss-lostOn", "lostOn", "record_loss"],
  [
    "what is known of harm",
    HarmForm,
    { family, view: harm, onclose: () => {} },
    "harm-learnedOn",
    "learnedOn",
    "record_harm",
  ],
  [
    "a step",
    PlaceForm,
    { family, steps: [step], stepsDown: [], asksInfant: false, onplaced: () => {}, oncancel: () => {} },
    "placement-reviewOn",
    "reviewOn",
    "place",
  ],
];

let core = new KeptForms();
/** The day it is for the core. */
let today = "Mon 23-Nov-2026";
const field = (id: string) => document.getElementById(id) as HTMLInputElement | null;

async function open(form: Component<never>, props: object, id: string) {
  render(form as Component, { props });
  await vi.waitFor(() => expect(field(id)).not.toBeNull());
}

beforeEach(() => {
  core = new KeptForms();
  today = "Mon 23-Nov-2026";
  call.mockReset();
  call.mockImplementation((command: string, request: { text: string }) => {
    if (command !== "parse_when") return core.answer(command, request) ?? Promise.resolve({});
    const fixed = request.text === "today" ? today : request.text;
    return Promise.resolve({ words: fixed, longWords: fixed, fixed });
  });
});
afterEach(() => {
  cleanup();
  saving.end();
  forgetUnsaved();
});

it.each(forms)("%s keeps the day its date meant when it was typed, over a night and a kept form", async (...of) => {
  const [, form, props, id, key] = of;
  await open(form, props, id);
  await fireEvent.input(field(id)!, { target: { value: "today" } });
  await vi.waitFor(() => expect([...core.kept.values()].join()).toContain("Mon 23-Nov-2026"), 3000);
  const kept = JSON.parse([...core.kept.values()][0]!) as { entry: Record<string, string> };
  expect(kept.entry[key]).toBe("Mon 23-Nov-2026");
  cleanup();
  forgetUnsaved();
  today = "Tue 24-Nov-2026";
  await open(form, props, id);
  await vi.waitFor(() => expect(field(id)?.value).toBe("Mon 23-Nov-2026"));
});

it("what is saved on the next morning is the day that was meant on the evening before", async () => {
  const [, form, props, id, key, command] = forms[1]!;
  await open(form, props, id);
  await fireEvent.input(field(id)!, { target: { value: "today" } });
  await vi.waitFor(() => expect(document.getElementById(`${id}-echo`)?.textContent).toContain("Mon 23-Nov-2026"));
  today = "Tue 24-Nov-2026";
  await new Promise((done) => setTimeout(done, MOMENT_MS + 50));
  await fireEvent.submit(field(id)!.form!);
  await vi.waitFor(() => expect(call.mock.calls.some(([sent]) => sent === command)).toBe(true));
  const sent = call.mock.calls.find(([name]) => name === command)?.[1] as Record<string, string>;
  expect(sent[key]).toBe("Mon 23-Nov-2026");
});
