import type { FamilyId } from "$ipc/generated/FamilyId";
import { may } from "$ipc/session.svelte";
import type { Route } from "$shared/router.svelte";
import { frame as m } from "$strings/frame";

export type Tab = { words: string; route: Route };

/** The parts of an open record that the person signed in may see, in the order of Ctrl+1 to Ctrl+5. */
function caseTabs(family: FamilyId): Tab[] {
  const tabs: Tab[] = [];
  if (may("story")) tabs.push({ words: m.story, route: { view: "story", family } });
  if (may("priority")) tabs.push({ words: m.screening, route: { view: "priority", family } });
  if (may("placements")) tabs.push({ words: m.placement, route: { view: "placement", family } });
  if (may("people")) tabs.push({ words: m.people, route: { view: "people", family } });
  if (may("history")) tabs.push({ words: m.recordHistory, route: { view: "history", family } });
  return tabs;
}

/** The tabs that the window shows now: none outside a record, while a note is written, or where there is one only. */
export function tabsShown(route: Route): Tab[] {
  if (!("family" in route) || !route.family || route.view === "note") return [];
  const tabs = caseTabs(route.family);
  return tabs.length > 1 ? tabs : [];
}
