import { Later } from "./later";

/** Every view of an open record. */
export const views = {
  today: new Later(() => import("./Today.svelte")),
  caseload: new Later(() => import("./Caseload.svelte")),
  story: new Later(() => import("./Story.svelte")),
  note: new Later(() => import("./NoteEditor.svelte")),
  priority: new Later(() => import("./Priority.svelte")),
  ace: new Later(() => import("./Ace.svelte")),
  placement: new Later(() => import("./Placement.svelte")),
  people: new Later(() => import("./People.svelte")),
  history: new Later(() => import("./History.svelte")),
  addFamily: new Later(() => import("./AddFamily.svelte")),
  group: new Later(() => import("./Group.svelte")),
  summary: new Later(() => import("./Summary.svelte")),
  release: new Later(() => import("./Release.svelte")),
  second: new Later(() => import("./SecondPerson.svelte")),
  plan: new Later(() => import("./Plan.svelte")),
  releases: new Later(() => import("./Releases.svelte")),
  users: new Later(() => import("./UsersAndSettings.svelte")),
};

/** Loads the views that are not open yet, one after another, so that a key never waits for a file. */
export async function loadAll(): Promise<void> {
  for (const view of Object.values(views)) {
    try {
      await view.load();
    } catch {
      // Whoever opens it is told.
    }
  }
}
