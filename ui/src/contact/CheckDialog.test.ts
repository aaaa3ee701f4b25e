import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, it, vi } from "vitest";
import type { CheckStrip } from "$ipc/generated/CheckStrip";
import CheckDialog from "./CheckDialog.svelte";

afterEach(cleanup);

const strip: CheckStrip = {
  name: "O’NEILL, Fiadh",
  born: "Born 11-Oct-2026 (6w 1d)",
  contact: "Home visit, Mon 23-Nov-2026, 14:00 to 15:05",
  who: "Fiadh, Róisín",
  safety: "No new concern",
  words: "46 words",
  nextVisit: "No next visit",
  late: null,
  missing: [],
};

function check(over: Partial<CheckStrip>, refused = "") {
  const acts = { onsign: vi.fn(), ongap: vi.fn(), onclose: vi.fn() };
  render(CheckDialog, { strip: { ...strip, ...over }, officialRecord: "encompass", refused, busy: false, ...acts });
  return acts;
}

it("names the record and offers to sign when nothing is missing, with the focus on Sign", async () => {
  const { onsign } = check({});
  expect(screen.getByText(/O’NEILL, Fiadh · Born 11-Oct-2026/)).toBeTruthy();
  const sign = screen.getByRole("button", { name: /^Sign/ });
  await vi.waitFor(() => expect(document.activeElement).toBe(sign));
  await fireEvent.click(sign);
  expect(onsign).toHaveBeenCalledOnce();
});

it("lists each gap as a way to its field, and does not offer to sign", async () => {
  const { ongap } = check({
    missing: [
      { field: "safety", code: "safety_missing", message: "Say what you think about safety." },
      { field: "concern.toldWhom", code: "told", message: "Say whom you have told." },
    ],
  });
  expect(screen.queryByRole("button", { name: /^Sign/ })).toBeNull();
  const first = screen.getByRole("button", { name: "Say what you think about safety." });
  await vi.waitFor(() => expect(document.activeElement).toBe(first));
  await fireEvent.click(screen.getByRole("button", { name: "Say whom you have told." }));
  expect(ongap).toHaveBeenLastCalledWith("concern.toldWhom");
});

it("says that a note is late, and why signing was refused", () => {
  check({ late: "Signed more than 24 hours after the visit." }, "The episode was closed.");
  expect(screen.getByText("Signed more than 24 hours after the visit.")).toBeTruthy();
  expect(screen.getByRole("alert").textContent).toContain("Everything you typed is still here. The episode was closed.");
});
