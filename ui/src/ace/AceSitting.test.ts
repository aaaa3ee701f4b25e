import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AcePersonView } from "$ipc/generated/AcePersonView";
import type { FamilyId } from "$ipc/generated/FamilyId";
import { KeptForms } from "$form/testing";
import { MOMENT_MS } from "$shared/deliberate.svelte";
import { saving } from "$shared/saving.svelte";
import { forgetUnsaved } from "$shared/unsaved";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: AceSitting } = await import("./AceSitting.svelte");

const parent = {
  person: "p2",
  name: "O’NEILL, Róisín (mother)",
  whose: "O’NEILL, Róisín (mother) · F26-7K2Q",
  entries: [],
  instead: "",
  askAge: "",
} as unknown as AcePersonView;
const choice = (code: string, words: string, key = "") => ({ code, words, key });
const questions = {
  categories: [
    choice("physical_abuse", "Being hit or hurt by an adult at home"),
    choice("parents_apart", "Parents separated"),
  ],
  answers: [
    choice("yes", "Yes", "Y"),
    choice("no", "No", "N"),
    choice("prefers_not", "Prefers not to say", "P"),
    choice("not_asked", "Not asked", "X"),
  ],
  protective: [choice("friends", "Friends")],
  caption: "An ACE count describes groups, not people.",
};
const refused = { code: "ace_nothing", message: "Nothing has been answered yet.", field: "answers" };
const props = {
  family: "f1" as FamilyId,
  parent,
  purpose: "This is a conversation, not a test.",
  company: [choice("nobody", "Nobody else"), choice("family", "A partner, relative or friend")],
  away: false,
  onrecorded: vi.fn(),
  onleave: vi.fn(),
};
const asked = (command: string) =>
  call.mock.calls.filter(([called]) => called === command).map(([, request]) => request);
const row = () => screen.getByRole("radiogroup", { name: /Being hit/ });
const shown = () => document.body.textContent?.includes("Being hit") ?? false;

let core = new KeptForms();
const record = vi.fn();

beforeEach(() => {
  core = new KeptForms();
  record.mockResolvedValue({});
  call.mockImplementation(
    (command: string, request: object) =>
      core.answer(command, request) ?? (command === "begin_ace" ? Promise.resolve(questions) : record()),
  );
});
afterEach(() => {
  cleanup();
  saving.end();
  forgetUnsaved();
  vi.clearAllMocks();
});

async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done));
  await tick();
}

/** Presses what cannot be taken back, once it counts. */
async function press(words: string): Promise<void> {
  await new Promise((done) => setTimeout(done, MOMENT_MS + 20));
  await fireEvent.click(screen.getByText(words));
  await settle();
}

async function begin(): Promise<void> {
  await fireEvent.click(screen.getByLabelText(/and Róisín wants|has agreed to talk/));
  await fireEvent.click(screen.getByText("Nobody else"));
  await fireEvent.click(screen.getByLabelText(/Nobody else can hear us/));
  await fireEvent.click(screen.getByText("Begin the conversation"));
  await settle();
}

it("does not ask the core for questions, nor show one, before all is said", async () => {
  render(AceSitting, props);
  await fireEvent.click(screen.getByText("Begin the conversation"));
  await fireEvent.click(screen.getByLabelText(/has agreed to talk/));
  await fireEvent.click(screen.getByText("Begin the conversation"));
  await settle();
  expect(asked("begin_ace")).toEqual([]);
  expect(shown()).toBe(false);
  expect(screen.getByText(/First say who else is here/)).toBeTruthy();

  await fireEvent.click(screen.getByText("Nobody else"));
  await fireEvent.click(screen.getByText("Begin the conversation"));
  await settle();
  expect(screen.getByText(/First make sure that nobody else can hear/)).toBeTruthy();
  expect(asked("begin_ace")).toEqual([]);
  await fireEvent.click(screen.getByLabelText(/Nobody else can hear us/));
  await fireEvent.click(screen.getByText("Begin the conversation"));
  await settle();
  expect(asked("begin_ace")).toEqual([{ person: "p2", wantsTo: true, here: ["nobody"], safe: true, adult: null }]);
  expect(shown()).toBe(true);
});

it("chooses nothing beforehand, answers by key and clears with Backspace", async () => {
  render(AceSitting, props);
  await begin();
  const chosen = () => screen.queryAllByRole("radio", { checked: true }).map((chip) => chip.textContent);
  expect(chosen()).toEqual([]);
  await fireEvent.keyDown(row(), { key: "p" });
  expect(chosen()[0]).toContain("Prefers not to say");
  await fireEvent.keyDown(row(), { key: "Backspace" });
  expect(chosen()).toEqual([]);
});

