import { beforeEach, expect, test } from "vitest";
import { Autosave } from "./autosave.svelte";
import { saving } from "./saving.svelte";
import { forgetUnsaved, leave, takeBack } from "./unsaved";

const full = { code: "disk_full", message: "The disk is full." };

function writing(save: () => Promise<{ saved: string }>) {
  const entry = { text: "" };
  const autosave = new Autosave<typeof entry>("a form", () => ({ ...entry }), save);
  return { autosave, type: (text: string) => ((entry.text = text), autosave.changed()) };
}

beforeEach(() => {
  forgetUnsaved();
  saving.end();
});

test("says nothing of saving before there is something to save", () => {
  writing(async () => ({ saved: "15:21" }));
  expect(saving.state).toBe("nothing");
});

test("tells of a save when it is on disk, not before", async () => {
  let finish: (kept: { saved: string }) => void = () => {};
  const onDisk = new Promise<{ saved: string }>((done) => (finish = done));
  const { autosave, type } = writing(() => onDisk);
  type("a");
  expect(saving.state).toBe("saving");
  const flushed = autosave.flush();
  await Promise.resolve();
  expect(saving.state).toBe("saving");
  finish({ saved: "15:21" });
  await flushed;
  expect([saving.state, saving.last]).toEqual(["kept", "15:21"]);
});

test("a failed save stays in sight, whatever else is saved, until it has succeeded", async () => {
  let disk: object | null = full;
  const one = writing(async () => (disk ? Promise.reject(disk) : { saved: "15:23" }));
  const other = writing(async () => ({ saved: "15:22" }));
  one.type("a");
  await saving.flush();
  other.type("b");
  await other.autosave.flush();
  expect([saving.state, saving.untold?.problem]).toEqual(["failed", "The disk is full."]);
  disk = null;
  await saving.flush();
  expect([saving.state, saving.last]).toEqual(["kept", "15:23"]);
});

test("one fault is told once: not by the line at the foot what the form says itself", async () => {
  const { type } = writing(() => Promise.reject(full));
  type("a");
  await saving.flush();
  const act = {
    state: "failed" as const,
    problem: full.message,
    saysItself: true,
    flush: async () => {},
    close: () => {},
  };
  saving.add(act);
  expect([saving.state, saving.untold]).toEqual(["failed", undefined]);
  saving.remove(act);
  expect(saving.untold?.problem).toBe(full.message);
});

test("what could not be saved stays when its form is left, and goes back to it once", async () => {
  const { autosave, type } = writing(() => Promise.reject(full));
  type("last words");
  expect(await leave("me a form", autosave)).toBe(false);
  expect(saving.state).toBe("failed");
  expect(takeBack("another a form")).toBeNull();
  expect(takeBack("me a form")).toEqual({ text: "last words" });
  expect(takeBack("me a form")).toBeNull();
  expect(saving.state).toBe("nothing");
});

test("what was given up, or is another person's, is not saved any more", async () => {
  let saves = 0;
  const { autosave, type } = writing(() => (saves++, Promise.reject(full)));
  type("mine");
  await leave("me a form", autosave);
  forgetUnsaved();
  saving.end();
  await saving.flush();
  await autosave.flush();
  expect([saves, saving.state]).toEqual([1, "nothing"]);
});

test("what was kept of one form is not said over another that opens, nor after it was thrown away", async () => {
  const first = writing(async () => ({ saved: "15:21" }));
  first.type("a");
  await first.autosave.flush();
  expect(saving.state).toBe("kept");
  first.autosave.close();
  writing(async () => ({ saved: "15:22" }));
  expect(saving.state).toBe("nothing");
});

test("what is typed and taken back to nothing is no longer said to be kept, nor saved", async () => {
  let kept = "15:21";
  const { autosave, type } = writing(async () => ({ saved: kept }));
  type("a");
  await autosave.flush();
  kept = "";
  type("b");
  await autosave.flush();
  expect(saving.state).toBe("nothing");
});
