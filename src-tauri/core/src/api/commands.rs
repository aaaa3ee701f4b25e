//! The command table.

use crate::ace::ops as ace;
use crate::ace::{AceQuestions, AceSaved, AceView, BeginAce, ExposureSaved, RecordAce, RecordExposure};
use crate::acts::Twice;
use crate::api::desk_commands::{OfUser, RecoveryKeyView, VerifyView};
use crate::api::{Command, Mark, Who, answer, desk_commands, look_words, parse};
use crate::concern::AnswerConcern;
use crate::concern::ConcernSaved;
use crate::concern::ops as concerns;
use crate::concern::ops::{ConcernsRequest, ConcernsView};
use crate::contact::note::{DraftSaved, InEpisode, OfEpisode, Signed};
use crate::contact::ops::{AddDetails, OfContact, RetractContact};
use crate::contact::{CheckStrip, ContactView, NoteForm, NoteSaved};
use crate::contact::{note, ops as contacts};
use crate::copied::CopyRecorded;
use crate::copied::ops as copies;
use crate::cover::ops as cover;
use crate::cover::{CoverFamilies, CoverSaved, CoversView, GiveBack};
use crate::family::ops::{Allocate, FamiliesIndex, FamiliesIndexRequest};
use crate::family::{
    AddFamily, Banner, EndFlag, EpisodeSaved, FamiliesInError, FamilyAdded, FlagSaved, FlagsChecked, OfFamily, PeopleView, SetFlag,
};
use crate::family::{flags, ops as families};
use crate::follow_up::ops as follow_ups;
use crate::follow_up::{CloseFollowUp, FollowUpClosed};
use crate::form::ops as forms;
use crate::form::{FormSaved, KeepForm, KeptForm, KeptForms, OfForm};
use crate::group::ops as groups;
use crate::group::{GroupCheck, GroupEntry, GroupFamily, GroupForm, GroupSigned};
use crate::harm::ops as harm;
use crate::harm::{HarmSaved, HarmView, RecordHarm};
use crate::in_error::ops as in_error;
use crate::in_error::{MarkInError, MarkSaved};
use crate::leaving::ops as leaving;
use crate::leaving::{Leaving, LeavingView, NoteTaken, TakeOverNote};
use crate::loss::ops as loss;
use crate::loss::{LossSaved, RecordLoss};
use crate::person::ops as people;
use crate::person::ops::{AddPerson, AmendPerson, EchoPerson};
use crate::person::{PersonEcho, PersonSaved};
use crate::placement::model::{ChangeModel, StepModelView};
use crate::placement::ops as placements;
use crate::placement::{ConfirmPlacement, ConfirmationSaved, Place, PlacementsView, StepSaved};
use crate::priority::ops as priorities;
use crate::priority::{AnswerPriority, PrioritySaved, PriorityView};
use crate::record::Topic;
use crate::release::ops as releases;
use crate::release::{
    FiguresView, FrameMade, LeaveReleaseSeat, LookAtFigures, MakeFrameAnew, OfPeriod, OfRelease, OfYear, PlanYear, ProofChecked,
    ReadinessView, ReleaseBecause, ReleaseFigures, ReleaseRequest, ReleaseView, ReleasesView, SummaryView, TakeReleaseSeat, WriteRelease,
    YearPlanView,
};
use crate::reply::Nothing;
use crate::screens::find::Find;
use crate::screens::history::{HistoryRequest, TeamHistoryRequest};
use crate::screens::seen::MarkSeen;
use crate::screens::story::StoryRequest;
use crate::screens::{CaseloadRequest, CaseloadView, FindView, HistoryView, StoryView, TodayRequest, TodayView};
use crate::screens::{caseload, find, history, story, today};
use crate::team::backup::{BackUp, BackupView, Restore};
use crate::team::code_list::{ChangeList, ListsView};
use crate::team::lists;
use crate::team::{ChangeSettings, SetDisplay, SetExportFolder, SettingsView};
use crate::typed::ops as when;
use crate::typed::ops::{ParseWhen, WhenView};
use crate::user::Role::{DataManager, InformationGovernance, KeyWorker, PartnerWorker, ServiceLead, Therapist};
use crate::user::signing_in::{
    AmendUser, AssessPassphrase, ChangePassphrase, ConfirmPassphrase, CreateVault, OfferedPassphrase, OneTimePassphrase, PassphraseView,
    Recover, SessionView, Unlock, UsersView, VaultCreated, VaultState,
};
use crate::user::{AddUser, Role, UserSaved};

