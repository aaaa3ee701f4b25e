import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import AutoLock from "./AutoLock.svelte";

const onlock = vi.fn();
const SECOND = 1000;

beforeEach(() => {
  vi.useFakeTimers();
  onlock.mockReset();
  render(AutoLock, { minutes: 5, onlock });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function pass(seconds: number): Promise<void> {
  vi.advanceTimersByTime(seconds * SECOND);
  await tick();
}

const warned = () => screen.queryByText("Still there?") !== null;

test("warns half a minute before and then locks", async () => {
  await pass(269);
  expect(warned()).toBe(false);
  await pass(2);
  expect(warned()).toBe(true);
  expect(onlock).not.toHaveBeenCalled();
  await pass(30);
  expect(onlock).toHaveBeenCalled();
});

test("a key before the warning starts the time again", async () => {
  await pass(260);
  await fireEvent.keyDown(document.body, { key: "a" });
  await pass(260);
  expect(warned()).toBe(false);
  expect(onlock).not.toHaveBeenCalled();
});

test("any key takes the warning away and is not typed anywhere", async () => {
  await pass(280);
  expect(warned()).toBe(true);
  const typed = await fireEvent.keyDown(document.body, { key: "x" });
  await tick();
  expect(typed).toBe(false);
  expect(warned()).toBe(false);
  await pass(200);
  expect(onlock).not.toHaveBeenCalled();
});

test("locks at once when the computer slept past the time", async () => {
  vi.setSystemTime(Date.now() + 60 * 60 * SECOND);
  await pass(1);
  expect(onlock).toHaveBeenCalled();
});
