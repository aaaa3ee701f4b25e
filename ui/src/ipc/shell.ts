import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { open } from "@tauri-apps/plugin-dialog";

export type Progress = { done: number; total: number; words: string };

/** Follows the progress of the long command now running; answers the way to stop. */
export function onProgress(then: (progress: Progress) => void): Promise<() => void> {
  return listen<Progress>("progress", (event) => then(event.payload));
}

/** When the window is to be closed: puts what is typed on disk, then lets the window go. */
export function onClosing(save: () => Promise<void>): Promise<() => void> {
  return listen("closing", () => void save().finally(() => void invoke("leave")));
}

/** Follows how many seconds are left before Attune locks by itself; `null` when somebody is there again. */
export function onLocksIn(then: (seconds: number | null) => void): Promise<() => void> {
  return listen<number | null>("locks_in", (event) => then(event.payload));
}

/** When Attune is to lock now: puts what is typed on disk and locks. */
export function onLock(then: () => void): Promise<() => void> {
  return listen("lock", () => then());
}

/** Tells that a person has pressed a key or a button. */
export function somebodyIsThere(): Promise<void> {
  return invoke("somebody_is_there");
}

/** Copies a text; it is taken off the clipboard again after a minute and at lock. */
export function copy(text: string): Promise<void> {
  return invoke("copy", { text });
}

/** Keeps where a user was, in memory, while Attune is locked: ids and a caret, no words. */
export function keepPlace(user: string, place: unknown): Promise<void> {
  return invoke("keep_place", { user, place });
}

/** Hands back where this user was, once. */
export function keptPlace<Place>(user: string): Promise<Place | null> {
  return invoke("kept_place", { user });
}

/** Asks the long command now running to stop. */
export function cancel(): Promise<void> {
  return invoke("cancel");
}

/** Makes everything in the window larger or smaller; 1 is the usual size. */
export function zoom(factor: number): Promise<void> {
  return invoke("zoom", { factor });
}

/** Lets the person choose a folder; `null` when they chose none. */
export function chooseFolder(title: string, present: string): Promise<string | null> {
  return open({ directory: true, title, defaultPath: present || undefined });
}
