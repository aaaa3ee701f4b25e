import { saving, type SaveState, type Source } from "./saving.svelte";

/** What the core says of a save: `15:21`, and perhaps more words. */
export type Saved = { saved: string; words?: string };

/** Milliseconds after the last key until the draft is saved. */
const PAUSE = 300;
/** The longest a key waits while typing goes on: it is on disk within a second, the writing included. */
const LONGEST = 700;
const AGAIN = [2000, 4000, 8000, 15000];

/**
 * Saves what is typed in one form by itself: 300 ms after the last key, and
 * within a second of the first. One save at a time; a failed one is tried again
 * and the text stays. Typing never waits. What it is about is fixed for life.
 */
export class Autosave<Entry> implements Source {
  state = $state<SaveState>("untouched");
  /** The core's words about the last save: `Draft · saved 15:21`. */
  words = $state("");
  /** Why the last save failed; empty if it did not. */
  problem = $state("");

  #stored: string;
  #kept = false;
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since = 0;
  #failures = 0;
  #held = false;
  #closed = false;

  constructor(
    private readonly about: string,
    private readonly entry: () => Entry,
    private readonly save: (about: string, entry: Entry) => Promise<Saved>,
  ) {
    this.#stored = JSON.stringify(entry());
    saving.begin();
    saving.add(this);
  }

  /** What is typed now. */
  typed(): Entry {
    return this.entry();
  }

  /** What was typed has become an act, or was thrown away: from what stands now nothing is to be saved. */
  done(): void {
    clearTimeout(this.#timer);
    this.#stored = JSON.stringify(this.entry());
    this.#since = 0;
    this.#failures = 0;
    this.#kept = this.#held = false;
    this.problem = this.words = "";
    this.state = "untouched";
  }

  /** Tells that something may have been typed. */
  changed(): void {
    if (this.#closed || this.#held || !(this.#dirty() || ["waiting", "failed"].includes(this.state))) return;
    if (this.state !== "failed" && !this.#running) this.state = "waiting";
    const now = Date.now();
    if (!this.#since) this.#since = now;
    this.#later(Math.max(0, Math.min(PAUSE, this.#since + LONGEST - now)));
  }

  /** Saves now, and answers when everything typed so far is on disk or the save has failed. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
    if (!this.#closed && !this.#held && (this.#dirty() || this.state === "waiting")) await this.#run();
  }

  /** Waits for a save under way and starts no other until `resume`. */
  async hold(): Promise<void> {
    this.#held = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Goes on after `hold`. */
  resume(): void {
    this.#held = false;
    this.changed();
  }

  /** Saves nothing any more: it has been signed or discarded, or its screen is gone. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    saving.remove(this);
  }

  #dirty(): boolean {
    return JSON.stringify(this.entry()) !== this.#stored;
  }

  #later(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), wait);
  }

  #run(): Promise<void> {
    this.#running ??= this.#write().finally(() => {
      this.#running = null;
      if (this.state !== "failed") this.changed();
    });
    return this.#running;
  }

  async #write(): Promise<void> {
    const entry = this.entry();
    const text = JSON.stringify(entry);
    if (this.#closed || this.#held) return;
    this.#since = 0;
    if (text === this.#stored) {
      // Typed and taken back again: what is on disk is what stands here.
      this.problem = "";
      this.state = this.#kept ? "saved" : "untouched";
      return;
    }
    if (this.state !== "failed") this.state = "saving";
    try {
      const { saved, words = "" } = await this.save(this.about, entry);
      if (this.#closed) return;
      this.#stored = text;
      if (!this.#dirty()) this.#since = 0;
      this.#kept = true;
      this.#failures = 0;
      this.words = words;
      this.problem = "";
      this.state = "saved";
      if (saved) saving.keeps(saved);
      else saving.forget();
    } catch (error) {
      if (this.#closed) return;
      const { code, message } = error as { code?: string; message?: string };
      this.problem = message ?? "";
      this.state = "failed";
      if (!this.#closed && code !== "locked")
        this.#later(AGAIN[Math.min(this.#failures++, AGAIN.length - 1)] ?? LONGEST);
    }
  }
}
