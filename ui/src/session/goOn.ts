import type { Code } from "$ipc/call";

/** Refusals that a service lead may go on from, with a reason. */
export const MAY_GO_ON: Code[] = ["records_missing", "head_damaged", "key_file_older"];

/** Refusals of a backup that a service lead may restore all the same, with a reason. */
export const MAY_RESTORE: Code[] = ["backup_behind", "key_file_older"];
