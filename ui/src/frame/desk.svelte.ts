import { asCoreError, call, whenLocked, type CoreError } from "$ipc/call";
import type { SessionView } from "$ipc/generated/SessionView";
import type { UserId } from "$ipc/generated/UserId";
import type { VaultState } from "$ipc/generated/VaultState";
import { session } from "$ipc/session.svelte";
import { onClosing } from "$ipc/shell";
import { announce, onTouched } from "$ipc/touched";
import { router, type Route } from "$shared/router.svelte";
import { saving } from "$shared/saving.svelte";
import { say } from "$shared/status.svelte";
import { forgetUnsaved } from "$shared/unsaved";
import { showAs } from "./display";

const FLUSH_AT_MOST_MS = 3000;
const FRAME_FOLLOWS_AFTER_MS = 400;

/** Locked or open, covered or not, and whose screens are kept. */
class Desk {
  vault = $state.raw<VaultState | null>(null);
  problem = $state.raw<CoreError | null>(null);
  covered = $state(false);
  /** Whose screens are kept while locked; they come back only to the same person. */
  keptFor = $state<UserId | null>(null);
  #locking: Promise<void> = Promise.resolve();
  #following: ReturnType<typeof setTimeout> | undefined;

  async start(): Promise<void> {
    whenLocked(() => {
      this.#hide();
      forgetUnsaved();
    });
    void onClosing(saved);
    onTouched(["users", "settings", "caseload", "family", "concerns", "releases"], () => this.#follow());
    await this.look();
    if (this.vault?.state === "unlocked") this.signedIn(await call("session", {}));
  }

  /** Reads what stands in the vault folder. */
  async look(): Promise<void> {
    await this.#locking;
    try {
      this.vault = await call("vault_state", {});
      this.problem = this.vault.problem ? asCoreError(this.vault.problem) : null;
    } catch (refusal) {
      this.problem = asCoreError(refusal);
    }
  }

  signedIn(view: SessionView): void {
    session.current = view;
    session.locked = false;
    this.covered = false;
    showAs(view);
    if (this.keptFor !== view.user.id) {
      // The screens of the one before go without a word: nothing of theirs is saved in another's name.
      saving.end();
      this.keptFor = view.user.id;
      router.start(homeOf(view));
    } else {
      announce("all");
      void saving.flush();
    }
  }

  /** Takes everything off the screen at once, puts drafts on disk, then locks. */
  lock(): Promise<void> {
    if (session.locked) return this.#locking;
    this.#hide();
    this.#locking = (async () => {
      await saved();
      await call("lock", {}).catch(() => {});
      forgetUnsaved();
    })();
    return this.#locking.then(() => this.look());
  }

  cover(): void {
    if (session.locked) return;
    this.covered = true;
    void saving.flush();
  }

  uncover(): void {
    this.covered = false;
  }

  /** Reads again what the frame says: the team's name, the changes waiting to be shared. */
  #follow(): void {
    clearTimeout(this.#following);
    this.#following = setTimeout(async () => {
      const view = session.locked ? null : await call("session", {}).catch(() => null);
      if (!view || session.locked) return;
      session.current = view;
      showAs(view);
    }, FRAME_FOLLOWS_AFTER_MS);
  }

  #hide(): void {
    say("");
    session.locked = true;
    this.covered = false;
  }
}

export const desk = new Desk();

/** The first screen of a role. */
export function homeOf(view: SessionView): Route {
  switch (view.home) {
    case "summary":
      return { view: "summary" };
    case "history":
      return { view: "history", family: null };
    default:
      return { view: "today" };
  }
}

/** Waits until what is typed is on disk, but not for ever. */
async function saved(): Promise<void> {
  await Promise.race([saving.flush(), wait(FLUSH_AT_MOST_MS)]);
}

const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
