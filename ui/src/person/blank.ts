import type { FamilyRole } from "$ipc/generated/FamilyRole";
import type { PersonEntry } from "$ipc/generated/PersonEntry";

/** A person with nothing typed and nothing chosen. */
export function blankPerson(role: FamilyRole): PersonEntry {
  return {
    role,
    familyName: "",
    given: "",
    givenAwaited: false,
    preferred: "",
    sex: null,
    born: { day: "", month: "", year: "" },
    bornTime: "",
    due: { day: "", month: "", year: "" },
    birthOrder: null,
    number: "",
    numberAbsent: null,
    responsibility: null,
    needs: [],
  };
}

/** True once something has been typed. */
export function begun(entry: PersonEntry): boolean {
  const { role: _, birthOrder: __, ...typed } = entry;
  return (
    JSON.stringify(typed) !== JSON.stringify({ ...blankPerson(entry.role), role: undefined, birthOrder: undefined })
  );
}
