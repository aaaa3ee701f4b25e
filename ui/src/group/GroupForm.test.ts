import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { FamilyId } from "$ipc/generated/FamilyId";
import type { GroupEntry } from "$ipc/generated/GroupEntry";
import type { GroupForm as Offered } from "$ipc/generated/GroupForm";
import { KeptForms } from "$form/testing";
import { MOMENT_MS } from "$shared/deliberate.svelte";
import { saving } from "$shared/saving.svelte";
import { forgetUnsaved } from "$shared/unsaved";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: GroupForm } = await import("./GroupForm.svelte");

const offered: Offered = {
  kinds: [{ code: "baby_massage", words: "Baby massage", key: "" }],
  states: [{ code: "awake", words: "Awake", key: "A" }],
  meets: ["attended"],
  today: "Mon 23-Nov-2026",
};
const families = [
  { code: "f1", words: "BELL, James" },
  { code: "f2", words: "QUIGLEY, Maisie" },
];
const person = (id: string, infant: boolean) => ({
  id,
  words: infant ? "James" : "Anna",
  role: infant ? "infant" : "mother",
  infant,
  child: infant,
  born: true,
  lost: "",
  key: "",
});
const notYours = { code: "not_yours", message: "That family is not on your caseload.", field: null };
const ondone = vi.fn();
let core = new KeptForms();
let missing: object[] = [];
let given: string[] = [];
const signed = vi.fn();

beforeEach(() => {
  core = new KeptForms();
  missing = [];
  given = [];
  call.mockImplementation(async (command: string, request: GroupEntry & { family: string; text: string }) => {
    const kept = core.answer(command, request);
    if (kept) return kept;
    if (command === "group_family") {
      if (given.includes(request.family)) throw notYours;
      const outcomes = [{ code: "attended", words: "Came", key: "C" }];
      const people = [person("p1", true), person("p2", false)];
      return { family: request.family, whose: `${request.family} whole`, people, outcomes };
    }
    if (command === "check_group") return { missing, recorded: [] };
    if (command === "parse_when") {
      const fixed = request.text.startsWith("Mon ") ? request.text : `Mon ${request.text}`;
      return { words: fixed, longWords: "", fixed };
    }
    return signed(request) ?? { words: "Signed 15:23." };
  });
});
afterEach(() => {
  cleanup();
  saving.end();
  forgetUnsaved();
  vi.clearAllMocks();
});

async function form() {
  render(GroupForm, { offered, families, ondone, onclose: vi.fn() });
  await vi.waitFor(() => screen.getByLabelText("Place"));
}
const field = (id: string) => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
};
async function addFamily(typed: string) {
  await fireEvent.input(field("group-add"), { target: { value: typed } });
  await fireEvent.keyDown(field("group-add"), { key: "Enter" });
}
async function sign() {
  await new Promise((done) => setTimeout(done, MOMENT_MS + 50));
  await fireEvent.click(field("group-sign"));
}

it("sends what was typed of each family, and of nobody else", async () => {
  await form();
  await fireEvent.input(screen.getByLabelText("Led by"), { target: { value: "Niamh" } });
  await addFamily("bell");
  await fireEvent.click(await screen.findByRole("radio", { name: /Came/ }));
  await fireEvent.click(await screen.findByRole("button", { name: /^Anna/ }));
  await fireEvent.click(screen.getByRole("radio", { name: /Awake/ }));
  await sign();
  await vi.waitFor(() => expect(ondone).toHaveBeenCalledWith("Signed 15:23."));
  const sent = signed.mock.calls[0]?.[0] as GroupEntry;
  expect(sent.ledBy).toBe("Niamh");
  const line = { family: "f1", outcome: "attended", present: ["p2"], infants: [{ person: "p1", state: "awake" }] };
  expect(sent.families).toEqual([{ ...line, others: "", notSeenWhy: "", words: "" }]);
});

it("adds no family that was not chosen, by leaving the field", async () => {
  await form();
  await fireEvent.input(field("group-add"), { target: { value: "quig" } });
  await fireEvent.blur(field("group-add"));
  expect(screen.getByText("No family added yet.")).toBeTruthy();
});

it("says at each field what is missing, all at once, and signs nothing", async () => {
  missing = [
    { field: "ledBy", code: "group_no_leader", message: "Say who led the group." },
    { field: "together", code: "group_names", message: "“James” is a name of one of these families." },
    { field: "families.0.outcome", code: "group_no_outcome", message: "Say whether they came." },
  ];
  await form();
  await addFamily("bell");
  await screen.findByRole("radio", { name: /Came/ });
  await sign();
  for (const said of ["Say who led the group.", "Say whether they came."])
    await vi.waitFor(() => expect(screen.getAllByText(said)).toHaveLength(1));
  expect(signed).not.toHaveBeenCalled();
  expect(screen.getByLabelText(/these names are somebody else’s/)).toBeTruthy();
  await fireEvent.input(screen.getByLabelText("Led by"), { target: { value: "Owen" } });
  await vi.waitFor(() => expect(screen.queryByText("Say who led the group.")).toBeNull());
  expect(screen.getByText("Say whether they came.")).toBeTruthy();
});

it("shows what was written of a family that was given away since, and says so", async () => {
  given = ["f2"];
  const line = { family: "f2" as FamilyId, outcome: null, present: [], others: "", infants: [], notSeenWhy: "" };
  const entry = { families: [{ ...line, words: "She slept." }] };
  core.kept.set("group  ", JSON.stringify({ entry, base: {}, seen: 0, act: "a1" }));
  await form();
  await screen.findByText("That family is not on your caseload.");
  expect(screen.getByText("She slept.")).toBeTruthy();
});

it("keeps what a typed date meant on the day it was typed, and nothing of a day that nobody typed", async () => {
  await form();
  await new Promise((done) => setTimeout(done, 300));
  expect(core.kept.size).toBe(0);
  await fireEvent.input(field("group-when"), { target: { value: "today 10:30" } });
  const kept = () => JSON.parse([...core.kept.values()][0] ?? "{}") as { entry?: GroupEntry };
  await vi.waitFor(() => expect(kept().entry?.when).toBe("Mon today 10:30"), 3000);
});
