import { cleanup, render } from "@testing-library/svelte";
import { readFileSync } from "node:fs";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

const invoke = vi.hoisted(() => vi.fn());
vi.mock("@tauri-apps/api/core", () => ({ invoke }));
vi.mock("@tauri-apps/api/event", () => ({ listen: () => Promise.resolve(() => {}) }));

const { router } = await import("$shared/router.svelte");
const { session } = await import("$ipc/session.svelte");
const { tabsShown } = await import("../frame/caseTabs");
const { mainParts } = await import("../frame/parts");
const { loadAll } = await import("./all");
const { default: Open } = await import("./Open.svelte");
type Route = import("$shared/router.svelte").Route;

/** The roles, and the commands each may use, as the core tells them in docs/roles.md. */
const table = readFileSync("../docs/roles.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("|"));
const cells = (line: string) =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
const names = cells(table[0] ?? "").slice(2);
const commandsOf = (role: number) =>
  table
    .slice(2)
    .map(cells)
    .filter((row) => row[role + 2] !== "–")
    .map((row) => (row[0] ?? "").replaceAll("`", ""));

beforeAll(loadAll);
beforeEach(() => {
  invoke.mockReset();
  invoke.mockReturnValue(new Promise(() => {}));
});
afterEach(cleanup);

/** Every screen that this person can come to from the bar, from a record, and from the settings. */
function screens(): Route[] {
  const family = "f1" as Extract<Route, { view: "story" }>["family"];
  const story: Route = { view: "story", family };
  const commands = session.current?.commands ?? [];
  return [
    ...mainParts().map((part) => part.route),
    ...(commands.includes("release_summary") ? [{ view: "release", period: "2026-Q3" } as Route] : []),
    ...(commands.includes("release_figures") ? [{ view: "second", release: "r1" } as Route] : []),
    ...(commands.includes("year_plan") ? [{ view: "plan" } as Route] : []),
    ...(commands.includes("story") ? [story, ...tabsShown(story).map((tab) => tab.route)] : []),
    ...(commands.includes("history") ? [{ view: "history", family } as Route] : []),
    // The settings lead there whoever may read the history of the team.
    ...(commands.includes("team_history") ? [{ view: "history", family: null } as Route] : []),
  ];
}

/** A refusal is noted under the reader's name: a screen must not ask what it knows to be refused. */
test.each(names.map((name, role) => [name, role] as const))("no screen asks the core what a %s may not", (_, role) => {
  const commands = commandsOf(role);
  expect(commands.length).toBeGreaterThan(15);
  session.current = { user: { id: "u1" }, commands, home: "today" } as unknown as typeof session.current;
  session.locked = false;
  const asked = new Set<string>();
  for (const route of screens()) {
    router.start(route);
    render(Open);
    for (const [what, sent] of invoke.mock.calls) if (what === "call") asked.add(`${sent.command} on ${route.view}`);
    cleanup();
    invoke.mockClear();
  }
  expect(asked.size).toBeGreaterThan(1);
  expect([...asked].filter((one) => !commands.includes(one.split(" ")[0] ?? ""))).toEqual([]);
});
