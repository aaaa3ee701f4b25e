import type { ContactId } from "$ipc/generated/ContactId";
import type { FamilyId } from "$ipc/generated/FamilyId";
import type { ReleaseId } from "$ipc/generated/ReleaseId";
import { pass } from "./status.svelte";

/** Every screen there is, and what it needs to open. */
export type Route =
  | { view: "today" }
  | { view: "caseload" }
  | { view: "summary" }
  | { view: "release"; period: string; corrects?: ReleaseId }
  | { view: "second"; release: ReleaseId }
  | { view: "plan" }
  | { view: "releases" }
  | { view: "users" }
  | { view: "add_family" }
  | { view: "group" }
  | { view: "story"; family: FamilyId; contact?: ContactId }
  | { view: "note"; family: FamilyId }
  | { view: "priority"; family: FamilyId }
  | { view: "ace"; family: FamilyId }
  | { view: "placement"; family: FamilyId }
  | { view: "people"; family: FamilyId }
  | { view: "history"; family: FamilyId | null };

export type View = Route["view"];

const START: Route = { view: "today" };

/** An unfinished form to carry on with on the screen that is opened. */
export type CarryOn = { form: string; of: string };

class Router {
  route = $state.raw<Route>(START);
  /** Grows with each step, so that opening the same screen again starts it afresh. */
  step = $state(0);
  #before: Route[] = [];
  #carryOn: CarryOn | null = null;
  /** The form that was opened last and is open still. */
  form: CarryOn | null = null;
  /** What screens keep while others are open; gone when somebody signs in. */
  #kept = new Map<string, unknown>();

  go(route: Route, carryOn: CarryOn | null = null): void {
    this.#before.push(this.route);
    if (this.#before.length > 50) this.#before.shift();
    this.#carryOn = carryOn;
    this.#show(route);
  }

  /** What the unfinished form of that name is about, if the screen was opened for it (and it is about `of`). Told once. */
  carriesOn(form: string, of?: string): string | null {
    const asked = this.#carryOn;
    if (asked?.form !== form || (of !== undefined && asked.of !== of)) return null;
    this.#carryOn = null;
    return asked.of;
  }

  /** Goes where the person came from, or to `otherwise`. */
  back(otherwise: Route): void {
    this.#show(this.#before.pop() ?? otherwise);
  }

  /** Starts at `route` with nothing before it. */
  start(route: Route, carryOn: CarryOn | null = null): void {
    this.#before = [];
    this.#carryOn = carryOn;
    this.#kept.clear();
    this.#show(route);
  }

  /** Keeps something of a screen for when it is opened again. */
  keep(name: string, what: unknown): void {
    this.#kept.set(name, what);
  }

  /** What was kept under that name, if anything. */
  kept<T>(name: string): T | undefined {
    return this.#kept.get(name) as T | undefined;
  }

  #show(route: Route): void {
    pass();
    this.route = route;
    this.step += 1;
  }
}

export const router = new Router();

/** The family whose record is open, if one. */
export function openFamily(route: Route): FamilyId | null {
  return "family" in route ? route.family : null;
}
