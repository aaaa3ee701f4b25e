import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Autosave } from "./autosave.svelte";

/** What the worker was promised. */
const PAUSE = 300;
const LONGEST = 1000;

type Entry = { saw: string };
const answer = { saved: "15:21", words: "Draft · saved 15:21" };

function writing(save = vi.fn(async (_episode: string, _entry: Entry) => answer)) {
  const entry = { saw: "" };
  const autosave = new Autosave<Entry>("episode-1", () => ({ ...entry }), save);
  const type = (text: string) => {
    entry.saw += text;
    autosave.changed();
  };
  return { autosave, save, type, entry };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the draft saves itself", () => {
  it("writes nothing for a form that was only opened", async () => {
    const { autosave, save } = writing();
    autosave.changed();
    await vi.advanceTimersByTimeAsync(5000);
    await autosave.flush();
    expect(save).not.toHaveBeenCalled();
    expect(autosave.state).toBe("untouched");
  });

  it("waits 300 ms after the last key, then says what the core says", async () => {
    const { autosave, save, type } = writing();
    type("Fi ");
    await vi.advanceTimersByTimeAsync(PAUSE - 1);
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(save).toHaveBeenCalledExactlyOnceWith("episode-1", { saw: "Fi " });
    expect(autosave.words).toBe("Draft · saved 15:21");
    expect(autosave.state).toBe("saved");
  });

  it("saves at least every second while typing goes on", async () => {
    const { save, type } = writing();
    for (let waited = 0; waited < LONGEST; waited += 100) {
      type("x");
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(save).toHaveBeenCalledTimes(1);
  });

  it("keeps what is typed while a save is under way, and saves it next", async () => {
    let finish = () => {};
    const save = vi.fn((_: string, entry: Entry) =>
      entry.saw === "a" ? new Promise<typeof answer>((done) => (finish = () => done(answer))) : Promise.resolve(answer),
    );
    const { type } = writing(save);
    type("a");
    await vi.advanceTimersByTimeAsync(PAUSE);
    type("b");
    await vi.advanceTimersByTimeAsync(PAUSE * 2);
    expect(save).toHaveBeenCalledTimes(1);
    finish();
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(save).toHaveBeenLastCalledWith("episode-1", { saw: "ab" });
  });

  it("says that a save failed, keeps the text and tries again by itself", async () => {
    const save = vi.fn().mockRejectedValueOnce({ message: "The disk is full." }).mockResolvedValue(answer);
    const { autosave, type, entry } = writing(save);
    type("kept");
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(autosave.state).toBe("failed");
    expect(autosave.problem).toBe("The disk is full.");
    expect(entry.saw).toBe("kept");
    await vi.advanceTimersByTimeAsync(2000);
    expect(save).toHaveBeenLastCalledWith("episode-1", { saw: "kept" });
    expect(autosave.state).toBe("saved");
  });

  it("says that nothing is unsaved when what was typed is taken back again", async () => {
    const { autosave, save, type, entry } = writing();
    type("x");
    entry.saw = "";
    autosave.changed();
    await vi.advanceTimersByTimeAsync(LONGEST);
    expect(save).not.toHaveBeenCalled();
    expect(autosave.state).toBe("untouched");
  });

  it("saves nothing of what has become an act", async () => {
    const { autosave, save, type } = writing();
    type("signed words");
    await autosave.hold();
    autosave.done();
    autosave.changed();
    await vi.advanceTimersByTimeAsync(LONGEST);
    expect(save).not.toHaveBeenCalled();
  });

  it("does not knock at a locked door", async () => {
    const save = vi.fn().mockRejectedValue({ code: "locked", message: "Locked." });
    const { type } = writing(save);
    type("x");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledTimes(1);
  });

  it("flushes at once when the screen is left, and nothing follows after signing", async () => {
    const { autosave, save, type } = writing();
    type("last words");
    await autosave.flush();
    expect(save).toHaveBeenCalledTimes(1);
    await autosave.hold();
    type(" and more");
    autosave.close();
    await autosave.flush();
    await vi.advanceTimersByTimeAsync(5000);
    expect(save).toHaveBeenCalledTimes(1);
  });
});
