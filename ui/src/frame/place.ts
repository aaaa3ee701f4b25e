import { tick } from "svelte";
import { router, type CarryOn, type Route } from "$shared/router.svelte";

/** Where somebody was when Attune locked: ids and a caret, no words. */
export type Spot = {
  route: Route;
  form: CarryOn | null;
  element: string;
  caret: [number, number] | null;
  scrolled: number;
};

const APPEARS_WITHIN_MS = 3000;

/** The place now. */
export function placeNow(): Spot {
  const element = document.activeElement;
  const text = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element : null;
  const start = text?.selectionStart ?? null;
  return {
    route: router.route,
    form: router.form,
    element: element?.id ?? "",
    caret: text && start !== null ? [start, text.selectionEnd ?? start] : null,
    scrolled: document.querySelector("#main")?.scrollTop ?? 0,
  };
}

/** Goes back to it once its screen stands; a screen that looks otherwise now keeps its own focus. */
export async function backTo(place: Spot): Promise<void> {
  const until = performance.now() + APPEARS_WITHIN_MS;
  const there = () => (place.element ? document.getElementById(place.element) : null);
  while (!there() && performance.now() < until) await new Promise((again) => setTimeout(again, 30));
  await tick();
  const main = document.querySelector("#main");
  if (main) main.scrollTop = place.scrolled;
  const element = there();
  element?.focus({ preventScroll: true });
  if (place.caret && (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) {
    element.setSelectionRange(...place.caret);
  }
}
