import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ReleaseView } from "$ipc/generated/ReleaseView";
import { MOMENT_MS } from "$shared/deliberate.svelte";
import { saving } from "$shared/saving.svelte";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { session } = await import("$ipc/session.svelte");
const { router } = await import("$shared/router.svelte");
const { default: Answer } = await import("./Answer.svelte");
const { byAge, reads, release } = await import("./testing");
const { KeptForms } = await import("$form/testing");

const onagreed = vi.fn();
const forms = new KeptForms();
let answers: (command: string) => Promise<unknown>;
function shows(more: Partial<ReleaseView>, commands = ["approve_release", "decline_release"]) {
  session.current = { user: { id: "u1" }, commands } as unknown as typeof session.current;
  return render(Answer, { view: reads(more), onagreed });
}
const moment = () => new Promise((done) => setTimeout(done, MOMENT_MS + 30));
const agree = () => document.getElementById("second-agree")!;

beforeEach(() => {
  call.mockReset();
  forms.kept.clear();
  answers = () => Promise.resolve({});
  call.mockImplementation((command: string, request: object) => forms.answer(command, request) ?? answers(command));
  onagreed.mockReset();
});
afterEach(() => {
  cleanup();
  saving.end();
});

test("the second person reads the same tables, kept from paper and clipboard", () => {
  shows({ mayAnswer: true });
  const region = document.querySelector(".unreleased");
  expect(region?.querySelector("table")?.textContent).toContain(byAge.title);
  expect(region?.classList.contains("no-print")).toBe(true);
  expect(screen.getByText("Outside the team: SPPG")).toBeTruthy();
});

test("the second person reads what is not in the file, and why and for whom it is", () => {
  shows({ mayAnswer: true });
  for (const words of ["No names", "No free text", "Contacts by kind and outcome", "Numbers below 5 are hidden."])
    expect(document.querySelector(".unreleased")?.textContent, words).toContain(words);
  for (const words of ["For the commissioner", "Outside the team: SPPG", "No end date"])
    expect(screen.getByText(words), words).toBeTruthy();
});

test("why it is declined is kept when the page is left, and comes back where it was typed", async () => {
  shows({ mayAnswer: true });
  await fireEvent.click(screen.getByRole("button", { name: /Decline it/ }));
  const reason = () => document.getElementById("second-decline-reason") as HTMLTextAreaElement;
  await vi.waitFor(() => expect(reason()).not.toBeNull());
  await fireEvent.input(reason(), { target: { value: "The recipient is wrong" } });
  cleanup();
  await vi.waitFor(() => expect(forms.kept.size).toBe(1));
  const of = `decline ${release.id}`;
  router.go({ view: "second", release: release.id }, { form: "release_reason", of });
  shows({ mayAnswer: true });
  await vi.waitFor(() => expect(reason()?.value).toBe("The recipient is wrong"));
});

test("agreeing takes a deliberate press", async () => {
  answers = () => Promise.resolve(release);
  shows({ mayAnswer: true });
  expect(await fireEvent.click(agree()), "at once").toBe(false);
  await moment();
  expect(await fireEvent.click(agree())).toBe(true);
  await fireEvent.submit(document.getElementById("second-form")!);
  await vi.waitFor(() => expect(onagreed).toHaveBeenCalledWith(release));
});

test("declining takes a reason; a refusal keeps what was typed", async () => {
  shows({ mayAnswer: true });
  await fireEvent.click(screen.getByRole("button", { name: /Decline it/ }));
  const reason = () => document.getElementById("second-decline-reason") as HTMLTextAreaElement;
  await vi.waitFor(() => expect(reason()).not.toBeNull());
  await fireEvent.input(reason(), { target: { value: "x" } });
  answers = () => Promise.reject({ code: "summary_no_reason", message: "Say why.", field: "reason" });
  await fireEvent.submit(reason().form!);
  await vi.waitFor(() => expect(document.body.textContent).toContain("Say why."));
  expect(reason().value).toBe("x");
  answers = () => Promise.resolve({});
  await fireEvent.input(reason(), { target: { value: "The recipient is wrong" } });
  await fireEvent.submit(reason().form!);
  await vi.waitFor(() =>
    expect(call).toHaveBeenCalledWith(
      "decline_release",
      { release: release.id, reason: "The recipient is wrong" },
      expect.anything(),
    ),
  );
});

test("whoever asked is told that it takes somebody else", () => {
  shows({ mayAnswer: false });
  expect(document.getElementById("second-same")?.textContent).toContain("somebody else must agree");
  expect(document.getElementById("second-agree")).toBeNull();
});

test("a data manager is told who answers", () => {
  shows({ mayAnswer: false }, ["release_figures"]);
  expect(document.getElementById("second-same")?.textContent).toContain("information governance answers this");
});

test("the core refuses the same person in words too, should the page be wrong", async () => {
  const message = "Whoever asked for a release cannot be its second person.";
  answers = () => Promise.reject({ code: "summary_same_person", message, field: null });
  shows({ mayAnswer: true });
  await fireEvent.submit(document.getElementById("second-form")!);
  await vi.waitFor(() => expect(document.body.textContent).toContain(message));
  expect(onagreed).not.toHaveBeenCalled();
});

test("what was answered meanwhile cannot be answered again", () => {
  shows({ state: "declined", mayAnswer: false });
  expect(document.body.textContent).toContain("It has been answered.");
  expect(document.getElementById("second-agree")).toBeNull();
});

test("what was taken back is not said to have been answered", () => {
  shows({ state: "taken_back", mayAnswer: false, mayTakeBack: false });
  expect(screen.getByText("It was taken back. Nothing has left.")).toBeTruthy();
  expect(screen.queryByText("It has been answered.")).toBeNull();
});

test("whoever asked takes it back with a reason, and agrees to nothing", async () => {
  shows({ mayAnswer: false, mayTakeBack: true });
  expect(agree()).toBeNull();
  await fireEvent.click(screen.getByRole("button", { name: "Take it back" }));
  await screen.findByRole("button", { name: "Leave it waiting" });
  const reason = () => document.getElementById("second-decline-reason") as HTMLTextAreaElement;
  await vi.waitFor(() => expect(reason()).not.toBeNull());
  expect(screen.getByLabelText(/Why you take it back/)).toBe(reason());
  await fireEvent.input(reason(), { target: { value: "The recipient was mistyped" } });
  await moment();
  await fireEvent.click(document.getElementById("second-decline-save")!);
  await vi.waitFor(() =>
    expect(call).toHaveBeenCalledWith(
      "decline_release",
      { release: release.id, reason: "The recipient was mistyped" },
      expect.anything(),
    ),
  );
});
