import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { NoteForm } from "$ipc/generated/NoteForm";
import { saving } from "$shared/saving.svelte";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: ContactEditor } = await import("./ContactEditor.svelte");

const chip = (id: string, words: string, key: string, infant: boolean) => ({
  id,
  words,
  role: infant ? "infant" : "mother",
  infant,
  child: infant,
  born: true,
  lost: "",
  key,
});
const concern = {
  children: [],
  danger: null,
  what: "",
  toldWhom: "",
  toldWhen: "",
  action: "",
  police: null,
  policeWhyNot: "",
  parent: null,
  parentWhyNot: "",
};
const entry = {
  kind: "home_visit",
  outcome: "attended",
  when: "today 14:00",
  until: "15:05",
  place: "Home",
  present: [],
  others: "",
  absent: [],
  infants: [],
  notSeenWhy: "",
  did: [],
  saw: "",
  told: "",
  babyTold: "",
  think: "",
  safety: null,
  earlier: [],
  changed: "",
  concern,
  plan: "",
  planDone: [],
  nextVisit: "",
  health: "",
  feeding: "",
  sleep: "",
  home: "",
  liaison: "",
  supervision: "",
};
const form = (episode: string) =>
  ({
    family: "f1",
    episode,
    savingTo: "O’NEILL, Fiadh",
    whose: "O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q",
    entry,
    booked: null,
    meets: ["attended"],
    withoutInfants: ["was_not_brought"],
    sees: ["home_visit"],
    draftSaved: null,
    officialRecord: "",
    phrases: [],
    people: [chip("p1", "Fi", "1", true), chip("p2", "Róisín", "2", false)],
    kinds: [{ code: "home_visit", words: "Home visit", key: "" }],
    outcomes: [],
    activities: [],
    concerns: [{ code: "c1", words: "Raised by Owen, Wed 18-Nov-2026, 14:01", key: "" }],
    danger: [],
    dangerWords: "Ring 999",
    police: [],
    parentTold: [],
    states: [
      { code: "awake", words: "Awake", key: "A" },
      { code: "not_seen", words: "Not seen", key: "X" },
    ],
    safety: [
      { code: "no_new_concern", words: "No new concern", key: "N" },
      { code: "as_before", words: "Concern, as before", key: "C" },
      { code: "new_or_worse", words: "New or worse concern", key: "!" },
    ],
    lastPlan: { date: "Thu 19-Nov-2026", age: "5w 4d", lines: ["Watch the clip"] },
  }) as unknown as NoteForm;

const saved = () => call.mock.calls.filter(([command]) => command === "save_draft").map(([, request]) => request);
const draft = () => saved().at(-1)?.entry;
const group = (name: RegExp) => screen.getByRole("group", { name });

beforeEach(() => {
  vi.useFakeTimers();
  call.mockImplementation(async (command: string) =>
    command === "save_draft" ? { words: "Draft · saved 15:21" } : { words: "", longWords: "", fixed: "" },
  );
});
afterEach(async () => {
  cleanup();
  await vi.advanceTimersByTimeAsync(100);
  call.mockReset();
  vi.useRealTimers();
});

async function open(episode = "e1") {
  const shown = render(ContactEditor, { form: form(episode), onleave: vi.fn() });
  await vi.advanceTimersByTimeAsync(400);
  return shown;
}

it("opens with the focus on Who was there, and writes nothing", async () => {
  await open();
  expect(document.activeElement?.closest("#note-present")).toBeTruthy();
  await vi.advanceTimersByTimeAsync(5000);
  expect(saved()).toEqual([]);
});

it("turns a person from not recorded to there, to not there, in words, and back", async () => {
  await open();
  const who = group(/Who was there/);
  for (const [present, absent, words] of [
    [["p2"], [], "there"],
    [[], ["p2"], "was not there"],
    [[], [], ""],
  ] as const) {
    await fireEvent.keyDown(who, { key: "2" });
    expect(screen.getByRole("button", { name: /Róisín/ }).textContent).toContain(words);
    await vi.advanceTimersByTimeAsync(1000);
    if (present.length || absent.length) expect(draft()).toMatchObject({ present, absent });
  }
});

