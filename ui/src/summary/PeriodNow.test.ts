import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SummaryView } from "$ipc/generated/SummaryView";
import { saving } from "$shared/saving.svelte";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call, callSeen: call }));

const { session } = await import("$ipc/session.svelte");
const { router } = await import("$shared/router.svelte");
const { default: PeriodNow } = await import("./PeriodNow.svelte");
const { default: Readiness } = await import("./Readiness.svelte");
const { default: YearPlan } = await import("./YearPlan.svelte");
const { byAge, byStep, chooses, release, view, waiting } = await import("./testing");

const LEAD = ["take_release_seat", "make_frame_anew", "readiness", "say_period_ready"];
const shows = (more: Partial<SummaryView> = {}) => render(PeriodNow, { view: { ...view, ...more } });

beforeEach(() => {
  call.mockReset();
  session.current = { commands: LEAD } as unknown as typeof session.current;
});
afterEach(() => {
  cleanup();
  saving.end();
});

test("before the first look nothing is counted, and that is said", () => {
  shows();
  expect(document.getElementById("summary-now")?.textContent).toContain("Nobody has looked at this period yet.");
  expect(screen.queryByRole("button")).toBeNull();
});

test("what a period is, is said: not complete, ready, counted, released", () => {
  shows({ notYet: "That period has not ended.", ready: "Lead said so", frame: "Counted", released: release });
  const said = [...document.querySelectorAll("#summary-now li")].map((line) => line.textContent?.trim());
  expect(said).toEqual([
    "That period has not ended.",
    "Lead said so.",
    "Counted.",
    `This period has been released. ${release.who}.`,
  ]);
});

test("another computer that releases is said; only a lead may change that", async () => {
  shows({ seat: { here: false, mayTake: true, words: "Another computer releases." } });
  expect(screen.getByText("Another computer releases.")).toBeTruthy();
  await fireEvent.click(document.getElementById("summary-take-seat")!);
  await vi.waitFor(() => expect(document.getElementById("seat-form")).not.toBeNull());
  cleanup();
  shows({ seat: { here: false, mayTake: false, words: "Another computer releases." } });
  expect(document.getElementById("summary-take-seat")).toBeNull();
});

test.each([
  [true, "Read it and answer"],
  [false, "Open it"],
])("a release that waits is led to by who may answer (%s)", async (mayAnswer, words) => {
  shows({ waiting: { ...waiting, mayAnswer } });
  await fireEvent.click(screen.getByRole("button", { name: words }));
  expect(router.route).toEqual({ view: "second", release: waiting.id });
});

test("a lead has a period counted again, with a reason that is kept when it is refused", async () => {
  shows({ mayMakeAnew: true });
  await fireEvent.click(document.getElementById("summary-anew-open")!);
  const reason = () => document.getElementById("summary-anew-reason") as HTMLTextAreaElement;
  await vi.waitFor(() => expect(reason()).not.toBeNull());
  await fireEvent.input(reason(), { target: { value: "Late" } });
  call.mockRejectedValueOnce({ code: "summary_waits", message: "A release waits.", field: null });
  await fireEvent.submit(reason().form!);
  await vi.waitFor(() => expect(document.body.textContent).toContain("A release waits."));
  expect(reason().value).toBe("Late");
});

test("what is missing of a period is told to a lead, who can say that it is ready", async () => {
  const ready = {
    period: "2026-Q3",
    words: "July to September 2026",
    unsigned: 3,
    notPlaced: 2,
    notAsked: [
      { group: "Living in poverty", families: 4 },
      { group: "Another group", families: 0 },
    ],
    ready: "",
    notYet: "",
  };
  call.mockResolvedValue({ value: ready, seen: 1 });
  render(Readiness, { period: "2026-Q3" });
  await vi.waitFor(() => expect(screen.getByText("Unsigned notes of this period")).toBeTruthy());
  expect([...document.querySelectorAll("dd")].map((one) => one.textContent)).toEqual(["3", "2"]);
  expect(document.querySelector("tbody")?.textContent).toContain("Living in poverty");
  expect(document.querySelector("tbody")?.textContent).not.toContain("Another group");
  expect(document.getElementById("summary-ready")?.hasAttribute("data-final")).toBe(true);
});

test("the plan of a year is sent whole, with what was changed", async () => {
  const year = { year: "2026-27", words: "April 2026 to March 2027", years: [], tables: view.tables, who: "" };
  call.mockResolvedValue({});
  render(YearPlan, { view: year });
  expect(screen.getByText(/Nobody has planned this year yet/)).toBeTruthy();
  chooses(`plan-table-${byStep.name}`, "1");
  await fireEvent.submit(document.getElementById("plan-form")!);
  await vi.waitFor(() => expect(call).toHaveBeenCalled());
  expect(call.mock.calls[0]?.[1]).toEqual({
    year: "2026-27",
    tables: [
      { name: byAge.name, banding: 0 },
      { name: byStep.name, banding: 1 },
    ],
  });
});
