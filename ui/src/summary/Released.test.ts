import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ReleaseView } from "$ipc/generated/ReleaseView";
import { MOMENT_MS } from "$shared/deliberate.svelte";
import { saving } from "$shared/saving.svelte";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call, callSeen: call }));
vi.mock("$ipc/shell", () => ({ copy: vi.fn() }));

const { session } = await import("$ipc/session.svelte");
const { router } = await import("$shared/router.svelte");
const { KeptForms } = await import("$form/testing");
const { default: Released } = await import("./Released.svelte");
const { release, waiting } = await import("./testing");

const forms = new KeptForms();
let answer: () => Promise<unknown>;
const LEAD = ["write_release", "withdraw_release", "release_summary", "check_release_proof", "approve_release"];
const shows = (more: Partial<ReleaseView> = {}, now: Partial<ReleaseView> = {}) =>
  render(Released, { release: { ...release, ...more }, now: { ...release, ...more, ...now } });
const alerts = () =>
  screen
    .getAllByRole("alert")
    .map((one) => one.textContent?.trim())
    .filter(Boolean);
const button = (name: RegExp) => screen.queryByRole("button", { name });

beforeEach(() => {
  call.mockReset();
  call.mockImplementation((command: string, request: object) => forms.answer(command, request) ?? answer());
  answer = () => Promise.resolve({});
  forms.kept.clear();
  session.current = { user: { id: "u1" }, commands: LEAD } as unknown as typeof session.current;
});
afterEach(() => {
  cleanup();
  saving.end();
});

test("everything that is kept of a release is there: why, for whom, checksums, proof and head", () => {
  shows();
  for (const text of ["For the commissioner", "The team itself", "aa11", "bb22", "cc33", "dd44", release.frame])
    expect(document.body.textContent).toContain(text);
  expect(alerts()).toEqual([]);
});

test("a release whose files could not be saved says so beside it", () => {
  const notSaved = "This period is released, but its files could not be saved in the folder for summaries.";
  shows({}, { notSaved });
  expect(alerts()).toEqual([notSaved]);
  expect(document.querySelector(".files")).toBeNull();
});

test("files that were saved just now are named, and can be saved again", async () => {
  shows({}, { files: ["/out/attune-summary-2026-Q3.csv"] });
  expect(document.querySelector(".files")?.textContent).toContain("attune-summary-2026-Q3.csv");
  call.mockResolvedValue({ ...release, files: ["/other/attune-summary-2026-Q3.csv"] });
  await fireEvent.click(button(/Save the files again/)!);
  await vi.waitFor(() => expect(document.querySelector(".files")?.textContent).toContain("/other/"));
});

test.each([
  [true, "The proof is right."],
  [false, "The proof is not right."],
])("the check of the proof is answered in words: %s", async (holds, words) => {
  shows();
  call.mockResolvedValue({ holds, words: "Both proofs were read." });
  await fireEvent.click(button(/Check the proof/)!);
  await vi.waitFor(() => expect(document.body.textContent).toContain(words));
  expect(document.body.textContent).toContain("Both proofs were read.");
  expect(call).toHaveBeenCalledWith("check_release_proof", { release: release.id });
});

test("it is withdrawn with a reason; a refusal keeps what was typed", async () => {
  shows();
  await fireEvent.click(button(/Withdraw it/)!);
  const reason = () => document.getElementById("release-withdraw-reason") as HTMLTextAreaElement;
  await vi.waitFor(() => expect(reason()).not.toBeNull());
  await fireEvent.input(reason(), { target: { value: "No" } });
  answer = () => Promise.reject({ code: "summary_no_reason", message: "Say why.", field: "reason" });
  await new Promise((done) => setTimeout(done, MOMENT_MS + 30));
  await fireEvent.click(document.getElementById("release-withdraw-save")!);
  await fireEvent.submit(reason().form!);
  await vi.waitFor(() => expect(document.body.textContent).toContain("Say why."));
  expect(reason().value).toBe("No");
});

test("a correction begins with the release that it corrects, for a lead only", async () => {
  const { unmount } = shows();
  await fireEvent.click(button(/Correct it/)!);
  expect(router.route).toEqual({ view: "release", period: "2026-Q3", corrects: release.id });
  unmount();
  session.current = {
    user: { id: "u1" },
    commands: ["write_release", "release_summary"],
  } as unknown as typeof session.current;
  shows();
  expect(button(/Correct it/)).toBeNull();
  expect(button(/Withdraw it/)).toBeNull();
});

test("what waits or was declined has left nothing: nothing to save, withdraw or check", () => {
  for (const state of ["waits", "declined"] as const) {
    shows({ ...waiting, state, second: state === "declined" ? "Declined by Lead: too early" : "" });
    expect(screen.queryAllByRole("button").map((one) => one.textContent)).toEqual([]);
    expect(document.body.textContent).toContain(state === "waits" ? "Waiting for a second person" : "too early");
    cleanup();
  }
});

test("who may answer it is led there", async () => {
  shows({ ...waiting, mayAnswer: true });
  await fireEvent.click(button(/Read it and answer/)!);
  expect(router.route).toEqual({ view: "second", release: release.id });
});

test("an incident, a correction and a withdrawal are said", () => {
  shows({
    state: "withdrawn",
    incident: "Released twice.",
    withdrawn: "Withdrawn by Lead: wrong",
    corrected: "Corrected on",
  });
  expect(alerts()).toEqual(["Released twice."]);
  expect(screen.getByText("Withdrawn by Lead: wrong")).toBeTruthy();
  expect(screen.getByText("Corrected on")).toBeTruthy();
  expect(button(/Withdraw it/)).toBeNull();
});