it.each(["n", "c"])("asks why when an infant was not seen and there is no new concern", async (key) => {
  await open();
  await fireEvent.keyDown(screen.getByRole("radiogroup", { name: /Fi was/ }), { key: "x" });
  expect(screen.queryByLabelText(/Why the infant was not seen/)).toBeNull();
  await fireEvent.keyDown(screen.getByRole("radiogroup", { name: /Safety/ }), { key });
  expect(screen.getByLabelText(/Why the infant was not seen/)).toBeTruthy();
});

it("names the concern that goes on, and asks what has changed", async () => {
  await open();
  await fireEvent.keyDown(screen.getByRole("radiogroup", { name: /Safety/ }), { key: "c" });
  expect(screen.getByText(/Raised by Owen/)).toBeTruthy();
  expect(screen.getByLabelText("What has changed")).toBeTruthy();
});

it("opens what a new or worse concern needs", async () => {
  await open();
  await fireEvent.keyDown(screen.getByRole("radiogroup", { name: /Safety/ }), { key: "!" });
  expect(screen.getByLabelText("Who have you told")).toBeTruthy();
});

it("keeps the text and says so when it could not be saved, even when the screen is left", async () => {
  const shown = await open("full");
  call.mockRejectedValue({ code: "disk_full", message: "The disk is full.", field: null });
  const saw = screen.getByLabelText(/What I saw/) as HTMLTextAreaElement;
  await fireEvent.input(saw, { target: { value: "Fi smiled." } });
  await vi.advanceTimersByTimeAsync(1000);
  expect(document.getElementById("draft-status")?.textContent).toBe("Not saved yet");
  expect(saving.untold?.problem).toBe("The disk is full.");
  expect(saw.value).toBe("Fi smiled.");

  shown.unmount();
  await vi.advanceTimersByTimeAsync(100);
  call.mockResolvedValue({ words: "Draft · saved 15:24" });
  await open("full");
  expect((screen.getByLabelText(/What I saw/) as HTMLTextAreaElement).value).toBe("Fi smiled.");
  await vi.advanceTimersByTimeAsync(1000);
  expect(document.getElementById("draft-status")?.textContent).toBe("Draft · saved 15:24");
});

it("saves its last words to its own episode when another family's note takes its place", async () => {
  const first = await open("e1");
  await fireEvent.input(screen.getByLabelText(/What I saw/), { target: { value: "About Fi" } });
  first.unmount();
  await open("e2");
  await fireEvent.input(screen.getByLabelText(/What I saw/), { target: { value: "About Jan" } });
  await vi.advanceTimersByTimeAsync(1000);
  expect(saved().map(({ episode, entry }) => [episode, entry.saw])).toEqual([
    ["e1", "About Fi"],
    ["e2", "About Jan"],
  ]);
});

const blank = { ...entry, kind: null, outcome: null, when: "Mon 23-Nov-2026", until: "", place: "" };
const strip = (now: typeof entry) => ({ whose: "", contact: "", lines: [], late: null, missing: [], now });
const openOn = async (over: object) => {
  const shown = render(ContactEditor, { form: { ...form("e1"), ...over }, onleave: vi.fn() });
  await vi.advanceTimersByTimeAsync(400);
  return shown;
};

it("starts a new note with nothing chosen, at the kind of contact", async () => {
  await openOn({ entry: blank });
  expect(document.activeElement?.id).toBe("note-kind");
  const chosen = (id: string) => (document.getElementById(id) as HTMLSelectElement).value;
  expect([chosen("note-kind"), chosen("note-outcome")]).toEqual(["", ""]);
});

it.each([
  [null, false],
  ["attended", true],
  ["was_not_brought", false],
])("asks how an infant was only where the family was met: %s", async (outcome, asked) => {
  await openOn({ entry: { ...entry, outcome } });
  expect(screen.queryByRole("radiogroup", { name: /Fi was/ }) !== null).toBe(asked);
});

it("offers a booked time, and fills it in only when it is taken", async () => {
  await openOn({ entry: blank, booked: "Mon 23-Nov-2026, 10:30" });
  const started = () => (document.getElementById("note-when") as HTMLInputElement).value;
  expect(started()).toBe("Mon 23-Nov-2026");
  await fireEvent.click(screen.getByRole("button", { name: /As booked: Mon 23-Nov-2026, 10:30/ }));
  expect(started()).toBe("Mon 23-Nov-2026, 10:30");
  await vi.advanceTimersByTimeAsync(0);
  expect(document.activeElement?.id).toBe("note-until");
  expect(screen.getByText("Started as booked")).toBeTruthy();
});

