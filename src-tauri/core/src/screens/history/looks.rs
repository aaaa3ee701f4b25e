//! What a line of the read log says: what was opened, or refused.

/// `Opened the story`; `Was refused: the story`.
#[must_use]
pub fn line(view: &str, denied: bool) -> String {
    let Some((_, done, refused)) = LOOKS.iter().find(|(code, ..)| *code == view) else {
        return if denied { "Was refused something" } else { "Opened something" }.to_owned() + " this version does not know";
    };
    if denied { format!("Was refused: {refused}") } else { (*done).to_owned() }
}

/// The kind of view or the command, what is said when it was done, and what was
/// refused.
const LOOKS: &[(&str, &str, &str)] = &[
    // Of one family.
    ("banner", "Opened the record", "opening the record"),
    ("story", "Opened the story", "the story"),
    ("people", "Opened People", "the people"),
    ("contact", "Read a note", "reading a note"),
    ("open_note", "Opened the note editor", "the note editor"),
    ("kept_form", "Opened their own unfinished form", "an unfinished form of their own"),
    ("kept_forms", "Opened their own unfinished forms", "their own unfinished forms"),
    ("check_contact", "Checked a note before signing", "checking a note before signing"),
    ("history", "Opened the record history", "the record history"),
    ("priority", "Opened the priority groups", "the priority groups"),
    ("placements", "Opened Placement", "the steps"),
    ("ace", "Opened the ACE conversations", "the ACE conversations"),
    ("begin_ace", "Opened the questions of an ACE conversation", "the questions of an ACE conversation"),
    // Lists and searches.
    ("caseload", "Opened a caseload list", "a caseload list"),
    ("today", "Opened Today", "Today"),
    ("find", "Saw search results", "search results"),
    ("concerns", "Opened the concerns waiting for an answer", "the concerns waiting for an answer"),
    ("families_index", "Opened the list of case references", "the list of case references"),
    ("team_history", "Opened the team’s history", "the team’s history"),
    ("summary", "Opened a summary", "a summary"),
    ("releases", "Opened the register of releases", "the register of releases"),
    ("users", "Opened the users", "the list of users"),
    ("settings", "Opened the settings", "the settings"),
    ("session", "Checked who is signed in", "who is signed in"),
    ("backup", "Checked when the record was last backed up", "when the record was last backed up"),
    ("parse_when", "Typed a date", "typing a date"),
    ("echo_person", "Checked whether a person is already known", "checking whether a person is already known"),
    // What changes the record, or this computer.
    ("add_family", "Tried to add a family", "adding a family"),
    ("add_person", "Tried to add a person", "adding a person"),
    ("amend_person", "Tried to change a person", "changing a person"),
    ("allocate", "Opened the allocation", "allocating the family"),
    ("set_flag", "Tried to set a flag", "setting a flag"),
    ("end_flag", "Tried to end a flag", "ending a flag"),
    ("flags_checked", "Checked the flags", "checking the flags"),
    ("mark_seen", "Marked the family as seen", "marking the family as seen"),
    ("save_draft", "Saved a draft", "saving a draft"),
    ("keep_form", "Saved an unfinished form", "saving an unfinished form"),
    ("discard_form", "Discarded an unfinished form", "discarding an unfinished form"),
    ("discard_draft", "Discarded a draft", "discarding a draft"),
    ("sign_contact", "Tried to sign a note", "signing a note"),
    ("add_details", "Tried to add details to a note", "adding details to a note"),
    ("mark_in_error", "Tried to mark something as entered in error", "marking something as entered in error"),
    ("retract_contact", "Tried to mark a note as entered in error", "marking a note as entered in error"),
    ("answer_concern", "Tried to answer a concern", "answering a concern"),
    ("answer_priority", "Opened a priority group", "recording a priority group"),
    ("place", "Tried to record a step", "recording a step"),
    ("confirm_placement", "Tried to confirm a step", "confirming a step"),
    ("record_ace", "Tried to record an ACE conversation", "recording an ACE conversation"),
    ("record_exposure", "Tried to record an ACE conversation", "recording an ACE conversation"),
    ("release_summary", "Tried to release a summary", "releasing a summary"),
    ("write_release", "Opened a release to save its files again", "writing the files of a release again"),
    ("add_user", "Tried to add a user", "adding a user"),
    ("amend_user", "Tried to change a user", "changing a user"),
    ("reset_passphrase", "Tried to give a user a one-time passphrase", "giving a user a one-time passphrase"),
    ("confirm_passphrase", "Gave their passphrase again", "giving their passphrase again"),
    ("change_passphrase", "Tried to change their passphrase", "changing their passphrase"),
    ("lists", "Opened the team’s lists", "opening the team’s lists"),
    ("change_list", "Tried to change a list", "changing a list"),
    ("step_model", "Opened the model of the steps", "opening the model of the steps"),
    ("change_step_model", "Tried to change the model of the steps", "changing the model of the steps"),
    ("change_settings", "Tried to change the team’s settings", "changing the team’s settings"),
    ("set_export_folder", "Chose the folder for summaries", "choosing the folder for summaries"),
    ("set_display", "Changed how the screen looks", "changing how the screen looks"),
    ("new_recovery_key", "Tried to make a new recovery key", "making a new recovery key"),
    ("back_up", "Backed up the record", "backing up the record"),
    ("restore_backup", "Restored a backup", "restoring a backup"),
    ("verify", "Checked the whole record", "checking the whole record"),
    ("unlock", "Signed in", "signing in"),
    ("recover", "Opened the record with the recovery key", "opening the record with the recovery key"),
    ("lock", "Locked the record", "locking the record"),
    ("create_vault", "Created the record", "creating the record"),
    ("practice_vault", "Created the practice record", "creating the practice record"),
];

/// Whether a kind of view or a command has words.
#[cfg(test)]
pub fn is_worded(view: &str) -> bool {
    LOOKS.iter().any(|(code, ..)| *code == view)
}
