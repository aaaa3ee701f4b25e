import { may } from "$ipc/session.svelte";
import type { Route } from "$shared/router.svelte";
import { frame as m } from "$strings/frame";

export type Part = { words: string; route: Route };

/** The main parts the person signed in can open, in the order of Alt+1 to Alt+4. */
export function mainParts(): Part[] {
  const parts: Part[] = [];
  if (may("today")) parts.push({ words: m.today, route: { view: "today" } });
  if (may("caseload")) parts.push({ words: m.caseload, route: { view: "caseload" } });
  if (may("summary")) parts.push({ words: m.summary, route: { view: "summary" } });
  if (may("families_index")) parts.push({ words: m.history, route: { view: "history", family: null } });
  if (may("releases") && !may("summary")) parts.push({ words: m.releases, route: { view: "releases" } });
  const settings = settingsName();
  if (settings) parts.push({ words: settings, route: { view: "users" } });
  return parts;
}

/** What the settings are called for this person; empty when they stand only in the user menu. */
function settingsName(): string {
  if (may("add_user")) return m.usersAndSettings;
  if (may("users")) return m.users;
  return may("today") ? "" : m.settings;
}

/** Which main part a route belongs to. */
export function partOf(route: Route): Route["view"] {
  switch (route.view) {
    case "today":
    case "summary":
    case "releases":
    case "users":
      return route.view;
    case "release":
    case "plan":
      return "summary";
    case "second":
      return may("summary") ? "summary" : "releases";
    case "history":
      return route.family && may("caseload") ? "caseload" : "history";
    default:
      return "caseload";
  }
}
