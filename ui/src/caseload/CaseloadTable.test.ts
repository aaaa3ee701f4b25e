import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CaseloadRow } from "$ipc/generated/CaseloadRow";
import CaseloadTable from "./CaseloadTable.svelte";

const row = (name: string) =>
  ({
    family: name,
    episode: name,
    name,
    carers: "",
    several: false,
    age: "6w 1d",
    flags: { state: "not_recorded", words: "Flags not recorded", flags: [] },
    lastContact: "Not seen yet",
    lastContactDetail: "",
    nextVisit: "Not booked",
    overdue: false,
    lastSeen: "",
    unseen: "",
    pattern: "",
    step: "No step",
    stepNote: "",
    keyWorker: "",
    note: "",
  }) as unknown as CaseloadRow;

const list = [row("ADAIR, Ben"), row("BURNS, Cara"), row("CLARKE, Dan")];
const onopen = vi.fn();
const onnote = vi.fn();

beforeEach(() => {
  onopen.mockReset();
  onnote.mockReset();
  render(CaseloadTable, { list, team: false, sort: "name", onopen, onnote });
  screen.getByText("ADAIR, Ben").focus();
});
afterEach(cleanup);

const press = (key: string) => fireEvent.keyDown(document.activeElement!, { key });

test("J and K move between the rows and stop at the ends", async () => {
  await press("k");
  expect(document.activeElement?.textContent).toBe("ADAIR, Ben");
  await press("j");
  await press("j");
  await press("j");
  expect(document.activeElement?.textContent).toBe("CLARKE, Dan");
  await press("K");
  expect(document.activeElement?.textContent).toBe("BURNS, Cara");
});

test("that an infant was not seen for long stands below the next, where a row has room for it, and “(twin 2)” is never broken over two lines", () => {
  cleanup();
  const twins = {
    ...row("BELL, James (twin 1) and Maisie (twin 2)"),
    nextVisit: "Was due Thu 19-Nov-2026",
    unseen: "not seen for 17d",
  };
  render(CaseloadTable, { list: [twins], team: false, sort: "name", onopen, onnote });
  const cell = (words: string) => screen.getByText(words).closest("td");
  expect(cell("not seen for 17d")).toBe(cell("Was due Thu 19-Nov-2026"));
  const whole = [...document.querySelectorAll("[data-row] .one-line")].map((part) => part.textContent);
  expect(whole).toEqual(["(twin 1)", "(twin 2)"]);
});

test("Enter opens the row with the focus and N starts its note", async () => {
  await press("j");
  await press("Enter");
  expect(onopen).toHaveBeenCalledExactlyOnceWith(list[1]);
  await press("n");
  expect(onnote).toHaveBeenCalledExactlyOnceWith(list[1]);
});

test("with Ctrl or outside a row the letters do nothing", async () => {
  await fireEvent.keyDown(document.activeElement!, { key: "n", ctrlKey: true });
  (document.activeElement as HTMLElement).blur();
  await fireEvent.keyDown(document.body, { key: "n" });
  expect(onnote).not.toHaveBeenCalled();
});

test("one row is in the Tab order: the one that had the focus", async () => {
  await press("j");
  const inOrder = screen.getAllByRole("button").filter((button) => button.tabIndex === 0);
  expect(inOrder.map((button) => button.textContent)).toEqual(["BURNS, Cara"]);
});
