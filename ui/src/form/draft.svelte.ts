import { onDestroy } from "svelte";
import { call } from "$ipc/call";
import type { FamilyId } from "$ipc/generated/FamilyId";
import type { FormName } from "$ipc/generated/FormName";
import { session } from "$ipc/session.svelte";
import { Autosave } from "$shared/autosave.svelte";
import { router } from "$shared/router.svelte";
import { saving } from "$shared/saving.svelte";
import { say, status, warn } from "$shared/status.svelte";
import { leave, settled, takeBack } from "$shared/unsaved";
import { form as m } from "$strings/form";
import type { ActNumber } from "./act.svelte";

/** Which form, and of what: the family, and in it the person, note or concern; of the team without a family. */
export type About = { form: FormName; family: FamilyId | null; of?: string };

/** What the core keeps of a form, as this page spells it. */
export type Body<Entry> = { entry: Entry; seen: number; act: ActNumber; base: Entry };

type Owner<Entry> = {
  /** What is to be kept now; nothing if nothing is typed. */
  body: () => Body<Entry> | null;
  /** What was kept comes back into the form. */
  restore: (body: Body<Entry>) => void;
};

/**
 * What is typed in one form, kept by the core within a second and brought back when the form is opened again, whatever
 * happened between. Make it while a component is being set up; it ends with it.
 */
export class Draft<Entry> {
  /** True once what was kept has been looked for: before, nothing may be typed over it. */
  ready = $state(false);
  /** When what has come back was kept; empty if nothing has. */
  restored = $state("");
  /** Why what was kept could not be read; empty if it was. */
  problem = $state("");
  #autosave: Autosave<Body<Entry> | null>;
  #about: { family: FamilyId | null; form: FormName; of: string };
  #key: string;
  #given = false;

  constructor(
    { form, family, of = "" }: About,
    private readonly owner: Owner<Entry>,
  ) {
    this.#about = { family, form, of };
    this.#key = `${session.current?.user.id ?? ""} ${form} ${family ?? ""} ${of}`;
    this.#autosave = new Autosave(this.#key, owner.body, (_, body) => this.#keep(body));
    const open = { form, of };
    router.form = open;
    void this.read();
    onDestroy(() => {
      if (router.form === open) router.form = null;
      void this.#leave();
    });
  }

  /** Looks for what was kept. */
  async read(): Promise<void> {
    this.problem = "";
    await settled();
    const unsaved = takeBack<Body<Entry> | null>(this.#key);
    try {
      const kept = unsaved ? { body: null, saved: "" } : await call("kept_form", this.#about);
      const body = unsaved ?? (kept.body ? (JSON.parse(kept.body) as Body<Entry>) : null);
      if (body) {
        this.owner.restore(body);
        // The form is open again: nothing asks for that any more.
        if (status.words === m.kept) status.words = "";
        this.restored = unsaved ? m.unsavedBack : m.restored(kept.saved);
        if (!unsaved) {
          this.#autosave.done();
          saving.keeps(kept.saved);
        }
        this.#given = true;
      }
      this.ready = true;
      this.changed();
    } catch (thrown) {
      this.problem = (thrown as { message?: string }).message ?? m.notRead;
    }
  }

  /** Something may have been typed. */
  changed(): void {
    if (!this.ready) return;
    // Another form is being filled: what was kept of the one before is not said beside it.
    if (status.words === m.kept && this.owner.body() !== null) status.words = "";
    this.#autosave.changed();
  }

  /** The act is being sent: what is typed is put on disk first, and nothing is kept meanwhile. */
  async hold(): Promise<void> {
    await this.#autosave.flush();
    await this.#autosave.hold();
  }

  /** The act was refused: what is typed is kept on. */
  resume(): void {
    this.#autosave.resume();
  }

  /** What was typed has become an act, or is thrown away: it is not kept any more. */
  async discard(): Promise<void> {
    await this.#autosave.hold();
    if (this.#given) await call("discard_form", this.#about).catch(() => {});
    this.ended();
  }

  /** The form is as at the start. */
  ended(): void {
    this.#given = false;
    this.restored = "";
    this.#autosave.done();
  }

  async #keep(body: Body<Entry> | null): Promise<{ saved: string }> {
    if (!body) {
      if (this.#given) await call("discard_form", this.#about);
      this.#given = false;
      return { saved: "" };
    }
    this.#given = true;
    return call("keep_form", { ...this.#about, act: body.act, body: JSON.stringify(body) });
  }

  async #leave(): Promise<void> {
    const saved = leave(this.#key, this.#autosave);
    // While it is taken away, a component reads what stood before; a moment later, what stands.
    await Promise.resolve();
    const typed = this.ready && this.owner.body() !== null;
    if (!typed || session.locked) return;
    if (await saved) say(m.kept);
    else warn(m.notKept);
  }
}
