import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { KeptForms } from "$form/testing";
import { MOMENT_MS } from "$shared/deliberate.svelte";
import { saving } from "$shared/saving.svelte";
import { forgetUnsaved } from "$shared/unsaved";

const call = vi.hoisted(() => vi.fn());
const cancel = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));
vi.mock("$ipc/shell", () => ({ cancel, onProgress: () => Promise.resolve(() => {}) }));

const { default: ReleaseSteps } = await import("./ReleaseSteps.svelte");
const { byAge, byStep, chooses, figures, release, view, waiting } = await import("./testing");
type Request = { tables: { name: string; banding: number | null }[] };

let core = new KeptForms();
const sent = vi.fn();

beforeEach(() => {
  core = new KeptForms();
  cancel.mockReset();
  sent.mockReset();
  sent.mockImplementation((command: string, request: Request) => {
    if (command === "release_summary") return Promise.resolve(release);
    if (command !== "look_at_figures") return Promise.resolve({ words: "", longWords: "", fixed: "" });
    const step = request.tables.find((table) => table.name === byStep.name);
    const stands = { ...byStep, withheld: "", cause: "", advice: [], lines: byAge.lines };
    return Promise.resolve(figures([byAge, ...(step?.banding == null ? [] : [step.banding ? stands : byStep])]));
  });
  call.mockReset();
  call.mockImplementation(
    (command: string, request: object, more?: object) => core.answer(command, request) ?? sent(command, request, more),
  );
});
afterEach(() => {
  cleanup();
  saving.end();
  forgetUnsaved();
});

const requests = (command: string) =>
  sent.mock.calls.filter(([name]) => name === command).map(([, request]) => request);
const heading = () => document.querySelector("h2")?.textContent?.trim().replace(/\s+/g, " ");
const field = (id: string) => document.getElementById(id) as HTMLInputElement;
const next = () => fireEvent.submit(document.querySelector("form")!);
const comes = (name: string) => vi.waitFor(() => expect(heading()).toBe(name));
const moment = () => new Promise((done) => setTimeout(done, MOMENT_MS + 30));

async function open(more: object = {}) {
  const acts = { onperiod: vi.fn(), onrelease: vi.fn(), onleave: vi.fn() };
  render(ReleaseSteps, { view, corrects: null, away: false, ...acts, ...more });
  await vi.waitFor(() => expect(document.querySelector("h2")).not.toBeNull());
  return acts;
}

async function toPreview() {
  await next();
  await comes("Preview 3 of 5");
  await vi.waitFor(() => expect(document.querySelector(".unreleased")).not.toBeNull());
}

async function toCheck(to = /The team itself/) {
  await toPreview();
  await next();
  await comes("Who gets it, and why 4 of 5");
  await fireEvent.click(screen.getByRole("radio", { name: to }));
  await fireEvent.input(field("release-reason"), { target: { value: "Quarterly return" } });
  await next();
  await comes("Check and release 5 of 5");
}

test("the tables are asked for as the plan has them, and one can be left out", async () => {
  await open();
  expect(heading()).toBe("Tables 2 of 5");
  chooses(`release-table-${byAge.name}`, "out");
  await toPreview();
  expect(requests("look_at_figures")[0].tables).toEqual([
    { name: byAge.name, banding: null },
    { name: byStep.name, banding: 0 },
  ]);
  expect(screen.getByText("Left out by you")).toBeTruthy();
});

test("all left out is refused in words", async () => {
  await open();
  for (const table of [byAge, byStep]) chooses(`release-table-${table.name}`, "out");
  await next();
  expect(heading()).toBe("Tables 2 of 5");
  expect(document.body.textContent).toContain("Keep at least one table.");
});

test("a table that is withheld says why and at most three ways; a way that is taken is looked at", async () => {
  await open();
  await toPreview();
  expect(screen.getByText(/Step 4 could be worked out/)).toBeTruthy();
  expect(screen.getAllByRole("button", { name: /^Take this for/ })).toHaveLength(2);
  await fireEvent.click(screen.getByRole("button", { name: /Put steps 4 and 5 together/ }));
  await vi.waitFor(() => expect(requests("look_at_figures")).toHaveLength(2));
  expect(requests("look_at_figures")[1].tables[1]).toEqual({ name: byStep.name, banding: 1 });
  await vi.waitFor(() => expect(screen.queryByText(/Step 4 could be worked out/)).toBeNull());
});

test("a look can be stopped: what was asked for is kept, and nothing leads further", async () => {
  sent.mockImplementation((command: string) =>
    command === "look_at_figures" ? new Promise((_, refuse) => cancel.mockImplementation(() => refuse(STOPPED))) : null,
  );
  await open();
  await next();
  await comes("Preview 3 of 5");
  await fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  await vi.waitFor(() => expect(document.body.textContent).toContain(STOPPED.message));
  await next();
  expect(heading()).toBe("Preview 3 of 5");
  expect(screen.getByRole("button", { name: "Count again" })).toBeTruthy();
});
const STOPPED = { code: "summary_stopped", message: "It was stopped. Nothing was shown.", field: null };

