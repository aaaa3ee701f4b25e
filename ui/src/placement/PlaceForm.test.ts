import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { FamilyId } from "$ipc/generated/FamilyId";
import type { PlacementView } from "$ipc/generated/PlacementView";
import type { Step } from "$ipc/generated/Step";
import { KeptForms } from "$form/testing";
import { MOMENT_MS } from "$shared/deliberate.svelte";
import { saving } from "$shared/saving.svelte";
import { forgetUnsaved } from "$shared/unsaved";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: PlaceForm } = await import("./PlaceForm.svelte");
const { default: PlacementNow } = await import("./PlacementNow.svelte");

const step = (number: number): Step => ({
  step: number,
  name: `Name ${number}`,
  definition: "What it means",
  services: "What helps",
  reviewWeeks: number * 2,
  indicators: [{ code: `sign_${number}`, words: `Sign ${number}`, retired: false }],
});
const refusal = { code: "placement_no_infant", message: "Write what the infant shows us.", field: "infantShows" };
const onplaced = vi.fn();
let core = new KeptForms();
let place = vi.fn();

async function form() {
  const made = render(PlaceForm, {
    family: "f1" as FamilyId,
    steps: [step(3), step(4)],
    stepsDown: [3],
    asksInfant: true,
    onplaced,
    oncancel: vi.fn(),
  });
  await vi.waitFor(() => save());
  return made;
}
const save = () => {
  const button = document.getElementById("placement-save");
  if (!button) throw new Error("the form is not open yet");
  return button;
};
const why = () => screen.getByLabelText<HTMLTextAreaElement>("Why");
const type = (text: string) => fireEvent.input(why(), { target: { value: text } });
const moment = () => new Promise((done) => setTimeout(done, MOMENT_MS + 50));

beforeEach(() => {
  core = new KeptForms();
  place = vi.fn(async () => ({ placements: [{ current: true }] }));
  call.mockImplementation(
    (command: string, request: object, more: object) => core.answer(command, request) ?? place(request, more),
  );
});
afterEach(() => {
  cleanup();
  saving.end();
  forgetUnsaved();
  onplaced.mockReset();
});

it("chooses no step beforehand", async () => {
  await form();
  expect(screen.getAllByRole<HTMLInputElement>("radio").map((radio) => radio.checked)).toEqual([false, false]);
});

it("keeps the text when refused and goes to the field, and leaves out ticks of another step", async () => {
  place.mockRejectedValue(refusal);
  await form();
  await fireEvent.click(screen.getByLabelText(/Step 3/));
  await fireEvent.click(screen.getByLabelText("Sign 3"));
  await fireEvent.click(screen.getByLabelText(/Step 4/));
  await fireEvent.click(screen.getByLabelText("Sign 4"));
  await type("The baby turns away from everyone.");
  await fireEvent.submit(document.getElementById("placement-form")!);
  await vi.waitFor(() => expect(screen.getByText(refusal.message)).toBeTruthy());
  expect(place).toHaveBeenCalledWith(expect.objectContaining({ step: 4, indicators: ["sign_4"] }), {
    act: expect.any(String),
  });
  expect(why().value).toBe("The baby turns away from everyone.");
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("placement-infantShows"));
});

it("says no longer what was wrong with a field once it is changed, and still while another is", async () => {
  place.mockRejectedValue(refusal);
  await form();
  await fireEvent.click(screen.getByLabelText(/Step 3/));
  await fireEvent.submit(document.getElementById("placement-form")!);
  await vi.waitFor(() => expect(screen.getByText(refusal.message)).toBeTruthy());
  await type("The baby turns away from everyone.");
  expect(screen.getByText(refusal.message)).toBeTruthy();
  await fireEvent.input(document.getElementById("placement-infantShows")!, { target: { value: "Looks away." } });
  expect(screen.queryByText(refusal.message)).toBeNull();
});

it("says of a day that is none one sentence, not the same beside the field too", async () => {
  const none = { code: "when_no_such_date", message: "That month has no such day.", field: "reviewOn" };
  place.mockRejectedValue(none);
  call.mockImplementation((command: string, request: object, more: object) =>
    command === "parse_when" ? Promise.reject(none) : (core.answer(command, request) ?? place(request, more)),
  );
  await form();
  await fireEvent.input(document.getElementById("placement-reviewOn")!, { target: { value: "31 Feb" } });
  await screen.findByText(none.message);
  await fireEvent.submit(document.getElementById("placement-form")!);
  await vi.waitFor(() => expect(document.getElementById("placement-reviewOn-error")?.textContent).toBe(none.message));
  expect(screen.getAllByText(none.message)).toHaveLength(1);
});

