/**
 * The chord of a key press, as `Ctrl+Enter`, `Alt+1`, `F8` or `j`; empty for AltGr and Ctrl+Alt,
 * with which people type á é í ó ú.
 */
export function chord(event: KeyboardEvent): string {
  if (event.isComposing || event.getModifierState?.("AltGraph")) return "";
  const ctrl = event.ctrlKey || event.metaKey;
  if (ctrl && event.altKey) return "";
  const parts = [];
  if (ctrl) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey && event.key.length > 1) parts.push("Shift");
  parts.push(key(event, ctrl || event.altKey));
  return parts.join("+");
}

function key(event: KeyboardEvent, withModifier: boolean): string {
  if (withModifier && !event.shiftKey && /^Digit[0-9]$/.test(event.code)) return event.code.slice(5);
  if (event.key === " ") return "Space";
  return event.key.length === 1 && withModifier ? event.key.toUpperCase() : event.key;
}

/** True where a letter is meant as text. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

const down = new Set<string>();
const repeats = new WeakSet<Event>();

/** True if the key was not let go since it was last pressed. Some web views do not tell, so it is looked at here too. */
export function isHeld(event: KeyboardEvent): boolean {
  return event.repeat || repeats.has(event);
}

/** True for a key that is held down where it would press a button again or send a form again. */
function pressesAgain(event: KeyboardEvent): boolean {
  if (!isHeld(event) || !["Enter", " "].includes(event.key)) return false;
  if (event.target instanceof HTMLTextAreaElement) return false;
  return event.key === "Enter" || !takesText(event.target);
}

function goesDown(event: KeyboardEvent): void {
  if (down.has(event.code)) repeats.add(event);
  if (event.code) down.add(event.code);
  if (pressesAgain(event)) event.preventDefault();
}

window.addEventListener("keydown", goesDown, { capture: true });
window.addEventListener("keyup", (event) => down.delete(event.code), { capture: true });
window.addEventListener("blur", () => down.clear());
