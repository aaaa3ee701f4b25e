import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, it, vi } from "vitest";
import type { FamilyId } from "$ipc/generated/FamilyId";
import type { PriorityQuestion } from "$ipc/generated/PriorityQuestion";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: PriorityRow } = await import("./PriorityRow.svelte");

const choice = (code: string, words: string, key = "") => ({ code, words, key });
const answers = [
  choice("confirmed", "Yes, confirmed", "1"),
  choice("suspected", "Yes, suspected", "2"),
  choice("no", "No", "3"),
  choice("not_asked", "Not asked", "4"),
  choice("declined", "Declined to say", "5"),
  choice("not_applicable", "Not applicable", "6"),
];
const unasked = {
  person: "p2",
  about: "Róisín (mother)",
  answer: "not_asked",
  words: "Not asked",
  recorded: "",
  period: null,
  source: "",
  id: null,
  mayMarkInError: false,
  struck: [],
} as unknown as PriorityQuestion;

function row(question: object = {}, mayAnswer = true) {
  const ontyped = vi.fn();
  const { rerender } = render(PriorityRow, {
    family: "f1" as FamilyId,
    group: "poverty",
    question: { ...unasked, ...question } as PriorityQuestion,
    answers,
    periods: [choice("now", "Now")],
    titleId: "t",
    mayAnswer,
    whose: "",
    typed: null,
    ontyped,
  });
  return { ontyped, rerender, group: () => screen.getAllByRole("radiogroup")[0]! };
}
const chosen = () =>
  screen.queryAllByRole("radio", { checked: true }).map((chip) => chip.textContent?.replace(/^\d|✓/g, "").trim());

afterEach(() => {
  cleanup();
  call.mockReset();
});

it("shows a question never asked as not asked, and chooses nothing", () => {
  row();
  expect(chosen()).toEqual([]);
  expect(screen.getByText("Not asked yet")).toBeTruthy();
});

it.each([true, false])("never shows a recorded not asked as no (may answer: %s)", (mayAnswer) => {
  row({ recorded: "Mon 23-Nov-2026, by Niamh" }, mayAnswer);
  expect(mayAnswer ? chosen() : [document.querySelector(".given")?.textContent?.trim()]).toEqual(["Not asked"]);
});

it("saves an answer at once, and asks when and from where only after a yes", async () => {
  const { group } = row();
  call.mockResolvedValue({});
  await fireEvent.keyDown(group(), { key: "3" });
  await vi.waitFor(() => expect(call).toHaveBeenCalledTimes(1));
  expect(call).toHaveBeenLastCalledWith(
    "answer_priority",
    { family: "f1", person: "p2", group: "poverty", answer: "no", period: null, source: "" },
    { act: expect.any(String) },
  );
  expect(chosen()).toEqual(["No"]);
  expect(screen.queryByLabelText("Source")).toBeNull();
});

it("keeps the source as typed when it is refused", async () => {
  const question = { ...unasked, answer: "confirmed", recorded: "Mon 23-Nov-2026, by Niamh" } as PriorityQuestion;
  const { rerender } = row(question);
  call.mockRejectedValue({ code: "disk_full", message: "The disk is full.", field: null });
  const source = screen.getByLabelText<HTMLInputElement>("Source");
  await fireEvent.input(source, { target: { value: "referral letter" } });
  await rerender({ typed: "referral letter" });
  await fireEvent.change(source);
  await vi.waitFor(() => expect(screen.getByText("The disk is full.")).toBeTruthy());
  expect(source.value).toBe("referral letter");
});
