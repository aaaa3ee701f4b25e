import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, it, vi } from "vitest";
import Chips from "./Chips.svelte";

afterEach(cleanup);

const states = [
  { code: "awake", words: "Awake", key: "A" },
  { code: "asleep", words: "Asleep", key: "S" },
  { code: "worse", words: "New or worse concern", key: "!" },
];

function group(onpress = vi.fn(), chips: { code: string; words: string; key: string; on?: boolean }[] = states) {
  render(Chips, { id: "g", labelledby: "l", chips, onpress });
  return { onpress, radios: screen.getAllByRole("radio") };
}

it("has one Tab stop and nothing chosen", () => {
  const { radios } = group();
  expect(radios.map((radio) => radio.tabIndex)).toEqual([0, -1, -1]);
  expect(radios.map((radio) => radio.getAttribute("aria-checked"))).toEqual(["false", "false", "false"]);
});

it("presses a chip by its own key, from anywhere in the group, in either case", async () => {
  const { onpress, radios } = group();
  radios[0]!.focus();
  await fireEvent.keyDown(radios[0]!, { key: "s" });
  expect(onpress).toHaveBeenLastCalledWith("asleep");
  expect(document.activeElement).toBe(radios[1]);
  await fireEvent.keyDown(radios[1]!, { key: "!" });
  expect(onpress).toHaveBeenLastCalledWith("worse");
});

it("moves with the arrows without choosing, round the ends", async () => {
  const { onpress, radios } = group();
  radios[0]!.focus();
  await fireEvent.keyDown(radios[0]!, { key: "ArrowLeft" });
  expect(document.activeElement).toBe(radios[2]);
  await fireEvent.keyDown(radios[2]!, { key: "ArrowRight" });
  expect(document.activeElement).toBe(radios[0]);
  expect(onpress).not.toHaveBeenCalled();
});

it("leaves keys with Ctrl or Alt alone, and does not repeat a held key", async () => {
  const { onpress, radios } = group();
  await fireEvent.keyDown(radios[0]!, { key: "s", ctrlKey: true });
  await fireEvent.keyDown(radios[0]!, { key: "a", altKey: true });
  await fireEvent.keyDown(radios[0]!, { key: "a", repeat: true });
  expect(onpress).not.toHaveBeenCalled();
});

it("puts the Tab stop on what is chosen", () => {
  const { radios } = group(
    vi.fn(),
    states.map((state) => ({ ...state, on: state.code === "asleep" })),
  );
  expect(radios.map((radio) => radio.tabIndex)).toEqual([-1, 0, -1]);
  expect(radios[1]!.getAttribute("aria-checked")).toBe("true");
});
