import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { EpisodeId } from "$ipc/generated/EpisodeId";
import type { LeavingView } from "$ipc/generated/LeavingView";
import type { UsersView } from "$ipc/generated/UsersView";
import type { UserView } from "$ipc/generated/UserView";
import { KeptForms } from "$form/testing";
import { forgetUnsaved } from "$shared/unsaved";
import { user as m } from "$strings/user";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: AmendUserForm } = await import("./AmendUserForm.svelte");

const user = { id: "u1", name: "Niamh", role: "key_worker", organisation: "The Trust", active: true, lastLead: false };
const roles = ["key_worker", "therapist", "data_manager"].map((code) => ({ code, words: code, key: "" }));
const holding = (name: string): LeavingView =>
  ({
    families: [{ episode: "e1" as EpisodeId, name, place: "key_worker", placeWords: "key worker", choices: [] }],
    unfinished: [],
  }) as unknown as LeavingView;

/** How each question about what they hold is answered, in the order in which they were asked. */
let answers: { give: (view: LeavingView) => void; refuse: (error: object) => void }[];

beforeEach(() => {
  const core = new KeptForms();
  answers = [];
  call.mockImplementation((command: string, request: object) => {
    if (command !== "leaving") return core.answer(command, request) ?? Promise.resolve({});
    return new Promise((give, refuse) => answers.push({ give, refuse }));
  });
});
afterEach(() => {
  cleanup();
  forgetUnsaved();
});

async function form() {
  render(AmendUserForm, {
    user: user as unknown as UserView,
    offers: { users: [], roles, organisations: [] } as unknown as UsersView,
    seen: 1,
    again: vi.fn(),
    onclose: vi.fn(),
  });
  await vi.waitFor(() => screen.getByLabelText(m.role));
}
const leaves = () => fireEvent.click(screen.getByLabelText(m.active));

it("lists what they hold as it was asked last, whichever answer comes last", async () => {
  await form();
  for (const asked of [1, 1, 2]) {
    await leaves();
    await vi.waitFor(() => expect(answers).toHaveLength(asked));
  }
  answers[1]?.give(holding("BELL, Jo"));
  await screen.findByLabelText(m.handOverOf("BELL, Jo", "key worker"));
  answers[0]?.give(holding("KERR, Ann"));
  await new Promise((done) => setTimeout(done, 20));
  expect(screen.queryByLabelText(m.handOverOf("KERR, Ann", "key worker"))).toBeNull();
  await leaves();
  await vi.waitFor(() => expect(screen.queryByText(m.handOver)).toBeNull());
});

it("says why what they hold could not be listed", async () => {
  await form();
  await leaves();
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  answers[0]?.refuse({ code: "locked", message: "The record is locked.", field: null });
  expect(await screen.findByText("The record is locked.")).toBeTruthy();
});
