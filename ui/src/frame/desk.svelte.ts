import { asCoreError, call, whenLocked, type CoreError } from "$ipc/call";
import type { SessionView } from "$ipc/generated/SessionView";
import type { VaultState } from "$ipc/generated/VaultState";
import { session } from "$ipc/session.svelte";
import { keepPlace, keptPlace, onClosing } from "$ipc/shell";
import { onTouched } from "$ipc/touched";
import { router, type Route } from "$shared/router.svelte";
import { saving } from "$shared/saving.svelte";
import { say } from "$shared/status.svelte";
import { forgetUnsaved } from "$shared/unsaved";
import { showAs } from "./display";
import { backTo, placeNow, type Spot } from "./place";

const FLUSH_AT_MOST_MS = 3000;
const FRAME_FOLLOWS_AFTER_MS = 400;
const NEW_PAGE_WITHIN_MS = 3000;
const STAYS_AFTER_MS = 300;

/** Locked or open, covered or not, and whose screens are kept. */
class Desk {
  vault = $state.raw<VaultState | null>(null);
  problem = $state.raw<CoreError | null>(null);
  covered = $state(false);
  /** Everything is off the screen and what is typed goes to the disk; then it is locked. */
  leaving = $state(false);
  #locking: Promise<void> = Promise.resolve();
  #following: ReturnType<typeof setTimeout> | undefined;
  #staying: ReturnType<typeof setTimeout> | undefined;

  async start(): Promise<void> {
    whenLocked(() => session.locked || this.#forget());
    void onClosing(saved);
    onTouched(["users", "settings", "caseload", "family", "concerns", "releases"], () => this.#follow());
    await this.look();
    if (this.vault?.state === "unlocked") await this.signedIn(await call("session", {}));
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

  /** Opens the first screen of a role, or where this person was when Attune locked. */
  async signedIn(view: SessionView): Promise<void> {
    const place = await keptPlace<Spot>(view.user.id).catch(() => null);
    session.current = view;
    session.locked = false;
    this.covered = false;
    showAs(view);
    router.start(place?.route ?? homeOf(view), place?.form);
    if (place) void backTo(place);
  }

  /** Takes everything off the screen at once, puts drafts on disk, then locks. */
  lock(): Promise<void> {
    if (session.locked || this.leaving) return this.#locking;
    this.#keepPlace();
    this.leaving = true;
    this.#locking = saved()
      .then(() => call("lock", {}))
      .then(
        () => {},
        () => {},
      )
      .finally(() => this.#forget());
    return this.#locking;
  }

  /** Keeps where somebody is as they go: the core also locks without asking the page, when the lid was closed. */
  stays(): void {
    clearTimeout(this.#staying);
    this.#staying = setTimeout(
      () => session.locked || this.leaving || this.covered || this.#keepPlace(),
      STAYS_AFTER_MS,
    );
  }

  #keepPlace(): void {
    const user = session.current?.user.id;
    if (user) void keepPlace(user, placeNow()).catch(() => {});
  }

  cover(): void {
    if (session.locked || this.leaving) return;
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

  /** The record is locked, and the shell loads the page anew; where it does not, nothing of the record is left here. */
  #forget(): void {
    this.leaving = true;
    forgetUnsaved();
    say("");
    setTimeout(() => {
      saving.end();
      session.locked = true;
      session.current = null;
      this.covered = false;
      this.leaving = false;
      void this.look();
    }, NEW_PAGE_WITHIN_MS);
  }
}

export const desk = new Desk();

/** The first screen of a role. */
function homeOf(view: SessionView): Route {
  switch (view.home) {
    case "summary":
      return { view: "summary" };
    case "releases":
      return { view: "releases" };
    default:
      return { view: "today" };
  }
}

/** Waits until what is typed is on disk, but not for ever. */
async function saved(): Promise<void> {
  await Promise.race([saving.flush(), wait(FLUSH_AT_MOST_MS)]);
}

const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
