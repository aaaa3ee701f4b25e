import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, it, vi } from "vitest";
import { Autosave } from "$shared/autosave.svelte";
import { saving } from "$shared/saving.svelte";
import { shown } from "$shared/screen.svelte";
import { router } from "$shared/router.svelte";
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

it("takes what was done away when another screen opens, and leaves what was not saved", async () => {
  await open("");
  render(StatusLine);
  say("Flag set.");
  await tick();
  expect(screen.getByText("Flag set.")).toBeTruthy();
  router.go({ view: "caseload" });
  await tick();
  expect(screen.queryByText("Flag set.")).toBeNull();
  warn("The last words could not be saved.");
  router.back({ view: "today" });
  await tick();
  expect(screen.getByText("The last words could not be saved.")).toBeTruthy();
});

it("leaves standing what was not saved", async () => {
  await open("");
  render(StatusLine);
  warn("The last words could not be saved.");
  await open("O’NEILL, Fiadh");
  expect(screen.getByText("The last words could not be saved.")).toBeTruthy();
});

it("says that something is not saved, and why, until it is, with a way to save it now", async () => {
  let full = true;
  let typed = "";
  const autosave = new Autosave(
    "a form",
    () => ({ typed }),
    async () => (full ? Promise.reject({ message: "The disk is full." }) : { saved: "15:21" }),
  );
  render(StatusLine);
  expect(document.getElementById("not-saved")).toBeNull();
  typed = "a word";
  await autosave.flush();
  await tick();
  say("Answer saved.");
  await open("O’NEILL, Fiadh");
  expect(document.getElementById("not-saved")?.textContent).toContain("The disk is full.");
  full = false;
  await fireEvent.click(screen.getByText("Save now"));
  await vi.waitFor(() => expect(document.getElementById("not-saved")).toBeNull());
  expect([saving.state, saving.last]).toEqual(["kept", "15:21"]);
});