it("asks who receives the family only for a step down", async () => {
  await form();
  expect(screen.queryByLabelText("Receiving service")).toBeNull();
  await fireEvent.click(screen.getByLabelText(/Step 3/));
  expect(screen.getByLabelText("Receiving service")).toBeTruthy();
  expect(screen.getByLabelText("Who accepted, and how")).toBeTruthy();
  await fireEvent.click(screen.getByLabelText(/Step 4/));
  expect(screen.queryByLabelText("Receiving service")).toBeNull();
});

it("comes back as typed when the screen is left, and says when it was kept", async () => {
  const first = await form();
  await type("Because.");
  first.unmount();
  await form();
  await vi.waitFor(() => expect(why().value).toBe("Because."));
  expect(screen.getByText(/What you typed on Mon 23-Nov-2026, 15:21 is back/)).toBeTruthy();
});

it("comes back as typed after the program was killed", async () => {
  await form();
  await type("Because.");
  await vi.waitFor(() => expect(core.kept.size).toBe(1), { timeout: 1000 });
  cleanup();
  saving.end();
  await form();
  await vi.waitFor(() => expect(why().value).toBe("Because."));
});

it("what the disk would not take comes back too, and is said until it is saved", async () => {
  core.refuse = { code: "disk_full", message: "The disk is full." };
  const first = await form();
  await type("Because.");
  first.unmount();
  await vi.waitFor(() => expect(saving.state).toBe("failed"));
  await form();
  await vi.waitFor(() => expect(why().value).toBe("Because."));
  core.refuse = null;
  await saving.flush();
  expect(saving.state).toBe("kept");
});

it("is kept as a draft while it is typed, and saved only once it is recorded", async () => {
  await form();
  await type("Because.");
  await saving.flush();
  expect(saving.state).toBe("kept");
  await fireEvent.submit(document.getElementById("placement-form")!);
  await vi.waitFor(() => expect(onplaced).toHaveBeenCalled());
  expect([saving.state, saving.last]).toEqual(["saved", "15:21"]);
});

it("asks before it throws away what was typed", async () => {
  await form();
  await type("Because.");
  await fireEvent.click(screen.getByText("Cancel"));
  expect(screen.getByText("You have not saved this yet")).toBeTruthy();
  await moment();
  await fireEvent.click(screen.getByText("Discard it"));
  await vi.waitFor(() => expect(core.kept.size).toBe(0));
  cleanup();
  await form();
  expect(why().value).toBe("");
});

it("is one act however often it is pressed, under one number", async () => {
  let finish = () => {};
  place.mockImplementation(() => new Promise((done) => (finish = () => done({ placements: [{ current: true }] }))));
  await form();
  await type("Because.");
  await moment();
  for (let times = 0; times < 5; times++) await fireEvent.click(save());
  await vi.waitFor(() => expect(place).toHaveBeenCalledTimes(1));
  await fireEvent.click(save());
  finish();
  await vi.waitFor(() => expect(onplaced).toHaveBeenCalledTimes(1));
  expect(place).toHaveBeenCalledTimes(1);
  expect(core.kept.size).toBe(0);
});

it("what is kept of a form has the number of the act it becomes", async () => {
  place.mockRejectedValueOnce({ code: "no_answer", message: "No answer." });
  await form();
  await type("Because.");
  await moment();
  await fireEvent.click(save());
  await screen.findByText("No answer.");
  const kept = JSON.parse([...core.kept.values()][0] ?? "{}") as { act: string };
  await moment();
  await fireEvent.click(save());
  await vi.waitFor(() => expect(onplaced).toHaveBeenCalled());
  expect(place.mock.calls.map(([, more]) => (more as { act: string }).act)).toEqual([kept.act, kept.act]);
});

it.each([
  [false, 0],
  [true, 1],
])("offers confirming only to the second person (may confirm: %s)", (mayConfirm, buttons) => {
  const placement = {
    id: "x",
    step: 4,
    title: "Step 4",
    second: "Waiting for a second person",
    awaited: true,
    beforeConfirming: "This step already applies.",
    mayConfirm,
    current: true,
    mayMarkInError: false,
    struck: [],
    indicators: [],
    since: "",
    age: "",
    by: "",
    review: "",
  };
  render(PlacementNow, { family: "f1" as FamilyId, whose: "", placement: placement as unknown as PlacementView });
  expect(screen.getByText("Waiting for a second person")).toBeTruthy();
  expect(screen.queryAllByText("Confirm as the second person")).toHaveLength(buttons);
});