/// Every role.
pub const ANY: &[Role] = &[KeyWorker, Therapist, ServiceLead, DataManager, InformationGovernance, PartnerWorker];
const LEAD: &[Role] = &[ServiceLead];
const OVERSIGHT: &[Role] = &[ServiceLead, InformationGovernance];
const CHECKERS: &[Role] = &[ServiceLead, InformationGovernance, DataManager];
const CLINICAL: &[Role] = &[KeyWorker, Therapist, ServiceLead, PartnerWorker];
const TEAM: &[Role] = &[KeyWorker, Therapist, ServiceLead];
const SECOND_PERSON: &[Role] = &[Therapist, ServiceLead];
const RECORD: &[Role] = &[KeyWorker, Therapist, ServiceLead, InformationGovernance];
const GOVERNANCE: &[Role] = &[InformationGovernance];
const BACKUP: &[Role] = &[KeyWorker, Therapist, ServiceLead, DataManager];
const SUMMARY: &[Role] = &[DataManager, ServiceLead];
const REGISTER: &[Role] = &[DataManager, ServiceLead, InformationGovernance];

macro_rules! who {
    (anyone) => {
        Who::Anyone
    };
    ($roles:ident) => {
        Who::Roles($roles)
    };
}

macro_rules! writes {
    (write) => {
        true
    };
    ($how:ident) => {
        false
    };
}

/// What a request is that comes a second time; left out, it is done again.
macro_rules! twice {
    () => {
        Twice::Again
    };
    ($kind:ident) => {
        Twice::$kind
    };
}

// A row is: how it runs, name(request) -> answer, who may, what it depends on if it is read again by itself, in brackets
// what it is twice and what else is to be known of it, what it does, in brackets what the history says when it was
// used and what it says was refused, function.
macro_rules! run {
    (read $function:path, $request:ty, $answer:ty) => {
        |desk, request, _| {
            let request = parse::<$request>(request)?;
            answer::<$answer>(desk.read(look_words, |reader| $function(reader, request))?)
        }
    };
    (write $function:path, $request:ty, $answer:ty) => {
        |desk, request, _| {
            let request = parse::<$request>(request)?;
            answer::<$answer>(desk.write(|session| $function(session, request))?)
        }
    };
    (desk $function:path, $request:ty, $answer:ty) => {
        |desk, request, progress| answer::<$answer>($function(desk, parse::<$request>(request)?, progress)?)
    };
}

macro_rules! commands {
    ($(
        $how:ident $name:ident($request:ident) -> $answer:ident:
        $who:ident $(reads [$($topic:ident)*])? $([$twice:ident $($mark:ident)*])?, $words:literal,
        $([$looked:literal $refused:literal],)? $function:path;
    )*) => {
        /// Every command.
        pub static COMMANDS: &[Command] = &[$(Command {
            name: stringify!($name),
            request: stringify!($request),
            response: stringify!($answer),
            who: who!($who),
            writes: writes!($how),
            reads: &[$($(Topic::$topic,)*)?],
            twice: twice!($($twice)?),
            marks: &[$($(Mark::$mark,)*)?],
            words: $words,
            looks: &[$(($looked, $refused))?],
            run: run!($how $function, $request, $answer),
        },)*];

        /// Tells the types of every command by its function, in the order of [`COMMANDS`].
        #[cfg(feature = "bindings")]
        pub(super) fn tell(types: &mut super::bindings::Types) {
            $(types.$how($function);)*
        }
    };
}

