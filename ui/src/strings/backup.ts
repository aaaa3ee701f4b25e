/** Words of backup and restore. What was done and when comes from the core. */
export const backup = {
  title: "Backup",
  what: "Writes an encrypted copy of the record to a folder, on a stick or a shared drive, and reads it back. You can go on working.",
  reading: "Reading…",
  folder: "Back up to",
  folderHint: "Best on another disk than this laptop’s. Nobody can read it without a passphrase or the recovery key.",
  choose: "Choose…",
  chooseTitle: "Where the backup is written",
  go: "Back up now",
  going: "Backing up…",
  stop: "Stop",
  isIn: (folder: string) => `It is in ${folder}.`,

  restore: "Restore from a backup",
  restoreChoice: "Brings a team’s record to this laptop from the folder of its backup.",
  restoreWhat: "You need the folder of the backup and either a passphrase of the team or the printed recovery key. The backup itself is not changed.",
  restoreFolder: "Folder of the backup",
  restoreChoose: "The folder of the backup",
  withWhat: "Open it with",
  ways: [
    { code: "passphrase", words: "My passphrase" },
    { code: "key", words: "The recovery key" },
  ],
  restoreGo: "Restore and sign in",
  restoring: "Restoring…",
};
