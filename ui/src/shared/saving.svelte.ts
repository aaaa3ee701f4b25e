import { untrack } from "svelte";

/** How far something that is typed or done has come to the disk. */
export type SaveState = "untouched" | "waiting" | "saving" | "saved" | "failed";

/** Something that is being saved: what is typed in a form, or an act. */
export interface Source {
  readonly state: SaveState;
  /** Why it could not be saved; empty if it was. */
  readonly problem: string;
  /** True for what says the problem itself, where it was asked for. */
  readonly saysItself?: boolean;
  /** Saves now; answers when it is on disk, or when it has failed. */
  flush(): Promise<void>;
  /** Saves nothing any more. */
  close(): void;
}

/** What is being saved in the whole window, and how it stands: the one truth of what is on disk. */
class Saving {
  #sources = $state.raw<readonly Source[]>([]);
  /** `15:21`, the time of the last save; a space if no time is known; empty if nothing was saved yet. */
  last = $state("");

  /** True if the last save was of what is typed only: no act of the record came of it yet. */
  draft = $state(false);

  /** Follows `source` until it is removed. */
  add(source: Source): void {
    untrack(() => (this.#sources = [...this.#sources.filter((other) => other !== source), source]));
  }

  remove(source: Source): void {
    untrack(() => (this.#sources = this.#sources.filter((other) => other !== source)));
  }

  /** Something new begins to be written: what was kept of another form is not said over it. */
  begin(): void {
    if (this.draft && !this.#sources.some((source) => source.state === "saved")) this.forget();
  }

  /** What stands in a form is what was kept of it at that time. */
  keeps(time: string): void {
    this.last = time;
    this.draft = true;
  }

  /** What was kept was thrown away: nothing is said of it any more. */
  forget(): void {
    this.last = "";
    this.draft = false;
  }

  /** A failed save stays until it has succeeded or was given up. */
  get state(): "nothing" | "saving" | "kept" | "saved" | "failed" {
    const states = this.#sources.map((source) => source.state);
    if (states.includes("failed")) return "failed";
    if (states.includes("saving") || states.includes("waiting")) return "saving";
    if (!this.last) return "nothing";
    return this.draft ? "kept" : "saved";
  }

  /** What is not saved for a reason that no form says itself: one fault is told once. */
  get untold(): Source | undefined {
    const failed = this.#sources.filter((source) => source.state === "failed");
    const told = failed.filter((source) => source.saysItself).map((source) => source.problem);
    return failed.find((source) => !told.includes(source.problem));
  }

  /** Puts all that is typed on disk, and answers when it is there or has failed. */
  async flush(): Promise<void> {
    await Promise.allSettled(this.#sources.map((source) => source.flush()));
  }

  /** Saves nothing of all this any more, and forgets it: another person is at the desk. */
  end(): void {
    for (const source of this.#sources) source.close();
    this.#sources = [];
    this.forget();
  }
}

export const saving = new Saving();