commands! {
    desk vault_state(Nothing) -> VaultState: anyone, "What the vault folder holds.", desk_commands::vault_state;
    desk create_vault(CreateVault) -> VaultCreated: anyone [Again Files], "Makes a team's vault with its first service lead.",
        ["Created the record" "creating the record"], desk_commands::create_vault;
    desk practice_vault(Nothing) -> VaultState: anyone [Again Files], "Makes a vault of fictional families where there is none.",
        ["Created the practice record" "creating the practice record"], desk_commands::practice_vault;
    desk unlock(Unlock) -> SessionView: anyone, "Signs in.",
        ["Signed in" "signing in"], desk_commands::unlock;
    desk recover(Recover) -> SessionView: anyone, "Opens with the recovery key and sets a lead's passphrase.",
        ["Opened the record with the recovery key" "opening the record with the recovery key"], desk_commands::recover;
    desk restore_backup(Restore) -> SessionView: anyone [Again Files], "Restores a backup where there is no vault, and signs in.",
        ["Restored a backup" "restoring a backup"], desk_commands::restore_backup;
    desk assess_passphrase(AssessPassphrase) -> PassphraseView: anyone, "Says how strong a passphrase is.", desk_commands::assess_passphrase;
    desk offer_passphrase(Nothing) -> OfferedPassphrase: anyone, "Offers a passphrase of four words.", desk_commands::offer_passphrase;
    desk lock(Nothing) -> Nothing: anyone, "Seals, closes and forgets the key.",
        ["Locked the record" "locking the record"], desk_commands::lock;

    desk session(Nothing) -> SessionView: ANY [Again BeforeChoosing], "Who is signed in and what the frame shows.",
        ["Checked who is signed in" "who is signed in"], desk_commands::session;
    desk confirm_passphrase(ConfirmPassphrase) -> Nothing: ANY, "Asks for your passphrase once more, before what needs it.",
        ["Gave their passphrase again" "giving their passphrase again"], desk_commands::confirm_passphrase;
    desk change_passphrase(ChangePassphrase) -> SessionView: ANY [Secret BeforeChoosing], "Changes your own passphrase.",
        ["Tried to change their passphrase" "changing their passphrase"], desk_commands::change_passphrase;
    desk set_display(SetDisplay) -> SessionView: ANY [Again BeforeChoosing], "Sets day or night, comfortable or compact.",
        ["Changed how the screen looks" "changing how the screen looks"], desk_commands::set_display;
    desk settings(Nothing) -> SettingsView: ANY reads [Settings Users], "Settings of the team and of this computer.",
        ["Opened the settings" "the settings"], desk_commands::settings;

    desk backup(Nothing) -> BackupView: ANY reads [Settings], "When the record was last backed up.",
        ["Checked when the record was last backed up" "when the record was last backed up"], desk_commands::backup;
    desk back_up(BackUp) -> BackupView: BACKUP [Again Files AsksAgain], "Backs the record up and reads the copy back.",
        ["Backed up the record" "backing up the record"], desk_commands::back_up;

    desk users(Nothing) -> UsersView: OVERSIGHT reads [Users], "The users of the team.",
        ["Opened the users" "the list of users"], desk_commands::users;
    desk add_user(AddUser) -> OneTimePassphrase: LEAD [Secret AsksAgain], "Adds a user with a one-time passphrase.",
        ["Tried to add a user" "adding a user"], desk_commands::add_user;
    desk reset_passphrase(OfUser) -> OneTimePassphrase: LEAD [Secret AsksAgain], "Gives a user a one-time passphrase.",
        ["Tried to give a user a one-time passphrase" "giving a user a one-time passphrase"], desk_commands::reset_passphrase;
    desk amend_user(AmendUser) -> UserSaved: LEAD [Numbered AsksAgain], "Changes a user, or takes them out of the team.",
        ["Tried to change a user" "changing a user"], desk_commands::amend_user;
    desk change_settings(ChangeSettings) -> Nothing: LEAD [Numbered], "Changes what the team has agreed.",
        ["Tried to change the team’s settings" "changing the team’s settings"], desk_commands::change_settings;
    desk set_export_folder(SetExportFolder) -> SettingsView: SUMMARY [Again Files AsksAgain], "Sets where summaries are written.",
        ["Chose the folder for summaries" "choosing the folder for summaries"], desk_commands::set_export_folder;
    desk new_recovery_key(Nothing) -> RecoveryKeyView: LEAD [Secret AsksAgain], "Makes a new recovery key.",
        ["Tried to make a new recovery key" "making a new recovery key"], desk_commands::new_recovery_key;
    read lists(Nothing) -> ListsView: LEAD reads [Settings], "The lists of the team.",
        ["Opened the team’s lists" "opening the team’s lists"], lists::lists;
    write change_list(ChangeList) -> Nothing: LEAD [Numbered], "Changes a list: words, order, retired entries.",
        ["Tried to change a list" "changing a list"], lists::change_list;
    read step_model(Nothing) -> StepModelView: LEAD reads [Settings], "The model of the steps.",
        ["Opened the model of the steps" "opening the model of the steps"], lists::step_model;
    write change_step_model(ChangeModel) -> Nothing: LEAD [Numbered], "Changes the model of the steps.",
        ["Tried to change the model of the steps" "changing the model of the steps"], lists::change_step_model;
    read team_history(TeamHistoryRequest) -> HistoryView: OVERSIGHT reads [Users Settings Releases Groups], "What was done in the team, and everything that was refused.",
        ["Opened the team’s history" "the team’s history"], history::team_history;
    desk verify(Nothing) -> VerifyView: CHECKERS, "Checks the whole record.",
        ["Checked the whole record" "checking the whole record"], desk_commands::verify;

    read today(TodayRequest) -> TodayView: CLINICAL reads [Caseload Family Draft Concerns Releases], "Visits, drafts, follow-ups and concerns of today.",
        ["Opened Today" "Today"], today::today;
    read caseload(CaseloadRequest) -> CaseloadView: CLINICAL reads [Caseload Family Draft Concerns], "Open families, by dates or alphabet.",
        ["Opened a caseload list" "a caseload list"], caseload::caseload;
    read find(Find) -> FindView: CLINICAL, "Finds people by name or number, notes by words.",
        ["Saw search results" "search results"], find::find;
    write add_family(AddFamily) -> FamilyAdded: TEAM [Asked], "Adds a family with an open episode of care.",
        ["Tried to add a family" "adding a family"], families::add_family;
    read echo_person(EchoPerson) -> PersonEcho: TEAM, "How a person will be shown, while they are typed.",
        ["Checked whether a person is already known" "checking whether a person is already known"], people::echo_person;
    read people(OfFamily) -> PeopleView: CLINICAL reads [Family Users Caseload Draft], "The people of a family, its allocation and flags.",
        ["Opened People" "the people"], families::people_of;
    write add_person(AddPerson) -> PersonSaved: TEAM [Same], "Adds a person to a family.",
        ["Tried to add a person" "adding a person"], people::add_person;
    write amend_person(AmendPerson) -> PersonSaved: TEAM [Numbered], "Changes a person.",
        ["Tried to change a person" "changing a person"], people::amend_person;
    write record_loss(RecordLoss) -> LossSaved: TEAM [Numbered], "Records a death, or how a pregnancy ended.",
        ["Tried to record a loss" "recording a loss"], loss::record_loss;
    write allocate(Allocate) -> EpisodeSaved: LEAD [Numbered], "Allocates a family's workers.",
        ["Opened the allocation" "allocating the family"], families::allocate;
    read leaving(Leaving) -> LeavingView: LEAD reads [Users Family Caseload Draft Concerns], "The families and unfinished work of somebody who is to leave or change their role.",
        ["Opened a colleague’s families and unfinished work" "a colleague’s families and unfinished work"], leaving::leaving;
    write take_over_note(TakeOverNote) -> NoteTaken: LEAD [Numbered], "Takes over somebody's unsigned note, with a reason.",
        ["Tried to take over a note" "taking over a note"], leaving::take_over_note;
    read covers(Nothing) -> CoversView: LEAD reads [Users Caseload Family], "Who covers for whom, and who can.",
        ["Opened who covers for whom" "who covers for whom"], cover::covers_now;
    write cover(CoverFamilies) -> CoverSaved: LEAD [Numbered], "Gives the families of somebody who is away to who covers them.",
        ["Tried to arrange a cover" "arranging a cover"], cover::cover;
    write give_back(GiveBack) -> CoverSaved: LEAD [Numbered], "Ends a cover: the families go back.",
        ["Tried to give covered families back" "giving covered families back"], cover::give_back;
    read families_in_error(Nothing) -> FamiliesInError: LEAD reads [Caseload Family], "The families that were entered in error.",
        ["Opened the families that were entered in error" "the families that were entered in error"], families::families_in_error;
    write set_flag(SetFlag) -> FlagSaved: TEAM [Same], "Sets a flag.",
        ["Tried to set a flag" "setting a flag"], flags::set_flag;
    write end_flag(EndFlag) -> FlagSaved: TEAM [Numbered], "Ends a flag.",
        ["Tried to end a flag" "ending a flag"], flags::end_flag;
    write flags_checked(OfFamily) -> FlagsChecked: TEAM [Numbered], "Records that someone checked for flags.",
        ["Checked the flags" "checking the flags"], flags::flags_checked;
    read banner(OfFamily) -> Banner: CLINICAL reads [Family], "The banner of a family.",
        ["Opened the record" "opening the record"], families::banner;
    read story(StoryRequest) -> StoryView: CLINICAL reads [Family Draft Concerns], "A family's story, newest first.",
        ["Opened the story" "the story"], story::story;
    write mark_seen(MarkSeen) -> Nothing: CLINICAL, "Marks a family as seen by the reader, on this computer.",
        ["Marked the family as seen" "marking the family as seen"], story::mark_seen;
    write keep_form(KeepForm) -> FormSaved: ANY [Again WhileLocking], "Keeps what is typed in a form so far, unchecked.",
        ["Saved an unfinished form" "saving an unfinished form"], forms::keep_form;
    write discard_form(OfForm) -> Nothing: ANY, "Discards your own unfinished form.",
        ["Discarded an unfinished form" "discarding an unfinished form"], forms::discard_form;
    read kept_form(OfForm) -> KeptForm: ANY, "Your own unfinished form, as you typed it.",
        ["Opened their own unfinished form" "an unfinished form of their own"], forms::kept_form;
    read kept_forms(Nothing) -> KeptForms: ANY reads [Draft], "Which of your own forms are unfinished.",
        ["Opened their own unfinished forms" "their own unfinished forms"], forms::kept_forms;
    read open_note(OfFamily) -> NoteForm: CLINICAL, "Everything the note editor needs. Writes nothing.",
        ["Opened the note editor" "the note editor"], note::open_note;
    write save_draft(InEpisode) -> DraftSaved: CLINICAL [Again WhileLocking], "Keeps what is typed so far, unchecked.",
        ["Saved a draft" "saving a draft"], note::save_draft;
    write discard_draft(OfEpisode) -> Nothing: CLINICAL, "Discards your own draft.",
        ["Discarded a draft" "discarding a draft"], note::discard_draft;
    read check_contact(InEpisode) -> CheckStrip: CLINICAL, "What to read before signing, and what is missing.",
        ["Checked a note before signing" "checking a note before signing"], note::check_contact;
    write sign_contact(InEpisode) -> Signed: CLINICAL [Same], "Signs a note for good.",
        ["Tried to sign a note" "signing a note"], note::sign_contact;
    read open_group(Nothing) -> GroupForm: CLINICAL, "What the form of a group session offers. Writes nothing.",
        ["Opened the form of a group session" "the form of a group session"], groups::open_group;
    read group_family(OfFamily) -> GroupFamily: CLINICAL, "A family as the form of a group session shows it.",
        ["Added the family to a group session they are writing" "adding the family to a group session"], groups::group_family;
    read check_group(GroupEntry) -> GroupCheck: CLINICAL, "What is missing of a group session before it is signed.",
        ["Checked a group session before signing" "checking a group session before signing"], groups::check_group;
    write sign_group(GroupEntry) -> GroupSigned: CLINICAL [Same], "Signs a group session, in the record of each of its families.",
        ["Tried to sign a group session" "signing a group session"], groups::sign_group;
    read contact(OfContact) -> ContactView: CLINICAL, "A signed note.",
        ["Read a note" "reading a note"], contacts::contact;
    write add_details(AddDetails) -> NoteSaved: CLINICAL [Same], "Adds details below a signed note.",
        ["Tried to add details to a note" "adding details to a note"], contacts::add_details;
    write record_copy(OfContact) -> CopyRecorded: CLINICAL [Same], "Records that a note was copied to encompass.",
        ["Tried to record that a note was copied" "recording that a note was copied"], copies::record_copy;
    write retract_contact(RetractContact) -> NoteSaved: CLINICAL [Same], "Marks a signed note as entered in error.",
        ["Tried to mark a note as entered in error" "marking a note as entered in error"], contacts::retract_contact;
    write close_follow_up(CloseFollowUp) -> FollowUpClosed: TEAM [Same], "Closes what is to be followed up of a family, with a reason.",
        ["Tried to close a follow-up" "closing a follow-up"], follow_ups::close_follow_up;
    write mark_in_error(MarkInError) -> MarkSaved: CLINICAL [Same], "Marks a record of any kind as entered in error.",
        ["Tried to mark something as entered in error" "marking something as entered in error"], in_error::mark_in_error;
    write answer_concern(AnswerConcern) -> ConcernSaved: SECOND_PERSON [Same], "Answers a concern as the second person.",
        ["Tried to answer a concern" "answering a concern"], concerns::answer_concern;
    read concerns(ConcernsRequest) -> ConcernsView: TEAM, "Concerns that wait for a second person.",
        ["Opened the concerns waiting for an answer" "the concerns waiting for an answer"], concerns::open_concerns;
    read parse_when(ParseWhen) -> WhenView: ANY, "A typed date in words.",
        ["Typed a date" "typing a date"], when::parse_when;
    read history(HistoryRequest) -> HistoryView: RECORD reads [Family Draft], "A family's record history.",
        ["Opened the record history" "the record history"], history::history;
    read families_index(FamiliesIndexRequest) -> FamiliesIndex: GOVERNANCE reads [Caseload], "Case references, without names.",
        ["Opened the list of case references" "the list of case references"], families::families_index;

    read priority(OfFamily) -> PriorityView: TEAM reads [Family], "The priority groups of a family.",
        ["Opened the priority groups" "the priority groups"], priorities::priority;
    write answer_priority(AnswerPriority) -> PrioritySaved: TEAM [Same], "Records one answer about a priority group.",
        ["Opened a priority group" "recording a priority group"], priorities::answer_priority;
    read harm(OfFamily) -> HarmView: TEAM reads [Family], "What is known of violence and substances, of each person.",
        ["Opened the part for the team only" "the part for the team only"], harm::harm;
    write record_harm(RecordHarm) -> HarmSaved: TEAM [Same], "Records what is known of violence and substances, of one person.",
        ["Tried to write in the part for the team only" "writing in the part for the team only"], harm::record_harm;
    read placements(OfFamily) -> PlacementsView: TEAM reads [Family], "A family's placements on the continuum of care.",
        ["Opened Placement" "the steps"], placements::placements_of;
    write place(Place) -> StepSaved: TEAM [Same], "Records a family's step, with reasons.",
        ["Tried to record a step" "recording a step"], placements::place;
    write confirm_placement(ConfirmPlacement) -> ConfirmationSaved: SECOND_PERSON [Same], "Confirms a step as the second person.",
        ["Tried to confirm a step" "confirming a step"], placements::confirm_placement;
    read ace(OfFamily) -> AceView: TEAM reads [Family], "A family's ACE conversations, for the few who may.",
        ["Opened the ACE conversations" "the ACE conversations"], ace::ace;
    read begin_ace(BeginAce) -> AceQuestions: TEAM, "The questions, once it is safe to ask.",
        ["Opened the questions of an ACE conversation" "the questions of an ACE conversation"], ace::begin_ace;
    write record_ace(RecordAce) -> AceSaved: TEAM [Same], "Records an ACE conversation.",
        ["Tried to record an ACE conversation" "recording an ACE conversation"], ace::record_ace;
    write record_exposure(RecordExposure) -> ExposureSaved: TEAM [Same], "Records what is known of an infant's exposure.",
        ["Tried to record an ACE conversation" "recording an ACE conversation"], ace::record_exposure;

    read summary(OfPeriod) -> SummaryView: SUMMARY reads [Releases Settings], "A period: its tables, what was looked at, and what has left.",
        ["Opened a summary" "a summary"], releases::summary;
    desk look_at_figures(LookAtFigures) -> FiguresView: SUMMARY [Again], "Counts a period and shows its protected tables. Every look is kept: no later one may be subtracted from it.",
        ["Opened the figures of a period" "the figures of a period"], desk_commands::look_at_figures;
    write make_frame_anew(MakeFrameAnew) -> FrameMade: LEAD [Numbered], "Has a period counted again, from the record as it is now.",
        ["Tried to have a period counted again" "having a period counted again"], releases::make_frame_anew;
    desk release_summary(ReleaseRequest) -> ReleaseView: SUMMARY [Numbered Files], "Releases a period, once; outside the team it waits for a second person.",
        ["Tried to release a summary" "releasing a summary"], desk_commands::release_summary;
    write approve_release(OfRelease) -> ReleaseView: OVERSIGHT [Numbered Files], "Agrees to a release as the second person, and seals it.",
        ["Tried to agree to a release" "agreeing to a release"], releases::approve_release;
    write decline_release(ReleaseBecause) -> Nothing: REGISTER [Numbered], "Declines a release as the second person, or takes back what you asked for, with a reason.",
        ["Tried to decline a release" "declining a release"], releases::decline_release;
    write withdraw_release(ReleaseBecause) -> Nothing: LEAD [Numbered], "Says in the register that a release is withdrawn, with a reason.",
        ["Tried to withdraw a release" "withdrawing a release"], releases::withdraw_release;
    write write_release(WriteRelease) -> ReleaseView: SUMMARY [Again Files], "Writes the files of a release again.",
        ["Opened a release to save its files again" "writing the files of a release again"], releases::write_release;
    read releases(Nothing) -> ReleasesView: REGISTER reads [Releases], "The register of releases.",
        ["Opened the register of releases" "the register of releases"], releases::releases;
    read release_figures(OfRelease) -> ReleaseFigures: REGISTER reads [Releases], "The protected tables of one release.",
        ["Opened the tables of a release" "the tables of a release"], releases::release_figures;
    write print_release(OfRelease) -> Nothing: REGISTER [Numbered], "Notes that the tables of a release are printed, before they are.",
        ["Tried to print the tables of a release" "printing the tables of a release"], releases::print_release;
    read check_release_proof(OfRelease) -> ProofChecked: REGISTER, "Checks the stored proofs of a release.",
        ["Checked the proof of a release" "checking the proof of a release"], releases::check_release_proof;
    write take_release_seat(TakeReleaseSeat) -> Nothing: LEAD [Numbered], "Makes this computer the one that looks and releases.",
        ["Tried to make this computer the one that releases" "making this computer the one that releases"], releases::take_release_seat;
    write leave_release_seat(LeaveReleaseSeat) -> Nothing: LEAD [Numbered], "Says that this computer does not look and release, or no longer.",
        ["Tried to say that this computer does not release" "saying that this computer does not release"], releases::leave_release_seat;
    read readiness(OfPeriod) -> ReadinessView: LEAD reads [Caseload Family Draft Releases], "What is missing of a period before it is released.",
        ["Opened what is missing of a period" "what is missing of a period"], releases::readiness;
    write say_period_ready(OfPeriod) -> Nothing: LEAD [Numbered], "Says that a period is over and its record is ready.",
        ["Tried to say that a period is ready" "saying that a period is ready"], releases::say_period_ready;
    read year_plan(OfYear) -> YearPlanView: SUMMARY reads [Releases], "The bandings planned for the quarters of a year.",
        ["Opened the plan of a year" "the plan of a year"], releases::year_plan;
    write plan_year(PlanYear) -> Nothing: SUMMARY [Numbered], "Plans the bandings for the quarters of a year.",
        ["Tried to plan a year" "planning a year"], releases::plan_year;
}
