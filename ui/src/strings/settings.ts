export const settings = {
  titleAll: "Users and settings",
  title: "Settings",
  reading: "Reading the settings…",
  jump: "On this page",

  display: "Display",
  displayWords: "Only for you, on this computer.",
  theme: "Appearance",
  themes: [
    { code: "system", words: "Same as this computer" },
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
  minutes: "Minutes of inactivity before Attune locks",
  minutesHint: "From 1 to 60.",
  copiesOwedBy: "Whose notes are copied to encompass",
  copiesOwedByHint: "Workers of this organisation see on Today which of their notes are not copied yet.",
  copiesOwedByNobody: "Nobody’s",
  saveTeam: "Save the team’s settings",
  teamSaved: "The team’s settings are saved.",
  locksAfter: (minutes: number) =>
    minutes === 1 ? "Locks after 1 minute of inactivity." : `Locks after ${minutes} minutes of inactivity.`,
  history: "Read the history of the team’s record",

  lists: "Lists",
  listsWords: "What can be chosen in a note. What was chosen before keeps its words.",
  readingLists: "Reading the lists…",
  listEntry: (number: number) => `Entry ${number}`,
  listRetired: "No longer offered",
  listTakeAway: "Take away",
  listAdd: "Add an entry",
  saveList: "Save the list",
  listSaved: "The list is saved.",

  folders: "Folders",
  vaultFolder: "The record",
  exportFolder: "Summaries are saved in",
  choose: "Choose…",
  chooseTitle: "Where to save summaries",
  saveFolder: "Use this folder",
  folderSaved: "Summaries will now be saved in that folder.",

  verify: "Check the record",
  verifyWords:
    "Reads every page and every entry and checks that nothing is damaged, missing or altered. Nothing is changed. You can carry on working.",
  verifyGo: "Check the record",
  verifying: "Checking…",
  stop: "Stop",
  checked: "What was checked",
  findings: "What was found",

  recovery: "Recovery key",
  recoveryWords:
    "Makes a new recovery key. The key on the old sheet stops working, so destroy that sheet. The new key is shown once.",
  recoveryGo: "Make a new recovery key",
  recoverySure: "The old sheet stops working at once. Make a new recovery key now?",
  recoveryYes: "Yes, make a new one",
  recoveryNo: "No, keep the old one",
  recoveryKept: "I have stored it safely",
};
