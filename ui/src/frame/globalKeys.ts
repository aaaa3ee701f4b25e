import { may } from "$ipc/session.svelte";
import { chord, isHeld, takesText } from "$shared/keys";
import { openFamily, router } from "$shared/router.svelte";
import { saving } from "$shared/saving.svelte";
import { shown } from "$shared/screen.svelte";
import { say } from "$shared/status.svelte";
import { frame as m } from "$strings/frame";
import { tabsShown } from "./caseTabs";
import { desk } from "./desk.svelte";
import { mainParts } from "./parts";
import { nextRegion } from "./regions";
import { larger, smaller, usual } from "./zoom";

type Around = { inside: () => boolean; find: () => void; help: () => void };

/** Keys that would reload, leave or print the page in a browser, and lose nothing here. A screen may print itself. */
const SWALLOWED = ["F5", "Ctrl+F5", "Ctrl+P", "Ctrl+R", "Shift+Ctrl+R", "F7", "Ctrl+W", "Ctrl+G", "Ctrl+U"];

const ALWAYS: Record<string, () => void> = {
  "Ctrl++": larger,
  "Ctrl+=": larger,
  "Ctrl+-": smaller,
  "Ctrl+_": smaller,
  "Ctrl+0": usual,
};

/** The keys that work on every screen. A key of the open screen goes first. */
export function globalKeys(around: Around): (event: KeyboardEvent) => void {
  const inside: Record<string, () => void> = {
    F8: () => desk.cover(),
    "Ctrl+L": () => void desk.lock(),
  };
  const undisturbed: Record<string, () => void> = {
    F1: around.help,
    F6: nextRegion,
    "Ctrl+K": () => may("find") && around.find(),
    "Ctrl+N": newNote,
    "Ctrl+S": () => void saveNow(),
  };

  return (event) => {
    const pressed = chord(event);
    if (!pressed || event.defaultPrevented) return;
    const run = pick(pressed, event.target);
    if (!run && !SWALLOWED.includes(pressed) && !pressesByChord(pressed, event.target)) return;
    event.preventDefault();
    if (!isHeld(event) || pressed in ALWAYS) run?.();
  };

  function pick(pressed: string, target: EventTarget | null): (() => void) | undefined {
    if (pressed in ALWAYS) return ALWAYS[pressed];
    if (!around.inside()) return undefined;
    if (pressed in inside) return inside[pressed];
    if (document.querySelector("dialog[open]")) return formHere(pressed, target);
    const own = shown.screen.keys.find((key) => key.chord === pressed && key.run);
    return own?.run ?? formHere(pressed, target) ?? undisturbed[pressed] ?? mainTab(pressed) ?? caseTab(pressed);
  }
}

/** A chord presses no button that merely has the focus: it is meant for the screen. */
const pressesByChord = (pressed: string, target: EventTarget | null): boolean =>
  pressed.endsWith("+Enter") && !takesText(target);

/** Ctrl+Enter in a form presses its button, which knows whether a press counts now. */
function formHere(pressed: string, target: EventTarget | null): (() => void) | undefined {
  const form = pressed === "Ctrl+Enter" && target instanceof Element ? target.closest("form") : null;
  const button = form?.querySelector<HTMLElement>("button[type=submit]");
  return button ? () => button.click() : undefined;
}

function mainTab(pressed: string): (() => void) | undefined {
  const number = /^Alt\+([1-4])$/.exec(pressed)?.[1];
  const part = number ? mainParts()[Number(number) - 1] : undefined;
  return part && (() => router.go(part.route));
}

/** Ctrl+1 to Ctrl+5 open the parts of the record whose tabs are in sight. */
function caseTab(pressed: string): (() => void) | undefined {
  const number = /^Ctrl\+([1-5])$/.exec(pressed)?.[1];
  const tab = number ? tabsShown(router.route)[Number(number) - 1] : undefined;
  return tab && (() => router.go(tab.route));
}

function newNote(): void {
  const family = openFamily(router.route);
  if (family && may("open_note")) router.go({ view: "note", family });
}

/** Puts all that is typed on disk. What could not be saved is told where it stands. */
async function saveNow(): Promise<void> {
  await saving.flush();
  if (saving.state !== "failed") say(m.savedNow);
}
