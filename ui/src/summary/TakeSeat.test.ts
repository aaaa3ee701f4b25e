import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { saving } from "$shared/saving.svelte";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: TakeSeat } = await import("./TakeSeat.svelte");
const { chooses, view } = await import("./testing");
const { KeptForms } = await import("$form/testing");

const onclose = vi.fn();
const forms = new KeptForms();
let answer: () => Promise<unknown>;
const sent = () => call.mock.calls.filter(([command]) => command === "take_release_seat").map(([, request]) => request);
const field = (id: string) => document.getElementById(id) as HTMLInputElement;
const send = () => fireEvent.submit(document.getElementById("seat-form")!);

beforeEach(async () => {
  call.mockReset();
  forms.kept.clear();
  answer = () => Promise.resolve({});
  call.mockImplementation((command: string, request: object) => forms.answer(command, request) ?? answer());
  onclose.mockReset();
  render(TakeSeat, { periods: view.periods, onclose });
  await vi.waitFor(() => expect(field("seat-reason")).not.toBeNull());
  await fireEvent.input(field("seat-reason"), { target: { value: "The old laptop was replaced" } });
});
afterEach(() => {
  cleanup();
  saving.end();
});

test("nothing is sent until a lead has said what has left from elsewhere", async () => {
  await send();
  await vi.waitFor(() => expect(document.body.textContent).toContain("Say what has left from elsewhere"));
  expect(sent()).toEqual([]);
  expect(field("seat-reason").value).toBe("The old laptop was replaced");
});

test("that nothing has left is said by a tick", async () => {
  await fireEvent.click(field("seat-nothing"));
  await send();
  await vi.waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(sent()).toEqual([{ reason: "The old laptop was replaced", left: [], takenBack: [] }]);
});

test("a period is named with its file, or without one", async () => {
  for (const at of [0, 1]) {
    await fireEvent.click(screen.getByRole("button", { name: "Add a period" }));
    await vi.waitFor(() => expect(document.activeElement).toBe(field(`seat-left-${at}`)));
  }
  await send();
  await vi.waitFor(() => expect(document.body.textContent).toContain("Choose the period."));
  chooses("seat-left-0", "2026-Q2");
  chooses("seat-left-1", "2026-Q3");
  const file = new File(["# a file\n"], "attune-summary-2026-Q2.csv", { type: "text/csv" });
  Object.defineProperty(field("seat-left-0-file"), "files", { value: [file] });
  await fireEvent.change(field("seat-left-0-file"));
  await vi.waitFor(() =>
    expect(document.getElementById("seat-left-0-file-hint")?.textContent).toContain("attune-summary-2026-Q2.csv"),
  );
  expect(document.getElementById("seat-left-1-file-hint")?.textContent).toContain("No file");
  await send();
  await vi.waitFor(() => expect(onclose).toHaveBeenCalled());
  expect(sent()[0].left).toEqual([
    { period: "2026-Q2", csv: "# a file\n" },
    { period: "2026-Q3", csv: "" },
  ]);
});

test("a file that is not one of ours is refused in words, and everything is kept", async () => {
  await fireEvent.click(screen.getByRole("button", { name: "Add a period" }));
  await vi.waitFor(() => expect(field("seat-left-0")).not.toBeNull());
  chooses("seat-left-0", "2026-Q2");
  answer = () => Promise.reject({ code: "summary_not_its_file", message: "That is not the CSV file.", field: "left" });
  await send();
  await vi.waitFor(() => expect(document.body.textContent).toContain("That is not the CSV file."));
  expect(field("seat-left-0").value).toBe("2026-Q2");
  expect(onclose).not.toHaveBeenCalled();
});

test("a period that was added can be taken out again", async () => {
  await fireEvent.click(screen.getByRole("button", { name: "Add a period" }));
  await fireEvent.click(await screen.findByRole("button", { name: "Remove period 1" }));
  await vi.waitFor(() => expect(field("seat-left-0")).toBeNull());
});

test("when a period is taken out, the file of the next one stays in its own box, and the keyboard goes on from there", async () => {
  for (const at of [0, 1]) {
    await fireEvent.click(screen.getByRole("button", { name: "Add a period" }));
    await vi.waitFor(() => expect(field(`seat-left-${at}-file`)).not.toBeNull());
  }
  const second = field("seat-left-1-file");
  await fireEvent.click(screen.getByRole("button", { name: "Remove period 1" }));
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("seat-left-0"));
  expect(field("seat-left-0-file")).toBe(second);
  expect(field("seat-left-1-file")).toBeNull();
});

test("when the last period is taken out, the keyboard is at the button that adds one", async () => {
  await fireEvent.click(screen.getByRole("button", { name: "Add a period" }));
  await fireEvent.click(await screen.findByRole("button", { name: "Remove period 1" }));
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("seat-add"));
});

test("what was typed comes back after the page was left, and each period keeps its own place", async () => {
  await fireEvent.click(screen.getByRole("button", { name: "Add a period" }));
  await vi.waitFor(() => expect(field("seat-left-0")).not.toBeNull());
  chooses("seat-left-0", "2026-Q2");
  cleanup();
  await vi.waitFor(() => expect(forms.kept.size).toBe(1));
  render(TakeSeat, { periods: view.periods, onclose });
  await vi.waitFor(() => expect(field("seat-reason")?.value).toBe("The old laptop was replaced"));
  expect(field("seat-left-0").value).toBe("2026-Q2");
  const first = field("seat-left-0-file");
  await fireEvent.click(screen.getByRole("button", { name: "Add a period" }));
  await vi.waitFor(() => expect(field("seat-left-1-file")).not.toBeNull());
  await fireEvent.click(screen.getByRole("button", { name: "Remove period 2" }));
  await vi.waitFor(() => expect(field("seat-left-1-file")).toBeNull());
  expect(field("seat-left-0-file")).toBe(first);
});

test("a file that is far too large is not read", async () => {
  await fireEvent.click(screen.getByRole("button", { name: "Add a period" }));
  await vi.waitFor(() => expect(field("seat-left-0-file")).not.toBeNull());
  const file = new File(["x".repeat(200_001)], "holiday.csv");
  Object.defineProperty(field("seat-left-0-file"), "files", { value: [file] });
  await fireEvent.change(field("seat-left-0-file"));
  await vi.waitFor(() => expect(document.body.textContent).toContain("That file is too large"));
  expect(document.getElementById("seat-left-0-file-hint")?.textContent).toContain("No file");
});
