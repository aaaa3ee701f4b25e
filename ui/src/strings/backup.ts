/** Words of backup and restore. What was done and when comes from the core. */
export const backup = {
  title: "Backup",
  what: "Saves an encrypted copy of the record in a folder, on a USB stick or a shared drive, and checks that it can be read. You can carry on working.",
  reading: "Reading…",
  folder: "Back up to",
  folderHint:
    "Best kept on a different disk, not this laptop’s. Nobody can read it without a passphrase or the recovery key.",
  choose: "Choose…",
  chooseTitle: "Where to save the backup",
  go: "Back up now",
  going: "Backing up…",
  stop: "Stop",
  isIn: (folder: string) => `The backup is in ${folder}.`,

  restore: "Restore from a backup",
  restoreChoice: "Bring a team’s record back to this laptop from a backup folder.",
  restoreWhat:
    "You need the backup folder, and either your passphrase or the printed recovery key. The backup is not changed.",
  restoreFolder: "Backup folder",
  restoreChoose: "Choose the backup folder",
  withWhat: "Open it with",
  ways: [
    { code: "passphrase", words: "My passphrase" },
    { code: "key", words: "The recovery key" },
  ],
  restoreGo: "Restore and sign in",
  restoring: "Restoring…",
  behindBecause: "Restore this backup anyway, giving a reason",
  behindHint: "The reason is kept in the record’s history.",
  restoreBehind: "Restore without those entries",
};
