/** Phrases as in encompass: `.cue` is replaced by its text, `***` is a blank that F2 visits. */
export type Fragment = { name: string; text: string };

/** The mark of a blank. */
const BLANK = "***";

/** A phrase being typed just before the caret: where its dot stands and the letters so far. */
export type Typed = { start: number; letters: string };

/** Finds `.letters` that ends at the caret and begins a word. */
export function typedPhrase(text: string, caret: number): Typed | null {
  const found = /(^|[\s(“"])\.([\p{L}\d]{1,24})$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const letters = found[2] ?? "";
  return { start: caret - letters.length - 1, letters: letters.toLowerCase() };
}

/** The phrases whose name begins with the letters. */
export function matching(phrases: Fragment[], letters: string): Fragment[] {
  return phrases.filter((phrase) => phrase.name.toLowerCase().startsWith(letters));
}

/** Replaces a stretch of the field as typing would, so that Ctrl+Z still undoes it. */
export function typeOver(
  field: HTMLTextAreaElement | HTMLInputElement,
  start: number,
  end: number,
  text: string,
): void {
  field.focus();
  field.setSelectionRange(start, end);
  const before = field.value;
  if (typeof document.execCommand === "function") document.execCommand("insertText", false, text);
  if (field.value !== before || before.slice(start, end) === text) return;
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Selects the next `***` after the caret, going on to the fields below and round to the top; false if there is none. */
export function nextBlank(root: HTMLElement, from: Element | null = document.activeElement): boolean {
  const fields = [...root.querySelectorAll<HTMLTextAreaElement>("textarea")];
  const here = fields.indexOf(from as HTMLTextAreaElement);
  for (let step = 0; step <= fields.length; step++) {
    const field = fields[(Math.max(here, 0) + step) % fields.length];
    if (!field) return false;
    const after = here >= 0 && step === 0 ? field.selectionEnd : 0;
    const at = field.value.indexOf(BLANK, after);
    if (at < 0) continue;
    field.focus();
    field.setSelectionRange(at, at + BLANK.length);
    return true;
  }
  return false;
}