it("sends only what was asked", async () => {
  render(AceSitting, props);
  await begin();
  await fireEvent.keyDown(row(), { key: "n" });
  await press("Save the conversation");
  expect(asked("record_ace")[0]).toMatchObject({
    sitting: "held",
    wantsTo: true,
    answers: [{ category: "physical_abuse", answer: "no" }],
  });
});

it("records why it was not offered, and nothing of a sitting", async () => {
  render(AceSitting, props);
  await settle();
  await fireEvent.click(screen.getByText("We did not offer it"));
  await fireEvent.input(screen.getByLabelText("Why it was not offered"), {
    target: { value: "Her sister was there." },
  });
  await press("Record that it was not offered");
  expect(asked("begin_ace")).toEqual([]);
  expect(asked("record_ace")).toEqual([
    {
      person: "p2",
      sitting: "not_offered",
      wantsTo: false,
      here: [],
      safe: false,
      adult: null,
      answers: [],
      protective: [],
      words: "Her sister was there.",
    },
  ]);
});

it("takes the questions away when covered or locked, and asks again for both confirmations", async () => {
  const { rerender } = render(AceSitting, props);
  await begin();
  await fireEvent.keyDown(row(), { key: "y" });
  await rerender({ ...props, away: true });
  expect(shown()).toBe(false);
  await rerender({ ...props, away: false });
  expect(shown()).toBe(false);
  expect((screen.getByLabelText(/Nobody else can hear us/) as HTMLInputElement).checked).toBe(false);
  await begin();
  expect(screen.getByRole("radio", { checked: true }).textContent).toContain("Yes");
});

it("keeps everything when it is refused, when the screen is left and when Attune locks", async () => {
  const first = render(AceSitting, props);
  await begin();
  await fireEvent.keyDown(row(), { key: "y" });
  record.mockRejectedValueOnce(refused);
  await press("Save the conversation");
  expect(screen.getByText(refused.message)).toBeTruthy();
  expect(screen.getByRole("radio", { checked: true })).toBeTruthy();
  first.unmount();
  await settle();
  forgetUnsaved();

  render(AceSitting, props);
  await settle();
  expect(shown(), "what is kept shows no question before both are confirmed").toBe(false);
  await begin();
  expect(screen.queryByRole("radio", { checked: true })).toBeTruthy();
});

it("keeps nothing of a sitting once it is thrown away", async () => {
  const first = render(AceSitting, props);
  await begin();
  await fireEvent.keyDown(row(), { key: "y" });
  await fireEvent.click(screen.getByText("Cancel"));
  expect(screen.getByText(parent.whose), "whose own it is").toBeTruthy();
  await press("Discard it");
  expect(props.onleave).toHaveBeenCalledTimes(1);
  first.unmount();
  await settle();
  expect(core.kept.size).toBe(0);
});

it("begins at its first question", async () => {
  render(AceSitting, props);
  await settle();
  expect(document.activeElement?.id).toBe("ace-wants");
});

it("asks whether a parent without a date of birth is 18 or over, and says what the core answers", async () => {
  render(AceSitting, { ...props, parent: { ...parent, askAge: "No date of birth is recorded. Ask." } });
  await begin();
  expect(asked("begin_ace")).toEqual([]);
  expect(screen.getAllByText("No date of birth is recorded. Ask.").length).toBeGreaterThan(0);
  call.mockRejectedValueOnce({
    code: "ace_under_18",
    message: "Follow the child protection procedure.",
    field: "person",
  });
  await fireEvent.click(screen.getByText("Under 18"));
  await fireEvent.click(screen.getByText("Begin the conversation"));
  await settle();
  expect(asked("begin_ace")[0]).toMatchObject({ adult: false });
  expect(screen.getByText("Follow the child protection procedure.")).toBeTruthy();
  expect(shown()).toBe(false);
});

it("shows no form for a parent under 18, but what is done instead and what had been typed", async () => {
  const first = render(AceSitting, props);
  await begin();
  await fireEvent.input(screen.getByLabelText("In the parent’s words"), { target: { value: "Her uncle." } });
  first.unmount();
  await settle();
  forgetUnsaved();
  render(AceSitting, { ...props, parent: { ...parent, instead: "Tell the service lead and Gateway." } });
  await settle();
  expect(screen.getByText("Tell the service lead and Gateway.")).toBeTruthy();
  expect(screen.getByText("Her uncle.")).toBeTruthy();
  expect(screen.queryByText("Begin the conversation")).toBeNull();
  expect(screen.queryByText("Would rather not")).toBeNull();
  expect(screen.queryByRole("textbox")).toBeNull();
});