it("signs what the strip showed, though the core was slow and typing went on", async () => {
  const answers: ((now: unknown) => void)[] = [];
  const asked: (typeof entry)[] = [];
  call.mockImplementation((command: string, request: { entry: typeof entry }) => {
    if (command !== "check_contact") return Promise.resolve({ words: "", longWords: "", fixed: "" });
    asked.push(request.entry);
    return new Promise((answer) => answers.push(() => answer(strip(request.entry))));
  });
  await open();
  const note = document.getElementById("note") as HTMLElement;
  await fireEvent.click(screen.getByRole("button", { name: /Check and sign/ }));
  await fireEvent.click(screen.getByRole("button", { name: /Check and sign/ }));
  expect(asked.length, "asked once, however often it is pressed").toBe(1);
  await fireEvent.input(note.querySelector("#note-saw") as Element, { target: { value: "One more line." } });
  answers[0]?.(null);
  await vi.advanceTimersByTimeAsync(10);
  expect(
    asked.map((one) => one.saw),
    "typed on: checked again",
  ).toEqual(["", "One more line."]);
  expect(screen.queryByRole("button", { name: /^Sign/ })).toBeNull();
  answers[1]?.(null);
  await vi.advanceTimersByTimeAsync(1000);
  await fireEvent.click(screen.getByRole("button", { name: /^Sign/ }));
  const signed = call.mock.calls.find(([command]) => command === "sign_contact")?.[1];
  expect(signed.entry).toEqual(asked[1]);
});

it("says no longer what was wrong with a field once it is changed", async () => {
  const missing = [
    { field: "saw", code: "note_nothing", message: "Write what you saw." },
    { field: "plan", code: "note_no_plan", message: "Write a plan." },
  ];
  call.mockImplementation(async (command: string) =>
    command === "check_contact" ? { ...strip(entry), missing } : { words: "", longWords: "", fixed: "" },
  );
  await open();
  await fireEvent.click(screen.getByRole("button", { name: /Check and sign/ }));
  await vi.advanceTimersByTimeAsync(10);
  await fireEvent.click(screen.getByRole("button", { name: "Write what you saw." }));
  await vi.advanceTimersByTimeAsync(1000);
  const wrong = () => missing.map(({ message }) => message).filter((message) => screen.queryByText(message));
  expect(wrong()).toEqual(["Write what you saw.", "Write a plan."]);
  await fireEvent.input(screen.getByLabelText(/What I saw/), { target: { value: "F" } });
  expect(wrong(), "at once").toEqual(["Write a plan."]);
});

it("lets a gap that is hammered lead to its field, and choose nothing there", async () => {
  const missing = [{ field: "safety", code: "note_no_safety", message: "Choose one of the three under Safety." }];
  call.mockImplementation(async (command: string) =>
    command === "check_contact" ? { ...strip(entry), missing } : { words: "", longWords: "", fixed: "" },
  );
  await open();
  await fireEvent.click(screen.getByRole("button", { name: /Check and sign/ }));
  await vi.advanceTimersByTimeAsync(10);
  await fireEvent.click(screen.getByRole("button", { name: /Choose one of the three/ }));
  await vi.advanceTimersByTimeAsync(10);
  const chip = document.activeElement as HTMLElement;
  expect(chip.getAttribute("role")).toBe("radio");
  expect(await fireEvent.keyDown(chip, { key: "Enter" }), "the next Enter presses nothing").toBe(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await fireEvent.keyDown(chip, { key: "Enter" }), "a later one does").toBe(true);
});

it("keeps own words as words, never as the code of something else", async () => {
  await open();
  const did = screen.getByRole("combobox");
  await fireEvent.input(did, { target: { value: "massage" } });
  await fireEvent.keyDown(did, { key: "Enter" });
  await vi.advanceTimersByTimeAsync(1500);
  expect(draft().did).toEqual(["Massage"]);
});
