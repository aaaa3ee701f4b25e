import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { createRawSnippet, tick } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import Button from "./Button.svelte";
import { MOMENT_MS } from "./deliberate.svelte";

const act = vi.fn();
const children = createRawSnippet(() => ({ render: () => "<span>Sign for good</span>" }));
const button = () => screen.getByRole("button");
const enter = { key: "Enter", code: "Enter" };

beforeEach(() => {
  vi.useFakeTimers();
  act.mockReset();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** What a web view does with Enter on a button that has the focus: a press, unless the key was refused. */
async function press(more: KeyboardEventInit = {}): Promise<void> {
  if (await fireEvent.keyDown(button(), { ...enter, ...more })) await fireEvent.click(button());
}

const letGo = () => fireEvent.keyUp(button(), enter);

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

async function show(final: boolean): Promise<void> {
  render(Button, { final, onclick: act, children });
  await tick();
}

test("what cannot be taken back waits for a moment, then a plain key does it", async () => {
  await show(true);
  expect(button().getAttribute("aria-disabled")).toBe("true");
  await press();
  await letGo();
  expect(act).not.toHaveBeenCalled();
  await pass(MOMENT_MS);
  expect(button().getAttribute("aria-disabled")).toBeNull();
  await press();
  expect(act).toHaveBeenCalledTimes(1);
});

test.each([{ repeat: true }, { ctrlKey: true }, { altKey: true }, { shiftKey: true }])(
  "a held key or a chord never does it: %o",
  async (more) => {
    await show(true);
    await pass(MOMENT_MS);
    await press(more);
    await letGo();
    expect(act).not.toHaveBeenCalled();
  },
);

test("a key that is hammered never does it, however long", async () => {
  await show(true);
  for (let times = 0; times < 40; times++) {
    await press();
    await letGo();
    await pass(150);
  }
  expect(act).not.toHaveBeenCalled();
  await pass(MOMENT_MS);
  await press();
  expect(act).toHaveBeenCalledTimes(1);
});

test("a key still down from the screen before never does it, though the web view calls it new", async () => {
  await fireEvent.keyDown(document.body, enter);
  await show(true);
  await pass(MOMENT_MS);
  await press();
  expect(act).not.toHaveBeenCalled();
  await letGo();
  await pass(MOMENT_MS);
  await press();
  expect(act).toHaveBeenCalledTimes(1);
  await letGo();
});

test("the second half of a double click does nothing", async () => {
  await show(true);
  await pass(MOMENT_MS);
  await fireEvent.click(button(), { detail: 2 });
  expect(act).not.toHaveBeenCalled();
});

test("a held Enter presses any button once", async () => {
  await show(false);
  await press();
  for (let times = 0; times < 5; times++) await press({ repeat: true });
  await letGo();
  expect(act).toHaveBeenCalledTimes(1);
});
