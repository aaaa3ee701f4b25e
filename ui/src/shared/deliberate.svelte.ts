import { isHeld } from "./keys";

/** How long what cannot be taken back is in sight before a press counts. */
export const MOMENT_MS = 600;

/**
 * When a press means an act that cannot be taken back: the control has been in sight for a moment, and the key was
 * let go since. A press too early, a chord, a held key and the second half of a double click count for nothing, and
 * the moment begins again.
 */
export class Deliberate {
  /** True once a press counts. */
  ready = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The control came into sight, or its act has ended: the moment begins. Answers the way to stop waiting. */
  begin(): () => void {
    this.ready = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.ready = true), MOMENT_MS);
    return () => clearTimeout(this.#timer);
  }

  /** Whether this press counts; if not, nothing comes of it. */
  counts(press: MouseEvent | KeyboardEvent): boolean {
    const deliberate =
      this.ready && !(press instanceof KeyboardEvent ? isChord(press) || isHeld(press) : press.detail > 1);
    if (!deliberate) {
      press.preventDefault();
      press.stopPropagation();
      this.begin();
    }
    return deliberate;
  }
}

/** True for the keys that press a button. */
export const presses = (event: KeyboardEvent): boolean => event.key === "Enter" || event.key === " ";

const isChord = (event: KeyboardEvent): boolean => event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
