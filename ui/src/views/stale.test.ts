import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import type { Component } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { KeptForms } from "$form/testing";
import { MOMENT_MS } from "$shared/deliberate.svelte";
import { saving } from "$shared/saving.svelte";
import { forgetUnsaved } from "$shared/unsaved";
import { blankPerson } from "../person/blank";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: AllocationForm } = await import("../family/AllocationForm.svelte");
const { default: PersonForm } = await import("../person/PersonForm.svelte");
const { default: TeamForm } = await import("../settings/TeamForm.svelte");
const { default: AmendUserForm } = await import("../user/AmendUserForm.svelte");

const generated = import.meta.glob<string>("../ipc/generated/*.ts", { query: "?raw", import: "default", eager: true });
const SENTENCE = "It was changed after you opened this. Nothing of yours was saved over it.";

const people = (keyWorker: string) => ({
  banner: { family: "f1", whose: "O’NEILL, Fiadh" },
  staff: [
    { id: "u1", words: "Niamh", role: "key_worker" },
    { id: "u2", words: "Owen", role: "key_worker" },
    { id: "u3", words: "Orla", role: "key_worker" },
  ],
  episode: { id: "e1", keyWorker, therapist: null, partnerWorker: null },
});
const settings = (team: string) => ({
  team,
  autoLockMinutes: 5,
  copiesOwedBy: "",
  organisations: ["The Trust"],
  mayChangeTeam: true,
});
const person = (given: string) => ({
  id: "p1",
  name: "A person",
  entry: { ...blankPerson("mother"), familyName: "Ní Bhriain", given },
});
const user = (organisation: string) => ({
  id: "u1",
  name: "Niamh",
  role: "key_worker",
  organisation,
  active: true,
  lastLead: false,
});
const offers = { roles: [{ code: "key_worker", words: "Key worker" }], organisations: [] };

/** Every form that changes what another may have changed: what is typed, what another wrote, and how both are told. */
type Row = {
  command: string;
  form: Component<any>;
  props: object;
  type: () => Promise<unknown>;
  typed: object;
  now: string;
};

const field = (id: string) => document.getElementById(id) as HTMLInputElement;
const types = (id: string, text: string) => () => fireEvent.input(field(id), { target: { value: text } });

/** As a browser tells of a choice: the option first, then the list. */
function chooses(id: string, code: string): Promise<unknown> {
  for (const option of (document.getElementById(id) as HTMLSelectElement).options)
    option.selected = option.value === code;
  return fireEvent.change(document.getElementById(id)!);
}

const ROWS: Row[] = [
  {
    command: "allocate",
    form: AllocationForm as Component<any>,
    props: { view: people("u1"), seen: 5, again: async () => ({ view: people("u2"), seen: 9 }), onclose: vi.fn() },
    type: () => chooses("allocate-keyWorker", ""),
    typed: { keyWorker: null },
    now: "Key worker: Owen",
  },
  {
    command: "amend_person",
    form: PersonForm as Component<any>,
    props: {
      family: "f1",
      whose: "",
      person: person("Ann"),
      seen: 5,
      several: false,
      again: async () => ({ person: person("Anna"), seen: 9 }),
      onclose: vi.fn(),
    },
    type: types("person-given", "Annie"),
    typed: { person: expect.objectContaining({ given: "Annie" }) },
    now: "Given name: Anna",
  },
  {
    command: "change_settings",
    form: TeamForm as Component<any>,
    props: {
      settings: settings("A team"),
      seen: 5,
      again: async () => ({ settings: settings("Their team"), seen: 9 }),
    },
    type: types("settings-team", "My team"),
    typed: { team: "My team" },
    now: "Their team",
  },
  {
    command: "amend_user",
    form: AmendUserForm as Component<any>,
    props: {
      user: user("The Trust"),
      offers,
      seen: 5,
      again: async () => ({ user: user("The charity"), seen: 9 }),
      onclose: vi.fn(),
    },
    type: types("amend-organisation", "Another"),
    typed: { organisation: "Another" },
    now: "Organisation: The charity",
  },
];

