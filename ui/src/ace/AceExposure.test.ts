import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, it, vi } from "vitest";
import type { AcePersonView } from "$ipc/generated/AcePersonView";
import type { AceView } from "$ipc/generated/AceView";

const call = vi.hoisted(() => vi.fn());
vi.mock("$ipc/call", async (original) => ({ ...(await original<object>()), call }));

const { default: AceExposure } = await import("./AceExposure.svelte");

const choice = (code: string, words: string, key = "") => ({ code, words, key });
const view = {
  banner: { whose: "O’NEILL, Fiadh · born 11-Oct-2026 · F26-7K2Q" },
  categories: [choice("violence_at_home", "Violence at home")],
  exposureAnswers: [choice("yes", "Yes, known", "Y"), choice("suspected", "Suspected", "S"), choice("not_known", "Not known", "K")],
  concerns: [choice("already_recorded", "Already recorded"), choice("new_concern", "New concern: I will write it now")],
} as unknown as AceView;
const infant = { person: "p1", name: "O’NEILL, Fiadh (infant)", entries: [] } as unknown as AcePersonView;

afterEach(() => {
  cleanup();
  call.mockReset();
});

it.each(["y", "s"])("asks whether %s is a new concern, and saves nothing before it is said", async (key) => {
  const onrecorded = vi.fn();
  call.mockResolvedValue(view);
  render(AceExposure, { infant, view, onrecorded, onleave: vi.fn() });
  const row = screen.getByRole("radiogroup", { name: "Violence at home" });
  await fireEvent.keyDown(row, { key: "k" });
  expect(screen.queryByText("New concern?")).toBeNull();

  await fireEvent.keyDown(row, { key });
  expect(screen.queryAllByRole("radio", { checked: true })).toHaveLength(1);
  await fireEvent.click(screen.getByText("Save what is known"));
  expect(call).not.toHaveBeenCalled();
  expect(screen.getByText("Say whether it is a new concern.")).toBeTruthy();

  await fireEvent.click(screen.getByText(/I will write it now/));
  await fireEvent.click(screen.getByText("Save what is known"));
  await vi.waitFor(() => expect(onrecorded).toHaveBeenCalledWith(view, expect.stringContaining("write the new concern"), true));
});
