/** How the draft stands. */
export type DraftState = "untouched" | "waiting" | "saving" | "saved" | "failed";

/** Milliseconds after the last key until the draft is saved. */
const PAUSE = 300;
/** The longest a key waits while typing goes on: it is on disk within a second, the writing included. */
const LONGEST = 700;
const AGAIN = [2000, 4000, 8000, 15000];

/**
 * Saves one draft of one episode by itself: 300 ms after the last key, and
 * within a second of the first. One save at a time; a failed one is tried again
 * and the text stays. Typing never waits. The episode is fixed for life.
 */
export class Autosave<Entry> {
  state = $state<DraftState>("untouched");
  /** The core's words about the last save: `Draft · saved 15:21`. */
  words = $state("");
  /** Why the last save failed; empty if it did not. */
  problem = $state("");

  #stored: string;
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since = 0;
  #failures = 0;
  #held = false;
  #closed = false;

  constructor(
    private readonly episode: string,
    private readonly entry: () => Entry,
    private readonly save: (episode: string, entry: Entry) => Promise<{ words: string }>,
  ) {
    this.#stored = JSON.stringify(entry());
  }

  /** Tells that something may have been typed. */
  changed(): void {
    if (this.#closed || this.#held || !this.#dirty()) return;
    if (this.state !== "failed" && !this.#running) this.state = "waiting";
    const now = Date.now();
    if (!this.#since) this.#since = now;
    this.#later(Math.max(0, Math.min(PAUSE, this.#since + LONGEST - now)));
  }

  /** Saves now, and answers when everything typed so far is on disk or the save has failed. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
    if (!this.#closed && !this.#held && this.#dirty()) await this.#run();
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

  /** Saves nothing any more: the note has been signed or discarded, or its screen is gone. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
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
    if (this.#closed || this.#held || text === this.#stored) return;
    this.#since = 0;
    if (this.state !== "failed") this.state = "saving";
    try {
      const { words } = await this.save(this.episode, entry);
      this.#stored = text;
      this.#failures = 0;
      this.words = words;
      this.problem = "";
      this.state = "saved";
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      this.problem = message ?? "";
      this.state = "failed";
      if (!this.#closed && code !== "locked") this.#later(AGAIN[Math.min(this.#failures++, AGAIN.length - 1)] ?? LONGEST);
    }
  }
}
