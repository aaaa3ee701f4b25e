import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";
import { asText, longest } from "./bars";
import Table from "./Table.svelte";
import { byAge, byStep, contacts } from "./testing";

afterEach(cleanup);

test("a hidden number is marked, hatched and said, and no number is anywhere near it", () => {
  render(Table, { table: byAge });
  const cells = [...document.querySelectorAll("td.hidden")];
  expect(cells).toHaveLength(2);
  for (const cell of cells) {
    expect(cell.textContent).toContain("[c]");
    expect(cell.textContent).toContain("hidden so that no family can be picked out");
    expect(cell.outerHTML.replace(/svelte-\w+/g, "")).not.toMatch(/\d/);
  }
});

test("hidden bars are all the same, and the others are as long as what is shown", () => {
  render(Table, { table: byAge });
  const bars = [...document.querySelectorAll(".bar > span")];
  const [ten, first, five, second] = bars;
  expect(bars).toHaveLength(4);
  expect(first?.outerHTML).toBe(second?.outerHTML);
  expect(first?.getAttribute("style")).toBeNull();
  expect(ten?.getAttribute("style")).toContain("100%");
  expect(five?.getAttribute("style")).toContain("50%");
});

test("the longest bar is of a number that is shown, and never of the total", () => {
  expect(longest(byAge.lines)).toBe(10);
  expect(longest(contacts.lines)).toBe(45);
  expect(longest([{ label: "Total", cells: [{ shown: 25, hidden: false }] }])).toBe(0);
});

test("a two-way table has its columns, each number under its own", () => {
  render(Table, { table: contacts });
  expect(screen.getAllByRole("columnheader").map((head) => head.textContent)).toEqual([
    "Attended",
    "Was not brought",
    "Total",
  ]);
  const row = screen.getByRole("row", { name: /Home visit/ });
  expect([...row.querySelectorAll("td:not(.bar)")].map((cell) => cell.textContent?.trim().slice(0, 3))).toEqual([
    "40",
    "[c]",
    "45",
  ]);
});

test("a table that is withheld says why inside the team, and what the file will say", () => {
  render(Table, { table: byStep });
  expect(screen.getByText(/Step 4 could be worked out/)).toBeTruthy();
  expect(screen.getByText(/This table is not shown/)).toBeTruthy();
  expect(document.querySelector("table")).toBeNull();
});

test("a released table that is withheld has one sentence and no cause", () => {
  render(Table, { table: { ...byStep, cause: "" } });
  expect(document.querySelector(".cause")?.textContent).toBe("This table is not shown.");
});

test("a table as text holds what is shown, the mark and what it means", () => {
  expect(asText(contacts)).toBe(
    [
      "Contacts by kind and outcome",
      "\tAttended\tWas not brought\tTotal",
      "Home visit\t40\t[c]\t45",
      "Clinic\t20\t[c]\t25",
      "Total\t60\t10\t70",
      "[c] = hidden so that no family can be picked out. It is not zero.",
    ].join("\n"),
  );
});
