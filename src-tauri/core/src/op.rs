//! The operations of the log: what people did, in their words.

use crate::codes::codes;

codes! {
    /// One thing a person did that changed the record.
    pub enum Op {
        CreateVault "create_vault" "Created this record",
        BeginIncarnation "begin_incarnation" "Started using the record on a computer",
        AddUser "add_user" "Added a user",
        AmendUser "amend_user" "Changed a user",
        ChangePassphrase "change_passphrase" "Changed their passphrase",
        ResetPassphrase "reset_passphrase" "Gave a user a one-time passphrase",
        PassphraseStands "passphrase_stands" "Found that a change of passphrase was interrupted: the old one still opens the record",
        Recover "recover" "Opened the record with the recovery key",
        NewRecoveryKey "new_recovery_key" "Made a new recovery key",
        RecoveryKeyStands "recovery_key_stands" "Found that a new recovery key was interrupted: the old one still opens the record",
        ChangeSettings "change_settings" "Changed the team’s settings",
        ChangeList "change_list" "Changed a list",
        ChangeStepModel "change_step_model" "Changed the model of the steps",
        AddFamily "add_family" "Added the family",
        AddPerson "add_person" "Added a person",
        AmendPerson "amend_person" "Changed a person",
        RecordLoss "record_loss" "Recorded a death or the end of a pregnancy",
        Allocate "allocate" "Allocated the family",
        Cover "cover" "Gave the families of somebody who is away to who covers them",
        GiveBack "give_back" "Gave covered families back",
        SetFlag "set_flag" "Set a flag",
        EndFlag "end_flag" "Ended a flag",
        CheckFlags "check_flags" "Checked the flags",
        SignContact "sign_contact" "Signed a note",
        TakeOverNote "take_over_note" "Took over an unsigned note",
        SignGroup "sign_group" "Signed a group session",
        AddDetails "add_details" "Added more details to a note",
        RecordCopy "record_copy" "Recorded that a note was copied to encompass",
        RetractContact "retract_contact" "Marked a note as entered in error",
        MarkInError "mark_in_error" "Marked something as entered in error",
        TakeBackMark "take_back_mark" "Took back that something was entered in error",
        AnswerConcern "answer_concern" "Answered a concern",
        CloseFollowUp "close_follow_up" "Closed a follow-up",
        AnswerPriority "answer_priority" "Recorded a priority group",
        // Whoever may read the history reads that there was something, and not what.
        RecordHarm "record_harm" "Wrote in the part for the team only",
        Place "place" "Recorded a step",
        ConfirmPlacement "confirm_placement" "Confirmed a step as the second person",
        RecordAce "record_ace" "Wrote in the ACE record of a parent",
        RecordExposure "record_exposure" "Wrote in the ACE record of a child",
        Release "release" "Released a summary",
    }
}
