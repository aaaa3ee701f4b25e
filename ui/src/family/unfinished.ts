import type { PersonEntry } from "$ipc/generated/PersonEntry";
import { session } from "$ipc/session.svelte";

/** The family being added, kept while other screens are looked at, until Attune is closed; only for who typed it. */
let unfinished: { by: string; people: PersonEntry[] } | null = null;

const me = () => session.current?.user.id ?? "";

export function keepUnfinished(people: PersonEntry[]): void {
  unfinished = { by: me(), people };
}

/** Hands it back, once. */
export function takeUnfinished(): PersonEntry[] | null {
  const people = unfinished?.by === me() ? unfinished.people : null;
  unfinished = null;
  return people;
}
