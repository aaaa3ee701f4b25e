import { tick, untrack } from "svelte";
import type { CoreError } from "$ipc/call";
import { focusFirst } from "$shared/focus";
import { saving } from "$shared/saving.svelte";
import { form as m } from "$strings/form";
import { Act, type ActNumber } from "./act.svelte";
import { Draft, type About, type Body } from "./draft.svelte";
import { typedIn } from "./field";

/** One line of what stands in the record: its name, and how to read it. */
type Line<Entry> = [label: string, read: (entry: Entry) => string];

type Options<Entry extends object, Answer> = {
  /** Which form it is, so that what is typed is kept; nothing for a form that holds secrets or one press. */
  about?: About | null;
  /** What the form begins with. */
  start: () => Entry;
  /** Sends it. `seen` is the position that what is changed was read at. */
  send: (entry: Entry, act: ActNumber, seen: number) => Promise<Answer>;
  /** After it was saved; the form is as at the start again. */
  done: (answer: Answer, entry: Entry) => void;
  /** After it was refused, before the focus goes to the field. */
  refused?: (error: CoreError) => void;
  /** False for a form that puts nothing in the record. */
  saves?: boolean;
  /** Whose record it is about, in one line. */
  whose?: () => string;
  /** The form is to go: after “Cancel”, and after throwing away what was typed. */
  close?: () => void;
  /** The position that what is changed was read at. */
  seen?: () => number;
  /** What stands in the record now, read again: for a form that changes something. */
  now?: () => Promise<{ entry: Entry; seen: number } | null>;
  /** What of it is told when another has changed it meanwhile. */
  lines?: Line<Entry>[];
};

/**
 * One form: filled, kept, sent once, and answered where it is seen. Every form of the program is one of these, so that
 * what happens to what was typed, and to a refusal, is the same in all of them. Make it while a component is being set up.
 */
export class Form<Entry extends object, Answer = unknown> extends Act {
  entry = $state() as Entry;
  /** What stands in the record now and did not when the form was read: another has changed it. */
  now = $state.raw<string[]>([]);
  /** True when saving once more replaces what another has written. */
  stale = $state(false);
  /** True while it asks whether to keep what was typed. */
  asking = $state(false);
  element = $state<HTMLFormElement>();
  /** What is typed, kept by the core; none for a form that keeps nothing. */
  readonly draft: Draft<Entry> | null;
  /** The refusal once its fields have had their say: what no field shows, the form shows. */
  told = $state.raw<CoreError | null>(null);
  /** The field that was refused, and what was typed in it then. */
  #wrong: { field: string; typed: string } | null = null;
  #base: Entry;
  #seen: number;
  /** The position of what saving once more replaces. It is not kept: who comes back to the form is asked again. */
  #replaces: number | null = null;

  constructor(private readonly options: Options<Entry, Answer>) {
    super(options.saves ?? true);
    this.entry = options.start();
    this.#base = this.#typed();
    this.#seen = options.seen?.() ?? 0;
    this.draft = options.about
      ? new Draft(options.about, { body: () => this.#body(), restore: (body) => this.#restore(body) })
      : null;
    $effect(() => {
      JSON.stringify(this.entry);
      this.draft?.changed();
      untrack(() => this.#mended());
    });
  }

  /** False until what was kept has come back. */
  get ready(): boolean {
    return this.draft?.ready ?? true;
  }

  /** Whose record it is about; empty if it is about none. */
  get whose(): string {
    return this.options.whose?.() ?? "";
  }

  /** Whether anything was typed. */
  get typed(): boolean {
    return JSON.stringify(this.entry) !== JSON.stringify(this.#base);
  }

  /** Sends the form; once, however often it is pressed. */
  submit = async (event?: Event): Promise<void> => {
    event?.preventDefault();
    if (this.busy || !this.ready) return;
    this.told = null;
    const entry = this.#typed();
    const done = await this.run(async (act) => {
      await this.draft?.hold();
      const answer = await this.options.send(entry, act, this.#replaces ?? this.#seen);
      await this.draft?.discard();
      return answer;
    });
    if (done) this.#done(done.answer, entry);
    else await this.#refused();
  };

  /** Closes the form if nothing was typed; else asks whether to keep it. */
  cancel = (): void => {
    if (this.typed && this.draft) this.asking = true;
    else this.options.close?.();
  };

  /** Closes the form; what was typed is kept for later. */
  keepForLater = (): void => {
    this.asking = false;
    this.options.close?.();
  };

  /** Throws away what was typed. */
  throwAway = async (): Promise<void> => {
    await this.draft?.hold();
    this.#begin();
    await this.draft?.discard();
    saving.forget();
    this.options.close?.();
  };

  #done(answer: Answer, entry: Entry): void {
    this.#begin();
    this.draft?.ended();
    this.options.done(answer, entry);
  }

  #begin(): void {
    this.entry = this.options.start();
    this.#base = this.#typed();
    this.#seen = this.options.seen?.() ?? 0;
    this.now = [];
    this.#replaces = null;
    this.stale = this.asking = false;
    this.#wrong = this.refusal = this.told = null;
  }

  async #refused(): Promise<void> {
    this.draft?.resume();
    const refusal = this.refusal;
    if (!refusal) return;
    if (refusal.code === "changed_since") await this.#compare();
    this.options.refused?.(refusal);
    const { field } = refusal;
    this.#wrong = field ? { field, typed: typedIn(this.entry, field) } : null;
    await tick();
    this.told = refusal;
    if (this.element?.querySelector("[aria-invalid='true']")) focusFirst(this.element);
  }

  /** What was wrong in a field is said no longer once the field is changed. */
  #mended(): void {
    if (!this.#wrong || typedIn(this.entry, this.#wrong.field) === this.#wrong.typed) return;
    this.#wrong = this.refusal = this.told = null;
  }

  /** Reads what stands in the record now: saving once more is then a decision. */
  async #compare(): Promise<void> {
    const now = await this.options.now?.().catch(() => null);
    if (!now) return;
    this.#replaces = now.seen;
    this.stale = true;
    this.now = (this.options.lines ?? [])
      .filter(([, read]) => read(now.entry) !== read(this.#base))
      .map(([label, read]) => m.now(label, read(now.entry)));
  }

  #typed(): Entry {
    return $state.snapshot(this.entry) as Entry;
  }

  #body(): Body<Entry> | null {
    return this.typed ? { entry: this.#typed(), seen: this.#seen, act: this.number, base: this.#base } : null;
  }

  #restore(body: Body<Entry>): void {
    this.#base = { ...this.#base, ...body.base };
    this.entry = { ...this.#typed(), ...body.entry };
    this.#seen = body.seen;
    this.number = body.act;
  }
}
