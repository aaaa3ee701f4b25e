import { tick } from "svelte";
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SummaryView } from "$ipc/generated/SummaryView";
import { saving } from "$shared/saving.svelte";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call, callSeen: call }));

const { session } = await import("$ipc/session.svelte");
const { router } = await import("$shared/router.svelte");
const { KeptForms } = await import("$form/testing");
const { default: PeriodNow } = await import("./PeriodNow.svelte");
const { default: Readiness } = await import("./Readiness.svelte");
const { default: YearPlan } = await import("./YearPlan.svelte");
const { byAge, byStep, chooses, release, view, waiting } = await import("./testing");

const forms = new KeptForms();
let answer: () => Promise<unknown>;
const LEAD = [
  "take_release_seat",
  "leave_release_seat",
  "year_plan",
  "make_frame_anew",
  "readiness",
  "say_period_ready",
];
const shows = (more: Partial<SummaryView> = {}) => render(PeriodNow, { view: { ...view, ...more } });

beforeEach(() => {
  call.mockReset();
  forms.kept.clear();
  answer = () => Promise.resolve({});
  call.mockImplementation((command: string, request: object) => forms.answer(command, request) ?? answer());
  session.current = { user: { id: "u1" }, commands: LEAD } as unknown as typeof session.current;
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
  shows({ seat: { ...view.seat, here: false, mayTake: true, words: "Another computer releases." } });
  expect(screen.getByText("Another computer releases.")).toBeTruthy();
  await fireEvent.click(document.getElementById("summary-take-seat")!);
  await vi.waitFor(() => expect(document.getElementById("seat-form")).not.toBeNull());
  cleanup();
  shows({ seat: { ...view.seat, here: false, words: "Another computer releases." } });
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
  answer = () => Promise.reject({ code: "summary_waits", message: "A release waits.", field: null });
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
  answer = () => Promise.resolve({ value: ready, seen: 1 });
  render(Readiness, { period: "2026-Q3" });
  await vi.waitFor(() => expect(screen.getByText("Unsigned notes of this period")).toBeTruthy());
  expect([...document.querySelectorAll("dd")].map((one) => one.textContent)).toEqual(["3", "2"]);
  expect(document.querySelector("tbody")?.textContent).toContain("Living in poverty");
  expect(document.querySelector("tbody")?.textContent).not.toContain("Another group");
  expect(document.getElementById("summary-ready")?.hasAttribute("data-final")).toBe(true);
});

test("the plan of a year is sent whole, with what was changed", async () => {
  const year = { year: "2026-27", words: "April 2026 to March 2027", years: [], tables: view.tables, who: "" };
  render(YearPlan, { view: year });
  await vi.waitFor(() => expect(screen.getByText(/Nobody has planned this year yet/)).toBeTruthy());
  chooses(`plan-table-${byStep.name}`, "1");
  await fireEvent.submit(document.getElementById("plan-form")!);
  const sent = () => call.mock.calls.find(([command]) => command === "plan_year")?.[1];
  await vi.waitFor(() => expect(sent()).toBeTruthy());
  expect(sent()).toEqual({
    year: "2026-27",
    tables: [
      { name: byAge.name, banding: 0 },
      { name: byStep.name, banding: 1 },
    ],
  });
});

test("what was chosen for a year is kept when the page is left", async () => {
  const year = { year: "2026-27", words: "April 2026 to March 2027", years: [], tables: view.tables, who: "" };
  render(YearPlan, { view: year });
  await vi.waitFor(() => expect(document.getElementById(`plan-table-${byStep.name}`)).not.toBeNull());
  chooses(`plan-table-${byStep.name}`, "1");
  await tick();
  cleanup();
  await vi.waitFor(() => expect([...forms.kept.keys()]).toEqual(["year_plan  2026-27"]));
});

test("a lead leaves it as it is, with a reason that is kept when the page is left", async () => {
  const seat = { ...view.seat, here: false, mayTake: true, mayLeave: true, words: "Another computer releases." };
  shows({ seat });
  await fireEvent.click(screen.getByRole("button", { name: "Leave it as it is" }));
  const reason = () => document.getElementById("seat-leave-reason") as HTMLTextAreaElement;
  await vi.waitFor(() => expect(reason()).not.toBeNull());
  await fireEvent.input(reason(), { target: { value: "This is a copy for teaching" } });
  cleanup();
  await vi.waitFor(() => expect(forms.kept.size).toBe(1));
  render(PeriodNow, { view: { ...view, seat }, opens: "leave" });
  await vi.waitFor(() => expect(reason()?.value).toBe("This is a copy for teaching"));
  await fireEvent.submit(reason().form!);
  const sent = () => call.mock.calls.find(([command]) => command === "leave_release_seat")?.[1];
  await vi.waitFor(() => expect(sent()).toEqual({ reason: "This is a copy for teaching" }));
  await vi.waitFor(() => expect(forms.kept.size, "it has been said").toBe(0));
});

test("the computer that releases can stop, and what was said of it is shown", async () => {
  shows({ seat: { ...view.seat, mayLeave: true } });
  await fireEvent.click(screen.getByRole("button", { name: "Stop releasing from this computer" }));
  await vi.waitFor(() => expect(document.getElementById("seat-leave-reason")).not.toBeNull());
  cleanup();
  shows({ seat: { ...view.seat, here: false, mayTake: true, words: "No computer releases.", said: "Lead said so" } });
  expect(document.getElementById("summary-seat-said")?.textContent).toBe("Lead said so.");
  expect(screen.queryByRole("button", { name: "Leave it as it is" }), "it has been said").toBeNull();
});
