import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { MOMENT_MS } from "./deliberate.svelte";
import { onePress } from "./onePress";

let stop: () => void;
const button = (id: string) => document.getElementById(id) as HTMLButtonElement;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `<button id="save">Save</button><button id="again">Record a step</button>`;
  button("save").focus();
  stop = onePress();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

/** Presses a key where the focus is; answers whether the button would be pressed by it. */
function press(key: string): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  document.activeElement?.dispatchEvent(event);
  return !event.defaultPrevented;
}

it("does not press the button that the focus was taken to, however often the key is hammered", () => {
  expect(press("Enter")).toBe(true);
  button("again").focus();
  for (let times = 0; times < 10; times++) {
    vi.advanceTimersByTime(MOMENT_MS / 2);
    press("Control");
    expect(press("Enter")).toBe(false);
  }
  vi.advanceTimersByTime(MOMENT_MS);
  expect(press("Enter")).toBe(true);
});

it("leaves what waits by itself to say when it is ready", () => {
  button("again").dataset.final = "true";
  press("Enter");
  button("again").focus();
  expect(press("Enter")).toBe(true);
});

it("lets who moves on by themselves press at once", () => {
  press("Enter");
  button("again").focus();
  press("Tab");
  button("save").focus();
  expect(press("Enter")).toBe(true);
  button("again").focus();
  document.body.dispatchEvent(new Event("pointerdown", { bubbles: true }));
  expect(press("Enter")).toBe(true);
  button("save").focus();
  expect(press(" ")).toBe(true);
});
