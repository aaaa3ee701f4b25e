import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";
import type { ReleaseView } from "$ipc/generated/ReleaseView";
import Released from "./Released.svelte";

afterEach(cleanup);

const release: ReleaseView = {
  id: "01936f00-0000-7000-8000-000000000001" as ReleaseView["id"],
  period: "2026-Q3",
  words: "July to September 2026",
  state: "sealed",
  who: "Released Mon 23-Nov-2026, 16:10 by Dara (Data manager)",
  why: "For the commissioner",
  recipient: "The team itself",
  outside: false,
  licence: "",
  expires: "",
  second: "",
  mayAnswer: false,
  corrects: "",
  corrected: "",
  withdrawn: "",
  incident: "",
  frame: "",
  rule: "",
  tables: [],
  proofs: [],
  sealed: [
    { name: "attune-summary-2026-Q3.csv", hash: "aa11" },
    { name: "attune-summary-2026-Q3.html", hash: "bb22" },
  ],
  head: "",
  files: [],
  notSaved: "",
};

test("a release is shown with the checksum of each of its files", () => {
  render(Released, { release });
  expect(screen.getByText("aa11")).toBeTruthy();
  expect(screen.getByText("bb22")).toBeTruthy();
  expect(screen.getByRole("alert").textContent?.trim()).toBe("");
});

test("a release whose files could not be saved says so beside it", () => {
  const notSaved = "This period is released, but its files could not be saved in the folder for summaries.";
  render(Released, { release, now: { ...release, notSaved } });
  expect(screen.getByRole("alert").textContent).toContain(notSaved);
  expect(screen.queryByRole("list")).toBeNull();
});

test("files that were saved just now are named", () => {
  render(Released, { release, now: { ...release, files: ["/out/attune-summary-2026-Q3.csv"] } });
  expect(screen.getByRole("list").textContent).toContain("attune-summary-2026-Q3.csv");
});
