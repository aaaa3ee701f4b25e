import { onDestroy } from "svelte";
import { asCoreError, type Code, type CoreError } from "$ipc/call";
import { saving, type SaveState, type Source } from "$shared/saving.svelte";

/** Faults of the disk or of the program: what was asked for is right, and is not saved. */
const FAULTS: Code[] = ["busy", "disk_failed", "disk_full", "internal", "no_answer", "vault_damaged"];

/** The number of an act: with it, a request that is sent twice is one act. */
export type ActNumber = string & { readonly of: "Act" };

export const newAct = (): ActNumber => crypto.randomUUID() as string as ActNumber;

/**
 * Something done by a press: once however often it is pressed, with the refusal kept until it is done or given up.
 * Make it while a component is being set up.
 */
export class Act implements Source {
  readonly saysItself = true;
  busy = $state(false);
  refusal = $state.raw<CoreError | null>(null);
  /** The number of the act that comes next. */
  number: ActNumber = newAct();

  /** `saves` is false for what puts nothing on disk. */
  constructor(private readonly saves = true) {
    saving.add(this);
    onDestroy(() => this.close());
  }

  get state(): SaveState {
    if (!this.saves) return "untouched";
    if (this.busy) return "saving";
    return this.refusal && FAULTS.includes(this.refusal.code) ? "failed" : "untouched";
  }

  get problem(): string {
    return this.state === "failed" ? (this.refusal?.message ?? "") : "";
  }

  /** Does it, and answers what came of it; nothing if it was refused, or is being done already. */
  async run<Answer>(work: (act: ActNumber) => Promise<Answer>): Promise<{ answer: Answer } | null> {
    if (this.busy) return null;
    this.busy = true;
    try {
      const answer = await work(this.number);
      this.refusal = null;
      this.number = newAct();
      if (this.saves) {
        saving.last ||= " ";
        saving.draft = false;
      }
      return { answer };
    } catch (thrown) {
      this.refusal = asCoreError(thrown);
      // What was sent under this number stands; what is asked for now is another act.
      if (this.refusal.code === "act_reused") this.number = newAct();
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** The sentence about one field of the request; empty if the refusal is not about it. */
  about(field: string): string {
    return this.refusal?.field === field ? this.refusal.message : "";
  }

  async flush(): Promise<void> {
    // An act is sent by a press only.
  }

  close(): void {
    saving.remove(this);
  }
}
