/** Refusals that a service lead may go on from, with a reason. */
export const MAY_GO_ON = ["records_missing", "head_damaged", "keys_older"];

/** The refusal of a backup that lacks what was saved on this computer. */
export const BACKUP_BEHIND = "backup_behind";
