import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import AutoLock from "./AutoLock.svelte";

const shell = vi.hoisted(() => ({ told: vi.fn(), heard: new Map<string, (event: { payload: unknown }) => void>() }));
vi.mock("@tauri-apps/api/core", () => ({ invoke: (command: string) => Promise.resolve(shell.told(command)) }));
vi.mock("@tauri-apps/api/event", () => ({
  listen: (name: string, then: (event: { payload: unknown }) => void) => {
    shell.heard.set(name, then);
    return Promise.resolve(() => shell.heard.delete(name));
  },
}));

const onlock = vi.fn();

beforeEach(() => {
  shell.told.mockReset();
  onlock.mockReset();
  render(AutoLock, { onlock });
});
afterEach(cleanup);

async function says(name: string, payload: unknown = null): Promise<void> {
  shell.heard.get(name)?.({ payload });
  await tick();
}

const warned = () => screen.queryByText("Still there?") !== null;

test("warns while the core says that it locks soon, and not before", async () => {
  expect(warned()).toBe(false);
  await says("locks_in", 30);
  expect(warned()).toBe(true);
  expect(document.body.textContent).toContain("30 s");
  await says("locks_in", null);
  expect(warned()).toBe(false);
  expect(onlock).not.toHaveBeenCalled();
});

test("locks when the core says so", async () => {
  await says("lock");
  expect(onlock).toHaveBeenCalledTimes(1);
});

test("tells the core that somebody is there, not with every key", async () => {
  await fireEvent.keyDown(document.body, { key: "a" });
  await fireEvent.keyDown(document.body, { key: "b" });
  expect(shell.told.mock.calls).toEqual([["somebody_is_there"]]);
});

test("any key takes the warning away and is not typed anywhere", async () => {
  await fireEvent.keyDown(document.body, { key: "a" });
  await says("locks_in", 12);
  const typed = await fireEvent.keyDown(document.body, { key: "x" });
  await tick();
  expect(typed).toBe(false);
  expect(warned()).toBe(false);
  expect(shell.told).toHaveBeenCalledTimes(2);
});
