import { afterEach, beforeEach, expect, test } from "vitest";
import { Place } from "./place";
import { router } from "./router.svelte";

let main: HTMLElement;

function open(names: string[]): Place {
  main = document.body.appendChild(document.createElement("main"));
  for (const name of names) {
    const row = document.createElement("button");
    row.dataset.row = name;
    main.append(row);
  }
  const place = new Place("caseload");
  place.keep(main);
  place.arrive();
  return place;
}

const row = () => (document.activeElement as HTMLElement).dataset.row;
const go = (name: string) => main.querySelector<HTMLElement>(`[data-row=${name}]`)?.focus();

beforeEach(() => router.start({ view: "caseload" }));
afterEach(() => main.remove());

test("opened again, a list comes back to its row and to where it was scrolled", () => {
  open(["ada", "bea", "cara"]);
  expect(row()).toBe("ada");
  go("bea");
  main.scrollTop = 120;
  main.dispatchEvent(new Event("scroll"));
  main.remove();
  open(["zoe", "ada", "bea", "cara"]);
  expect(row()).toBe("bea");
  expect(main.scrollTop).toBe(120);
});

test("a row that is gone gives its place to the one that stands there now", () => {
  open(["ada", "bea", "cara"]);
  go("bea");
  main.remove();
  open(["ada", "cara"]);
  expect(row()).toBe("cara");
});

test("nobody comes back to the place of somebody else", () => {
  open(["ada", "bea"]);
  go("bea");
  main.remove();
  router.start({ view: "today" });
  open(["ada", "bea"]);
  expect(row()).toBe("ada");
});
