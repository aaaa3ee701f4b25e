/** Where the person was: the element, the caret in it and how far each part was scrolled. */
export type Spot = {
  element: HTMLElement | null;
  caret: [number, number] | null;
  scrolled: [Element, number][];
};

/** Remembers the place inside `root`, where `element` had the focus last. */
export function placeIn(root: HTMLElement, element: HTMLElement | null): Spot {
  const scrolled = [...root.querySelectorAll("*")].filter((part) => part.scrollTop > 0);
  return { element, caret: caretOf(element), scrolled: scrolled.map((part) => [part, part.scrollTop]) };
}

/** Goes back to a place, if it is still there. */
export function returnTo(place: Spot): void {
  for (const [part, top] of place.scrolled) part.scrollTop = top;
  if (!place.element?.isConnected) return;
  place.element.focus({ preventScroll: true });
  if (place.caret && isText(place.element)) place.element.setSelectionRange(...place.caret);
}

/** Brings the whole field that has the focus into sight, with its label and what is wrong with it; the web view cares for its caret only. */
export function keepInSight(event: FocusEvent): void {
  if (!(event.target instanceof Element) || !isText(event.target)) return;
  event.target.scrollIntoView({ block: "nearest" });
  event.target.closest(".field, fieldset")?.querySelector("label, legend")?.scrollIntoView?.({ block: "nearest" });
}

/** Puts the focus on the first field of a form that opens, and leaves its heading in sight. */
export function openAt(form: HTMLElement): void {
  focusFirst(form, { preventScroll: true });
  document.activeElement?.scrollIntoView?.({ block: "nearest" });
  form.querySelector("h2")?.scrollIntoView?.({ block: "nearest" });
}

/** Puts the focus on the first field of a form, or on the first that is wrong. */
export function focusFirst(root: ParentNode | null | undefined, how?: FocusOptions): void {
  const wrong = root?.querySelector<HTMLElement>("[aria-invalid='true']");
  const first = root?.querySelector<HTMLElement>("input:not([type=hidden]), textarea, select");
  (wrong ?? first)?.focus(how);
}

function caretOf(element: HTMLElement | null): [number, number] | null {
  if (!element || !isText(element)) return null;
  const { selectionStart, selectionEnd } = element;
  return selectionStart === null || selectionEnd === null ? null : [selectionStart, selectionEnd];
}

function isText(element: Element): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
}
