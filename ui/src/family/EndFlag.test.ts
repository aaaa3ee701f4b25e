import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const invoke = vi.hoisted(() => vi.fn());
vi.mock("@tauri-apps/api/core", () => ({ invoke }));
vi.mock("@tauri-apps/api/event", () => ({ listen: () => Promise.resolve(() => {}) }));

const { MOMENT_MS } = await import("$shared/deliberate.svelte");
const { default: EndFlag } = await import("./EndFlag.svelte");
const { family: words } = await import("$strings/family");
type Ending = import("./EndFlag.svelte").Ending;

const flag = { id: "f1", words: "Interpreter: Tetum", needsSecond: false, ending: "" } as Ending;
const asked = () => invoke.mock.calls.filter(([what]) => what === "call").map(([, sent]) => sent.command);

beforeEach(() => {
  vi.useFakeTimers();
  invoke.mockReset();
  invoke.mockReturnValue(new Promise(() => {}));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("a flag is ended only after it was asked whose and which", async () => {
  const onclose = vi.fn();
  render(EndFlag, { flag, whose: "O’NEILL, Fiadh · F26-7K2Q", onclose });
  expect(screen.getByText(words.endFlagTitle(flag.words))).toBeTruthy();
  expect(screen.getByText("O’NEILL, Fiadh · F26-7K2Q")).toBeTruthy();
  expect(asked()).toEqual([]);
  await vi.advanceTimersByTimeAsync(MOMENT_MS);
  await fireEvent.click(screen.getByText(words.endFlag));
  expect(asked()).toEqual(["end_flag"]);
});

test("who thinks better of it ends nothing", async () => {
  const onclose = vi.fn();
  render(EndFlag, { flag, whose: "O’NEILL, Fiadh", onclose });
  await fireEvent.click(screen.getByText(words.endFlagNot));
  expect(onclose).toHaveBeenCalled();
  expect(asked()).toEqual([]);
});

test("one that keeps people safe is asked to be ended, with a reason", async () => {
  const safe = { id: "f2", words: "On Child Protection Register", needsSecond: true, ending: "" } as Ending;
  render(EndFlag, { flag: safe, whose: "O’NEILL, Fiadh", onclose: vi.fn() });
  expect(screen.getByText(words.endFlagSecond)).toBeTruthy();
  await fireEvent.input(screen.getByLabelText(words.endFlagWhy), { target: { value: "Conference of today" } });
  await vi.advanceTimersByTimeAsync(MOMENT_MS);
  await fireEvent.click(screen.getByText(words.askToEnd));
  expect(invoke.mock.calls.at(-1)?.[1].request).toEqual({ flag: "f2", reason: "Conference of today" });
});
