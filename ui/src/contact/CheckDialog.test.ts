import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { CheckStrip } from "$ipc/generated/CheckStrip";
import { MOMENT_MS } from "$shared/deliberate.svelte";
import CheckDialog from "./CheckDialog.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const fact = (label: string, text: string, more = {}) => ({ label, text, concern: false, prose: false, ...more });
const strip: CheckStrip = {
  whose: "O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q",
  contact: "Home visit, Mon 23-Nov-2026, 14:00 to 15:05",
  lines: [
    fact("Kind of contact", "Home visit"),
    fact("When", "Mon 23-Nov-2026, 14:00 to 15:05 (65min)"),
    fact("Concern", "A bruise", { concern: true }),
    fact("Plan", "Visit again\nRing the health visitor"),
    fact("What I saw", "Long looks.", { prose: true }),
  ],
  late: null,
  missing: [],
};

function check(over: Partial<CheckStrip>, refused = "") {
  const acts = { onsign: vi.fn(), ongap: vi.fn(), onclose: vi.fn() };
  render(CheckDialog, { strip: { ...strip, ...over }, officialRecord: "encompass", refused, busy: false, ...acts });
  return acts;
}

const sign = () => screen.getByRole("button", { name: /^Sign/ });

it("names the record and shows every line, with the focus on Sign", async () => {
  check({});
  expect(screen.getByText(strip.whose)).toBeTruthy();
  const said = [...document.querySelectorAll("#check-strip dt")].map((label) => [
    label.textContent,
    label.nextElementSibling?.textContent,
  ]);
  expect(said).toEqual(strip.lines.map(({ label, text }) => [label, text]));
  await vi.advanceTimersByTimeAsync(0);
  expect(document.activeElement).toBe(sign());
});

it("signs by a deliberate press only: not at once, not by the chord that opened it, not held", async () => {
  const { onsign } = check({});
  await vi.advanceTimersByTimeAsync(0);
  await fireEvent.click(sign());
  expect(onsign, "at once").not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(MOMENT_MS);
  for (const press of [{ ctrlKey: true }, { repeat: true }]) {
    if (await fireEvent.keyDown(sign(), { key: "Enter", code: "Enter", ...press })) await fireEvent.click(sign());
    await fireEvent.keyUp(sign(), { key: "Enter", code: "Enter" });
    await vi.advanceTimersByTimeAsync(MOMENT_MS);
  }
  expect(onsign, "by a chord or a held key").not.toHaveBeenCalled();
  if (await fireEvent.keyDown(sign(), { key: "Enter", code: "Enter" })) await fireEvent.click(sign());
  expect(onsign).toHaveBeenCalledOnce();
});

it("lists each gap as a way to its field, and does not offer to sign", async () => {
  const { ongap } = check({
    missing: [
      { field: "safety", code: "note_no_safety", message: "Say what you think about safety." },
      { field: "concern.toldWhom", code: "concern_told_nobody", message: "Say whom you have told." },
    ],
  });
  expect(screen.queryByRole("button", { name: /^Sign/ })).toBeNull();
  const first = screen.getByRole("button", { name: "Say what you think about safety." });
  await vi.advanceTimersByTimeAsync(0);
  expect(document.activeElement).toBe(first);
  await fireEvent.click(screen.getByRole("button", { name: "Say whom you have told." }));
  expect(ongap).toHaveBeenLastCalledWith("concern.toldWhom");
});

it("says that a note is late, and why signing was refused", () => {
  check({ late: "Signed more than 24 hours after the visit." }, "The episode was closed.");
  expect(screen.getByText("Signed more than 24 hours after the visit.")).toBeTruthy();
  expect(screen.getByRole("alert").textContent).toContain(
    "Everything you typed is still here. The episode was closed.",
  );
});
