import { invoke } from "@tauri-apps/api/core";
import { noAnswer } from "$strings/answer";
import type { Commands } from "./generated/Commands";
import type { ErrorCode } from "./generated/ErrorCode";
import type { Reply } from "./generated/Reply";
import { announce } from "./touched";

export type Command = keyof Commands;
export type Request<C extends Command> = Commands[C]["req"];
export type Response<C extends Command> = Commands[C]["res"];
export type Answer<C extends Command> = Omit<Reply<Response<C>>, "touched">;

/** The codes of the core; and where it gave no answer, or was not asked because a choice is missing. */
export type Code = ErrorCode | "no_answer" | "not_chosen";

/** A refusal or failure of the core: `message` is written for the reader and safe to show. */
export class CoreError extends Error {
  constructor(
    readonly code: Code,
    message: string,
    readonly field: string | null = null,
  ) {
    super(message);
    this.name = "CoreError";
  }
}

let onLocked: () => void = () => {};
let askAgain: () => Promise<boolean> = async () => false;

/** Says how the passphrase is asked for once more; false when the person would rather not. */
export function whenAskedAgain(ask: () => Promise<boolean>): () => void {
  askAgain = ask;
  return () => (askAgain = async () => false);
}

/** Says what happens when the core answers that the vault is locked. */
export function whenLocked(then: () => void): void {
  onLocked = then;
}

/** What goes with a request besides: the number of the act, so that a request sent twice is one act. */
export type With = { act?: string };

/** Asks the core. A refusal rejects with a `CoreError`. */
export async function call<C extends Command>(command: C, request: Request<C>, more: With = {}): Promise<Response<C>> {
  return (await callSeen(command, request, more)).value;
}

/** As `call`, with the log position the answer was read at. */
export async function callSeen<C extends Command>(
  command: C,
  request: Request<C>,
  more: With = {},
): Promise<Answer<C>> {
  try {
    const outcome = await invoke<Reply<Response<C>>>("call", { command, request: mended(request), ...more });
    announce(outcome.touched);
    return { value: outcome.value, seen: outcome.seen };
  } catch (refusal) {
    const error = asCoreError(refusal);
    if (error.code === "locked") onLocked();
    if (error.code === "confirm_passphrase" && (await askAgain())) return callSeen(command, request, more);
    throw error;
  }
}

/** Half an emoji, as a cut or a paste can leave it, is no text that can be sent: the rest goes without it. */
function mended<T>(request: T): T {
  return JSON.parse(JSON.stringify(request, (_, value) => (typeof value === "string" ? whole(value) : value))) as T;
}

const whole = (text: string) =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");

/** Makes a `CoreError` of whatever was thrown. */
export function asCoreError(refusal: unknown): CoreError {
  if (refusal instanceof CoreError) return refusal;
  if (typeof refusal === "object" && refusal !== null && "code" in refusal && "message" in refusal) {
    const { code, message, field } = refusal as { code: Code; message: string; field?: string | null };
    return new CoreError(code, message, field ?? null);
  }
  return new CoreError("no_answer", noAnswer);
}

/** The message for one field of a form, if the error is about it. */
export function messageFor(error: CoreError | null, field: string): string {
  return error?.field === field ? error.message : "";
}