test("nobody is chosen to get it until somebody chooses", async () => {
  await open();
  await toPreview();
  await next();
  await comes("Who gets it, and why 4 of 5");
  expect(document.querySelector("[role=radio][aria-checked=true]")).toBeNull();
  await next();
  expect(heading()).toBe("Who gets it, and why 4 of 5");
  expect(document.body.textContent).toContain("Choose who gets it.");
  await fireEvent.click(screen.getByRole("radio", { name: /outside/ }));
  expect(document.body.textContent).not.toContain("Choose who gets it.");
  expect(document.body.textContent).toContain("information governance, and not you");
});

test("it is released as it was seen, once, by a deliberate press", async () => {
  const { onrelease } = await open();
  await toCheck();
  await fireEvent.click(screen.getByRole("button", { name: /^Release and save/ }));
  expect(requests("release_summary"), "at once").toHaveLength(0);
  await moment();
  await fireEvent.click(screen.getByRole("button", { name: /^Release and save/ }));
  await next();
  await vi.waitFor(() => expect(onrelease).toHaveBeenCalledWith(release));
  expect(requests("release_summary")).toEqual([
    {
      period: "2026-Q3",
      reason: "Quarterly return",
      tables: requests("look_at_figures").at(-1).tables,
      outside: false,
      recipient: "",
      licence: "team_only",
      expiresOn: "",
      corrects: null,
      correctsElsewhere: false,
    },
  ]);
});

test("a refusal goes to the step with the field, and keeps what was typed", async () => {
  await open();
  await toCheck(/outside/);
  const message = "Say who gets it, in at least a few letters.";
  sent.mockRejectedValueOnce({ code: "summary_no_recipient", message, field: "recipient" });
  await next();
  await comes("Who gets it, and why 4 of 5");
  expect(document.getElementById("release-recipient-error")?.textContent).toBe(message);
  expect(field("release-reason").value).toBe("Quarterly return");
  await vi.waitFor(() => expect(document.activeElement).toBe(field("release-recipient")));
});

test("a refusal about no field is said where one is, and everything is kept", async () => {
  await open();
  await toCheck();
  const message = "Somebody looked at figures meanwhile. Nothing was released. Try again.";
  sent.mockRejectedValueOnce({ code: "summary_meanwhile", message, field: null });
  await next();
  await vi.waitFor(() => expect(document.body.textContent).toContain(message));
  expect(heading()).toBe("Check and release 5 of 5");
  expect(document.getElementById("release-check")?.textContent).toContain("Quarterly return");
});

test("a release can be stopped while it is checked, and stays as it was filled", async () => {
  await open();
  await toCheck();
  sent.mockImplementationOnce(() => new Promise((_, refuse) => cancel.mockImplementation(() => refuse(STOPPED))));
  await next();
  await vi.waitFor(() => expect(requests("release_summary")).toHaveLength(1));
  await fireEvent.click(document.getElementById("release-progress-stop")!);
  await vi.waitFor(() => expect(document.body.textContent).toContain(STOPPED.message));
  expect(document.getElementById("release-check")?.textContent).toContain("Quarterly return");
  expect(document.getElementById("release-progress")).toBeNull();
});

test("the way back keeps everything, and what was counted is not counted again", async () => {
  const { onperiod } = await open();
  await toCheck();
  const back = () => fireEvent.click(screen.getByRole("button", { name: "Back" }));
  await back();
  expect(field("release-reason").value).toBe("Quarterly return");
  await back();
  await comes("Preview 3 of 5");
  expect(document.querySelector(".unreleased")).not.toBeNull();
  expect(requests("look_at_figures")).toHaveLength(1);
  await back();
  await back();
  expect(onperiod).toHaveBeenCalled();
});

test("who comes back to it later sees the tables before anything else", async () => {
  await open();
  await toCheck();
  await vi.waitFor(() => expect([...core.kept.values()].join()).toContain('"step":5'), 3000);
  cleanup();
  forgetUnsaved();
  await open();
  await comes("Preview 3 of 5");
  await vi.waitFor(() => expect(document.querySelector(".unreleased")).not.toBeNull());
  await next();
  await vi.waitFor(() => expect(field("release-reason")?.value).toBe("Quarterly return"));
});

test("a correction names what it corrects, and a release outside waits", async () => {
  sent.mockImplementation((command: string) =>
    Promise.resolve(command === "release_summary" ? waiting : figures([byAge])),
  );
  const { onrelease } = await open({ corrects: release.id });
  await toCheck(/outside/);
  expect(document.body.textContent).toContain("This corrects a release that has left.");
  expect(screen.getByRole("button", { name: /^Ask a second person/ })).toBeTruthy();
  await next();
  await vi.waitFor(() => expect(onrelease).toHaveBeenCalledWith(waiting));
  expect(requests("release_summary")[0]).toMatchObject({ corrects: release.id, outside: true });
  expect([...core.kept.keys()].join()).not.toContain("release");
});
