import { call } from "$ipc/call";
import { session } from "$ipc/session.svelte";
import { zoom } from "$ipc/shell";

const STEPS = [67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300];
const USUAL = 100;
/** How large the window shows everything; not known while the page is new and the window may be as somebody left it. */
let shown: number | null = null;
let percent = USUAL;

export const larger = () => choose(STEPS.find((step) => step > percent) ?? percent);
export const smaller = () => choose(STEPS.findLast((step) => step < percent) ?? percent);
export const usual = () => choose(USUAL);

/** Shows everything so large, in percent. */
export function zoomTo(next: number): void {
  percent = next;
  if (next === shown) return;
  shown = next;
  void zoom(percent / 100);
}

/** Shows it, and remembers it for the person signed in. */
function choose(next: number): void {
  zoomTo(next);
  const current = session.current;
  if (!current || session.locked) return;
  const { theme, density } = current;
  call("set_display", { theme, density, zoom: percent }).then(
    (view) => (session.current = view),
    () => {},
  );
}
