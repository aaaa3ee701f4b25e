import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";
import Combobox from "./Combobox.svelte";

afterEach(cleanup);

const words = {
  prompt: "",
  remove: (one: string) => `Remove ${one}`,
  own: (own: string) => `Add ${own}`,
  chosen: "Chosen",
};
const choices = Array.from({ length: 15 }, (_, i) => ({ code: `c${i}`, words: `Play ${i}` }));

test("every choice is in the list, however many there are", async () => {
  render(Combobox, { id: "did", labelledby: "label", choices, value: ["c3"], words });
  await fireEvent.keyDown(screen.getByRole("combobox"), { key: "ArrowDown" });
  expect(screen.getAllByRole("option").length).toBe(14);
  await fireEvent.input(screen.getByRole("combobox"), { target: { value: "play" } });
  expect(screen.getAllByRole("option").map((option) => option.textContent?.trim())).toContain("Play 14");
});
