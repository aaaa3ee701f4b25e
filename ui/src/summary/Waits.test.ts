import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ReleaseWait } from "$ipc/generated/ReleaseWait";
import { session } from "$ipc/session.svelte";
import { router } from "$shared/router.svelte";
import { isWanted, periodShown } from "./periods";
import { release } from "./testing";
import Waits from "./Waits.svelte";

const wait = (way: ReleaseWait["way"], about: ReleaseWait["release"] = release.id): ReleaseWait => ({
  words: "It waits.",
  detail: "Nothing has left.",
  way,
  period: "2026-Q2",
  release: about,
});
const shows = (...waits: ReleaseWait[]) =>
  render(Waits, { id: "waits", title: "What waits for you", waits, empty: "Nothing waits." });
const press = () => fireEvent.click(screen.getByRole("button"));

beforeEach(() => {
  session.current = { user: { id: "u1" }, commands: ["summary"] } as unknown as typeof session.current;
  router.start({ view: "today" });
});
afterEach(cleanup);

test("that nothing waits is said", () => {
  shows();
  expect(document.body.textContent).toContain("Nothing waits.");
});

test.each(["answer", "open"] as const)("a release that waits is one press away: %s", async (way) => {
  shows(wait(way));
  expect(document.body.textContent).toContain("It waits.");
  await press();
  expect(router.route).toEqual({ view: "second", release: release.id });
});

test("a period is opened on the summary, whichever was shown before", async () => {
  shows(wait("period", null));
  await press();
  expect([router.route.view, periodShown()]).toEqual(["summary", "2026-Q2"]);
});

test("what left twice is shown in the register, once", async () => {
  session.current = { user: { id: "u1" }, commands: ["releases"] } as unknown as typeof session.current;
  shows(wait("register"));
  await press();
  expect(router.route.view).toBe("releases");
  expect([isWanted(release.id), isWanted(release.id)]).toEqual([true, false]);
});
