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
