import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";
import type { SummaryView } from "$ipc/generated/SummaryView";
import PeriodStep from "./PeriodStep.svelte";
import { release, view, waiting } from "./testing";

afterEach(cleanup);

function open(more: Partial<SummaryView> = {}, period = "2026-Q3") {
  const acts = { onnext: vi.fn(), onleave: vi.fn() };
  render(PeriodStep, { view: { ...view, ...more }, period, ...acts });
  return acts;
}
const next = () => fireEvent.click(screen.getByRole("button", { name: /Continue/ }));
const choose = (name: RegExp) => fireEvent.click(screen.getByRole("radio", { name }));

test("every period says what has become of it", () => {
  open({ waiting: { ...waiting, period: "2025-26" }, released: { ...release, state: "withdrawn", period: "2026-Q2" } });
  const said = screen.getAllByRole("radio").map((one) => one.closest("label")?.querySelector(".sub")?.textContent);
  expect(said).toEqual([
    "Complete",
    "Released. Withdrawn",
    "Not complete. That period has not ended.",
    "Waiting for a second person",
  ]);
});

test("the place among the steps is said", async () => {
  open();
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Period 1 of 5" })));
  expect(document.querySelector("[aria-current=step]")?.textContent).toContain("Period");
});

test("a complete period is taken", async () => {
  const { onnext } = open();
  await choose(/April 2025/);
  await next();
  expect(onnext).toHaveBeenCalledWith("2025-26");
});

test.each([
  [/October/, "That period has not ended."],
  [/April to June/, "This period cannot be released now."],
])("one that cannot be released is refused in words, and stays chosen: %s", async (name, sentence) => {
  const { onnext } = open();
  await choose(name);
  await next();
  expect(onnext).not.toHaveBeenCalled();
  expect(screen.getByRole("alert").textContent).toContain(sentence);
  expect((screen.getByRole("radio", { name }) as HTMLInputElement).checked).toBe(true);
});
