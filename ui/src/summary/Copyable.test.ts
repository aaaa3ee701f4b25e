import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { saving } from "$shared/saving.svelte";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call, callSeen: call }));
vi.mock("$ipc/shell", () => ({ copy: vi.fn() }));

const { session } = await import("$ipc/session.svelte");
const { default: Copyable } = await import("./Copyable.svelte");
const { reads, release } = await import("./testing");

const print = vi.fn();
let noted: () => Promise<unknown>;

beforeEach(() => {
  print.mockReset();
  vi.stubGlobal("print", print);
  noted = () => Promise.resolve({});
  call.mockReset();
  call.mockImplementation((command: string) =>
    command === "release_figures" ? Promise.resolve({ value: reads(release), seen: 1 }) : noted(),
  );
  session.current = {
    user: { id: "u1" },
    commands: ["release_figures", "print_release"],
  } as unknown as typeof session.current;
});
afterEach(() => {
  cleanup();
  saving.end();
  vi.unstubAllGlobals();
});

const press = async () => fireEvent.click(await screen.findByRole("button", { name: /Print the tables/ }));

test("it is in the register before it is on paper", async () => {
  let goesOn: (answer: unknown) => void = () => {};
  noted = () => new Promise((done) => (goesOn = done));
  render(Copyable, { release: release.id, paper: true });
  await press();
  expect(call).toHaveBeenCalledWith("print_release", { release: release.id }, expect.anything());
  expect(print).not.toHaveBeenCalled();
  goesOn({});
  await vi.waitFor(() => expect(print).toHaveBeenCalledOnce());
});

test("what cannot be noted is not printed, and that is said", async () => {
  noted = () => Promise.reject({ code: "disk_full", message: "The disk is full.", field: null });
  render(Copyable, { release: release.id, paper: true });
  await press();
  await vi.waitFor(() => expect(document.body.textContent).toContain("The disk is full."));
  expect(print).not.toHaveBeenCalled();
});

test("on paper stand who, for whom, until when and the rule; where it is not printed from, no paper shows a table", async () => {
  render(Copyable, { release: release.id, paper: true });
  await screen.findByRole("button", { name: /Print the tables/ });
  const paper = document.querySelector(".only-print")?.textContent ?? "";
  for (const words of [release.who, "The team itself", "No end date", "Numbers below 5 are hidden."])
    expect(paper, words).toContain(words);
  expect(document.querySelector("table")?.closest(".no-print")).toBeNull();
  cleanup();
  render(Copyable, { release: release.id });
  await vi.waitFor(() => expect(document.querySelector("table")).not.toBeNull());
  expect(document.querySelector("table")?.closest(".no-print")).not.toBeNull();
  expect(screen.queryByRole("button", { name: /Print the tables/ })).toBeNull();
});
