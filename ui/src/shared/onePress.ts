import { MOMENT_MS, presses } from "./deliberate.svelte";

const MODIFIERS = ["Control", "Shift", "Alt", "AltGraph", "Meta"];

/**
 * One press is one act: where a press takes the focus on to another button (a form was saved and is gone), the second
 * half of a doubled or hammered key does not press that one too. Whoever moves on by Tab, an arrow or the mouse,
 * presses another key, or waits a moment, presses at once. Answers the way to stop.
 */
export function onePress(): () => void {
  let pressed = "";
  let landed: { on: EventTarget | null; at: number } | null = null;

  function goesDown(event: KeyboardEvent): void {
    if (MODIFIERS.includes(event.key)) return;
    const again = landed !== null && landed.on === event.target && performance.now() - landed.at < MOMENT_MS;
    // What cannot be taken back waits by itself, and says when it is ready.
    const waits = event.target instanceof HTMLButtonElement && event.target.dataset.final === undefined;
    if (again && event.key === pressed && waits) {
      event.preventDefault();
      event.stopPropagation();
      landed = { on: event.target, at: performance.now() };
      return;
    }
    pressed = presses(event) ? event.key : "";
    landed = null;
  }

  function came(event: FocusEvent): void {
    if (pressed) landed = { on: event.target, at: performance.now() };
  }

  function points(): void {
    pressed = "";
    landed = null;
  }

  window.addEventListener("keydown", goesDown, { capture: true });
  window.addEventListener("focusin", came, { capture: true });
  window.addEventListener("pointerdown", points, { capture: true });
  return () => {
    window.removeEventListener("keydown", goesDown, { capture: true });
    window.removeEventListener("focusin", came, { capture: true });
    window.removeEventListener("pointerdown", points, { capture: true });
  };
}
