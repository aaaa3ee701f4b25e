import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, it, vi } from "vitest";
import type { FamilyId } from "$ipc/generated/FamilyId";
import type { PlacementView } from "$ipc/generated/PlacementView";
import type { Step } from "$ipc/generated/Step";
import { forgetUnsaved } from "$shared/unsaved";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: PlaceForm } = await import("./PlaceForm.svelte");
const { default: PlacementNow } = await import("./PlacementNow.svelte");

const step = (number: number): Step => ({
  ...{ step: number, name: `Name ${number}`, definition: "What it means", services: "What helps", reviewWeeks: number * 2 },
  indicators: [{ code: `sign_${number}`, words: `Sign ${number}` }],
});
const refusal = { code: "placement_no_infant", message: "Write what the infant shows us.", field: "infantShows" };
const form = () => render(PlaceForm, { family: "f1" as FamilyId, steps: [step(3), step(4)], stepsDown: [3], onplaced: vi.fn(), oncancel: vi.fn() });

afterEach(() => {
  cleanup();
  forgetUnsaved();
  call.mockReset();
});

it("chooses no step beforehand", () => {
  form();
  expect(screen.getAllByRole<HTMLInputElement>("radio").map((radio) => radio.checked)).toEqual([false, false]);
});

it("keeps the text when refused and goes to the field, and leaves out ticks of another step", async () => {
  call.mockRejectedValue(refusal);
  form();
  await fireEvent.click(screen.getByLabelText(/Step 3/));
  await fireEvent.click(screen.getByLabelText("Sign 3"));
  await fireEvent.click(screen.getByLabelText(/Step 4/));
  await fireEvent.click(screen.getByLabelText("Sign 4"));
  const why = screen.getByLabelText<HTMLTextAreaElement>("Why");
  await fireEvent.input(why, { target: { value: "The baby turns away from everyone." } });
  await fireEvent.submit(document.getElementById("placement-form")!);
  await vi.waitFor(() => expect(screen.getByText(refusal.message)).toBeTruthy());
  expect(call).toHaveBeenCalledWith("place", expect.objectContaining({ step: 4, indicators: ["sign_4"] }));
  expect(why.value).toBe("The baby turns away from everyone.");
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("placement-infantShows"));
});

it("asks who receives the family only for a step down", async () => {
  form();
  expect(screen.queryByLabelText("Receiving service")).toBeNull();
  await fireEvent.click(screen.getByLabelText(/Step 3/));
  expect(screen.getByLabelText("Receiving service")).toBeTruthy();
  expect(screen.getByLabelText("Who accepted, and how")).toBeTruthy();
  await fireEvent.click(screen.getByLabelText(/Step 4/));
  expect(screen.queryByLabelText("Receiving service")).toBeNull();
});

it("keeps the text when the screen is left, until Attune locks", async () => {
  const first = form();
  await fireEvent.input(screen.getByLabelText("Why"), { target: { value: "Because." } });
  first.unmount();
  const second = form();
  expect(screen.getByLabelText<HTMLTextAreaElement>("Why").value).toBe("Because.");
  second.unmount();
  forgetUnsaved();
  form();
  expect(screen.getByLabelText<HTMLTextAreaElement>("Why").value).toBe("");
});

it.each([
  [false, 0],
  [true, 1],
])("offers confirming only to the second person (may confirm: %s)", (mayConfirm, buttons) => {
  const placement = { id: "x", step: 4, title: "Step 4", second: "Second person awaited", mayConfirm, current: true, indicators: [] };
  render(PlacementNow, { placement: placement as unknown as PlacementView, onconfirmed: vi.fn() });
  expect(screen.getByText("Second person awaited")).toBeTruthy();
  expect(screen.queryAllByText("Confirm as the second person")).toHaveLength(buttons);
});
