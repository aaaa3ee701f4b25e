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
  if (event.altKey && /^Digit[0-9]$/.test(event.code)) return event.code.slice(5);
  if (event.key === " ") return "Space";
  return event.key.length === 1 && withModifier ? event.key.toUpperCase() : event.key;
}

/** True where a letter is meant as text. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}