const sent = vi.fn();
let core = new KeptForms();

beforeEach(() => {
  core = new KeptForms();
  sent.mockReset();
  call.mockImplementation((command: string, request: object) => {
    if (["echo_person", "parse_when"].includes(command))
      return Promise.resolve({ name: "", born: "", number: "", warnings: [], similar: [] });
    return core.answer(command, request) ?? sent(command, request);
  });
});
afterEach(() => {
  cleanup();
  saving.end();
  forgetUnsaved();
});

const saveButton = () => document.querySelector<HTMLElement>("form button[type=submit]")!;
const moment = () => new Promise((done) => setTimeout(done, MOMENT_MS + 30));

async function open({ form, props, type }: Row): Promise<void> {
  render(form, props as never);
  await vi.waitFor(() => expect(saveButton()).toBeTruthy());
  await type();
}

async function refusedOnce(row: Row, at: string): Promise<void> {
  sent.mockRejectedValueOnce({ code: "changed_since", message: SENTENCE, field: at });
  sent.mockResolvedValue({});
  await open(row);
  await fireEvent.click(saveButton());
  await screen.findAllByText(SENTENCE);
}

test("the walk has every command that amends", () => {
  const commands = generated["../ipc/generated/Commands.ts"] ?? "";
  const amending = Object.entries(generated)
    .filter(([, text]) => /^seen: number,/m.test(text))
    .map(([path]) => path.replace(/^.*\/(\w+)\.ts$/, "$1"))
    .flatMap((request) =>
      [...commands.matchAll(new RegExp(`(\\w+): \\{ req: ${request},`, "g"))].map(([, command]) => command),
    );
  expect(ROWS.map((row) => row.command).sort()).toEqual(amending.sort());
});

test.each(ROWS)("$command says that another has changed it, wherever the refusal points", async (row) => {
  for (const at of ["a_column_of_the_record", "team", "keyWorker", "organisation", "person.given"]) {
    await refusedOnce(row, at);
    expect(screen.getAllByText(SENTENCE)[0]?.checkVisibility?.() ?? true).toBe(true);
    cleanup();
    core.kept.clear();
    sent.mockReset();
  }
});

test.each(ROWS)(
  "$command shows what stands now beside what was typed, and replaces it by a deliberate press only",
  async (row) => {
    await refusedOnce(row, "a_column");
    expect(await screen.findByText(row.now, { exact: false })).toBeTruthy();
    expect(saveButton().textContent).toContain("Save again to replace what is now in the record");
    await fireEvent.click(saveButton());
    expect(sent, "a second press at once overwrites nothing").toHaveBeenCalledTimes(1);
    await moment();
    await fireEvent.click(saveButton());
    await vi.waitFor(() => expect(sent).toHaveBeenCalledTimes(2));
    expect(sent.mock.calls.map(([, request]) => (request as { seen: number }).seen)).toEqual([5, 9]);
    expect(sent.mock.calls[1]?.[1], "what was typed is what is sent").toMatchObject(row.typed);
  },
);

test.each(ROWS)("$command asks again who comes back another time", async (row) => {
  await refusedOnce(row, "a_column");
  await vi.waitFor(() => expect(core.kept.size).toBe(1), { timeout: 2000 });
  cleanup();
  sent.mockReset();
  sent.mockRejectedValue({ code: "changed_since", message: SENTENCE, field: "a_column" });
  render(row.form, { ...row.props, seen: 9 } as never);
  await screen.findByText(/is back/);
  await fireEvent.click(saveButton());
  await screen.findAllByText(SENTENCE);
  expect(
    (sent.mock.calls[0]?.[1] as { seen: number } | undefined)?.seen,
    "the position it was read at, not that of today",
  ).toBe(5);
});
