import { MOMENT_MS } from "$shared/deliberate.svelte";
import { takesText } from "$shared/keys";

/** The element id of a field of the note: `concern.toldWhom` is `note-concern-toldWhom`. */
export function fieldId(field: string): string {
  return `note-${field.replaceAll(".", "-")}`;
}

/** Puts the focus on the field a gap is about, opening what is folded around it; false if there is none. */
export function goTo(field: string): boolean {
  const element = nearest(field);
  if (!element) return false;
  for (let fold = element.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null)
    fold.open = true;
  const focusable = element.matches("input, textarea, select, button")
    ? element
    : element.querySelector<HTMLElement>('[tabindex="0"], input, textarea, select, button');
  focusable?.focus();
  focusable?.scrollIntoView?.({ block: "center" });
  return Boolean(focusable);
}

/** For a moment Enter and Space press nothing: what led here may still be under the finger, and must choose nothing. */
export function restKeys(): void {
  const refuse = (event: KeyboardEvent) => {
    if (!["Enter", " "].includes(event.key) || takesText(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener("keydown", refuse, { capture: true });
  setTimeout(() => window.removeEventListener("keydown", refuse, { capture: true }), MOMENT_MS);
}

function nearest(field: string): HTMLElement | null {
  const parts = field.split(".");
  while (parts.length) {
    const found = document.getElementById(fieldId(parts.join(".")));
    if (found) return found;
    parts.pop();
  }
  return null;
}
