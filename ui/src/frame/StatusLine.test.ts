import { cleanup, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, it } from "vitest";
import { shown } from "$shared/screen.svelte";
import { say, warn } from "$shared/status.svelte";
import StatusLine from "./StatusLine.svelte";

const open = async (savingTo: string) => {
  shown.screen = { name: "A screen", keys: [], savingTo };
  await tick();
};

afterEach(cleanup);

it("takes “saved” away where something begins to be written, and shows it again when that is saved", async () => {
  await open("");
  render(StatusLine);
  say("Saved on this laptop.");
  await open("O’NEILL, Fiadh");
  expect(screen.queryByText("Saved on this laptop.")).toBeNull();
  say("Answer saved.");
  await tick();
  expect(screen.getByText("Answer saved.")).toBeTruthy();
});

it("leaves standing what was not saved", async () => {
  await open("");
  render(StatusLine);
  warn("The last words could not be saved.");
  await open("O’NEILL, Fiadh");
  expect(screen.getByText("The last words could not be saved.")).toBeTruthy();
});
