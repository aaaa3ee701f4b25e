export const settings = {
  titleAll: "Users and settings",
  title: "Settings",
  reading: "Reading the settings…",
  jump: "On this page",

  display: "Display",
  displayWords: "Only for you, on this computer.",
  theme: "Light",
  themes: [
    { code: "system", words: "As the computer" },
    { code: "day", words: "Day" },
    { code: "night", words: "Night" },
  ],
  density: "Rows",
  densities: [
    { code: "comfortable", words: "Comfortable" },
    { code: "compact", words: "Compact" },
  ],

  passphrase: "Your passphrase",

  team: "Team",
  teamName: "Team’s name",
  minutes: "Lock after how many minutes without a key",
  minutesHint: "From 1 to 60.",
  saveTeam: "Save the team’s settings",
  teamSaved: "The team’s settings are saved.",
  locksAfter: (minutes: number) =>
    minutes === 1 ? "Locks after 1 minute without a key." : `Locks after ${minutes} minutes without a key.`,
  history: "Read the history of the team’s record",

  folders: "Folders",
  vaultFolder: "The record",
  exportFolder: "Summaries are written to",
  choose: "Choose…",
  chooseTitle: "Where summaries are written",
  saveFolder: "Use this folder",
  folderSaved: "Summaries are written to that folder now.",

  verify: "Check the record",
  verifyWords:
    "Reads every page and every entry, follows the chains and seals, rebuilds the record from its history and compares. Nothing is changed. You can go on working.",
  verifyGo: "Check the record",
  verifying: "Checking…",
  cancel: "Stop",
  checked: "What was checked",
  findings: "What was found",

  recovery: "Recovery key",
  recoveryWords:
    "Makes a new recovery key. The one on the old sheet stops working; destroy that sheet. The new one is shown once.",
  recoveryGo: "Make a new recovery key",
  recoverySure: "The old sheet stops working at once. Make a new recovery key now?",
  recoveryYes: "Yes, make a new one",
  recoveryNo: "No, keep the old one",
  recoveryKept: "I have kept it",
};
