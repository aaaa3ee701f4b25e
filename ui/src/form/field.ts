/**
 * What is typed in the field that a refusal names: `people.0.number` of the entry. Where the entry has no such part, the
 * nearest around it, so that a change of it counts.
 */
export function typedIn(entry: object, field: string): string {
  let part: unknown = entry;
  for (const name of field.split(".")) {
    if (typeof part !== "object" || part === null || !(name in part)) break;
    part = (part as Record<string, unknown>)[name];
  }
  return JSON.stringify(part);
}
