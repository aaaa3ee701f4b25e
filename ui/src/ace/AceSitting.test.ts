import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AcePersonView } from "$ipc/generated/AcePersonView";
import { forgetUnsaved } from "$shared/unsaved";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: AceSitting } = await import("./AceSitting.svelte");

const parent = { person: "p2", name: "O’NEILL, Róisín (mother)", entries: [] } as unknown as AcePersonView;
const choice = (code: string, words: string, key = "") => ({ code, words, key });
const questions = {
  categories: [choice("physical_abuse", "Being hit or hurt by an adult at home"), choice("parents_apart", "Parents apart")],
  answers: [choice("yes", "Yes", "Y"), choice("no", "No", "N"), choice("prefers_not", "Prefers not to say", "P"), choice("not_asked", "Not asked", "X")],
  protective: [choice("friends", "Friends")],
  caption: "An ACE count describes groups, not people.",
};
const refused = { code: "ace_nothing", message: "Nothing was asked and nothing was said.", field: "answers" };
const props = { parent, whose: "O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q", purpose: "This is a conversation, not a test.", away: false, onrecorded: vi.fn(), onleave: vi.fn() };
const asked = (command: string) => call.mock.calls.filter(([called]) => called === command).map(([, request]) => request);
const row = () => screen.getByRole("radiogroup", { name: /Being hit/ });
const shown = () => document.body.textContent?.includes("Being hit") ?? false;

beforeEach(() => {
  call.mockImplementation(async (command: string) => (command === "begin_ace" ? questions : { parents: [] }));
});
afterEach(() => {
  cleanup();
  forgetUnsaved();
  vi.clearAllMocks();
});

async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done));
  await tick();
}

async function begin(): Promise<void> {
  await fireEvent.click(screen.getByLabelText(/and Róisín wants|wants to/));
  await fireEvent.click(screen.getByLabelText(/I am alone with/));
  await fireEvent.click(screen.getByText("Begin the conversation"));
  await settle();
}

it("does not ask the core for questions, nor show one, before both are confirmed", async () => {
  render(AceSitting, props);
  await fireEvent.click(screen.getByText("Begin the conversation"));
  await fireEvent.click(screen.getByLabelText(/wants to/));
  await fireEvent.click(screen.getByText("Begin the conversation"));
  await settle();
  expect(asked("begin_ace")).toEqual([]);
  expect(shown()).toBe(false);
  expect(screen.getByText(/First make sure that you are alone/)).toBeTruthy();

  await fireEvent.click(screen.getByLabelText(/I am alone with/));
  await fireEvent.click(screen.getByText("Begin the conversation"));
  await settle();
  expect(asked("begin_ace")).toEqual([{ person: "p2", aloneAndSafe: true, wantsTo: true }]);
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
  await fireEvent.click(screen.getByText("Save the conversation"));
  await settle();
  expect(asked("record_ace")[0]).toMatchObject({ sitting: "held", wantsTo: true, answers: [{ category: "physical_abuse", answer: "no" }] });
});

it("records why it was not offered, and nothing of a sitting", async () => {
  render(AceSitting, props);
  await fireEvent.click(screen.getByText("We did not offer it"));
  await fireEvent.input(screen.getByLabelText("Why it was not offered"), { target: { value: "Her sister was there." } });
  await fireEvent.click(screen.getByText("Record that it was not offered"));
  await settle();
  expect(asked("begin_ace")).toEqual([]);
  expect(asked("record_ace")).toEqual([
    { person: "p2", sitting: "not_offered", aloneAndSafe: false, wantsTo: false, answers: [], protective: [], words: "Her sister was there." },
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
  expect((screen.getByLabelText(/I am alone with/) as HTMLInputElement).checked).toBe(false);
  await begin();
  expect(screen.getByRole("radio", { checked: true }).textContent).toContain("Yes");
});

it("keeps everything when it is refused, and when the screen is left, until Attune locks", async () => {
  const first = render(AceSitting, props);
  await begin();
  await fireEvent.keyDown(row(), { key: "y" });
  call.mockRejectedValueOnce(refused);
  await fireEvent.click(screen.getByText("Save the conversation"));
  await settle();
  expect(screen.getByText(refused.message)).toBeTruthy();
  expect(screen.getByRole("radio", { checked: true })).toBeTruthy();
  first.unmount();

  const second = render(AceSitting, props);
  await begin();
  expect(screen.queryByRole("radio", { checked: true })).toBeTruthy();
  second.unmount();
  forgetUnsaved();
  render(AceSitting, props);
  await begin();
  expect(screen.queryByRole("radio", { checked: true })).toBeNull();
});
