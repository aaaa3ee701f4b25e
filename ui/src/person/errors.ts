import { CoreError } from "$ipc/call";

/** The messages of one person of a form: `people.0.number` is `number` of the person `people.0`. */
export function errorsOf(error: CoreError | null, person: string): Record<string, string> {
  if (!error?.field) return {};
  const begins = `${person}.`;
  return error.field.startsWith(begins) ? { [error.field.slice(begins.length)]: error.message } : {};
}

/** The element a refusal is about: the field itself, or the first part of a date; null if it is not on the page. */
export function fieldOf(error: CoreError | null): HTMLElement | null {
  if (!error?.field) return null;
  const parts = error.field.split(".");
  while (parts.length > 1) {
    const found = document.getElementById(parts.join("-"));
    if (found)
      return found.matches("input, select, textarea") ? found : found.querySelector<HTMLElement>("input, select");
    parts.pop();
  }
  return null;
}

/** The same refusal with its field inside `person`: `number` becomes `person.number`. */
export function within(error: CoreError, person: string): CoreError {
  if (!error.field || error.field.startsWith(`${person}.`)) return error;
  return new CoreError(error.code, error.message, `${person}.${error.field}`);
}
