//! The record tables as data: their columns, what the columns are called in
//! words, and which screens a change touches. One place that the log, the
//! rebuild, the history and (later) sync all read.

use rusqlite::Row;
use rusqlite::types::Value;
use serde::Serialize;
use uuid::Uuid;

use crate::ids::FamilyId;

/// A part of the screen that must be read again after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Users of the team.
    Users,
    /// Team and local settings.
    Settings,
    /// Lists of families.
    Caseload,
    /// One family's people, story and history.
    Family,
    /// Unsigned notes.
    Draft,
    /// Concerns that wait for an answer.
    Concerns,
    /// Sealed summaries.
    Releases,
}

/// What a row belongs to; fixed when it is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The team: users, settings, releases.
    Team,
    /// One family.
    Family(FamilyId),
}

/// One column of a record table.
#[derive(Debug)]
pub struct Column {
    /// Its name in SQL and in the log.
    pub name: &'static str,
    /// What people call it.
    pub words: &'static str,
}

/// One record table.
#[derive(Debug)]
pub struct Table {
    /// Its name in SQL and in the log.
    pub name: &'static str,
    /// What people call one row: `contact`.
    pub words: &'static str,
    /// Its columns, `id` left out.
    pub columns: &'static [Column],
    /// True for rows that are never amended.
    pub insert_only: bool,
    /// Screens to read again.
    pub topics: &'static [Topic],
}

impl Table {
    /// The column of that name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// A thing that is kept as one row of a record table.
pub trait Record: Sized {
    /// Its table.
    const TABLE: &'static Table;
    /// Its row id.
    fn row_id(&self) -> Uuid;
    /// What it belongs to.
    fn scope(&self) -> Scope;
    /// Its values by column; left out are NULL or empty ones.
    fn values(&self) -> Vec<(&'static str, Value)>;
    /// Reads it back, by column name.
    ///
    /// # Errors
    /// When a column is missing or has another type.
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self>;
}

macro_rules! table {
    ($name:literal, $words:literal, $insert_only:literal, [$($topic:ident)*], { $($column:literal $label:literal,)* }) => {
        Table {
            name: $name,
            words: $words,
            columns: &[$(Column { name: $column, words: $label },)*],
            insert_only: $insert_only,
            topics: &[$(Topic::$topic,)*],
        }
    };
}

/// The team.
pub static TEAM: Table = table!("team", "team", false, [Settings], {
    "name" "Team name", "auto_lock_minutes" "Minutes of inactivity before locking", "recovery_at" "Recovery key made",
});
/// One beginning of a vault on a computer.
pub static INCARNATION: Table = table!("incarnation", "computer", true, [], {
    "public_key" "Public key", "at" "Since", "why" "Why",
});
/// Users.
pub static USER: Table = table!("user", "user", false, [Users], {
    "name" "Name", "sign_in" "Sign-in name", "role" "Role", "organisation" "Organisation", "active" "In the team", "passphrase_at" "Passphrase set",
});
/// Families.
pub static FAMILY: Table = table!("family", "family", false, [Caseload Family], {
    "reference" "Case reference", "flags_checked_on" "Flags checked on",
});
/// People of a family.
pub static PERSON: Table = table!("person", "person", false, [Caseload Family], {
    "family" "Family", "role" "Role", "family_name" "Family name", "given" "Given name", "given_awaited" "Given name not yet given",
    "preferred" "Preferred name", "sex" "Sex", "born_on" "Date of birth", "born_time" "Time of birth", "due_on" "Due date",
    "birth_order" "Birth order", "number" "Health and Care Number", "number_absent" "Why there is no number", "died_on" "Date of death",
});
/// Episodes of care.
pub static EPISODE: Table = table!("episode", "episode of care", false, [Caseload Family], {
    "family" "Family", "opened_on" "Opened on", "closed_on" "Closed on",
    "key_worker" "Key worker", "therapist" "Therapist", "partner_worker" "Partner worker",
});
/// Flags of a family.
pub static FLAG: Table = table!("flag", "flag", false, [Caseload Family], {
    "family" "Family", "kind" "Flag", "detail" "Detail", "since" "Since", "review_on" "Review on", "ended_on" "Ended on", "set_by" "Set by",
});
/// Signed contacts.
pub static CONTACT: Table = table!("contact", "note", true, [Caseload Family Draft], {
    "family" "Family", "episode" "Episode", "kind" "Kind of contact", "outcome" "What happened", "held_at" "When it was", "minutes" "Minutes",
    "next_visit" "Next visit", "signed_at" "Signed at", "author" "Signed by", "organisation" "Whose record", "late" "Late entry",
    "place" "Place", "present" "Who was there", "others" "Who else was there", "absent" "Who was not there", "infants" "How the infant was",
    "not_seen_why" "Why the infant was not seen", "did" "What we did", "saw" "What I saw", "told" "What they told me",
    "baby_told" "What the baby told us", "think" "What I think", "safety" "Safety", "plan" "Plan", "plan_done" "Done from the last plan",
    "health" "Health", "feeding" "Feeding", "sleep" "Sleep", "home" "Home", "liaison" "Liaison", "supervision" "For supervision",
});
/// Details added to a signed contact.
pub static ADDENDUM: Table = table!("addendum", "added details", true, [Family], {
    "family" "Family", "contact" "Note", "text" "More details", "author" "Added by", "organisation" "Whose record", "at" "Added at",
});
/// Retractions of a signed contact.
pub static RETRACTION: Table = table!("retraction", "retraction", true, [Caseload Family], {
    "family" "Family", "contact" "Note", "reason" "Reason", "author" "Marked as entered in error by", "at" "Marked as entered in error at",
});
/// Concerns.
pub static CONCERN: Table = table!("concern", "concern", true, [Concerns Caseload Family], {
    "family" "Family", "contact" "Note", "what" "What was seen or heard", "told_whom" "Who was told", "told_at" "When they were told",
    "action" "Immediate action", "police_informed" "Police informed", "police_why_not" "Why the police were not informed",
    "raised_by" "Raised by", "raised_at" "Raised at",
});
/// Answers to concerns.
pub static CONCERN_ANSWER: Table = table!("concern_answer", "answer to a concern", true, [Concerns Caseload Family], {
    "family" "Family", "concern" "Concern", "by" "Answered by", "at" "Answered at", "answer" "Answer",
});
/// Sealed summaries.
pub static RELEASE: Table = table!("release", "summary release", true, [Releases], {
    "quarter" "Quarter", "made_by" "Released by", "made_at" "Released at", "reason" "Why", "tables" "Protected tables", "hash" "File hash",
    "head" "Log head",
});

/// Answers about priority groups.
pub static PRIORITY_ANSWER: Table = table!("priority_answer", "priority group answer", true, [Family], {
    "family" "Family", "person" "About", "priority_group" "Priority group", "answer" "Answer", "period" "When", "source" "Source",
    "by" "Recorded by", "at" "Recorded at",
});
/// Placements on the continuum of care.
pub static PLACEMENT: Table = table!("placement", "placement", true, [Caseload Family], {
    "family" "Family", "episode" "Episode", "step" "Step", "model" "Model", "from_date" "Since", "rationale" "Rationale",
    "indicators" "Indicators", "parent_view" "Parent’s view", "infant_shows" "What the infant shows us",
    "receiving_service" "Receiving service", "accepted_by" "Hand-over accepted by", "review_on" "Next review",
    "second_needed" "Needs a second person", "by" "Recorded by", "at" "Recorded at",
});
/// Confirmations of placements.
pub static PLACEMENT_CONFIRMATION: Table = table!("placement_confirmation", "confirmation", true, [Caseload Family], {
    "family" "Family", "placement" "Placement", "by" "Confirmed by", "at" "Confirmed at",
});
/// ACE conversations with a parent. Their fields are worded nowhere.
pub static ACE_CONVERSATION: Table = table!("ace_conversation", "ACE conversation", true, [Family], {
    "family" "", "person" "", "answers" "", "protective" "", "words" "", "declined" "", "not_offered" "", "by" "", "at" "",
});
/// Records of an infant's exposure. Their fields are worded nowhere.
pub static ACE_EXPOSURE: Table = table!("ace_exposure", "ACE conversation", true, [Family], {
    "family" "", "person" "", "answers" "", "words" "", "concern" "", "by" "", "at" "",
});

/// All record tables, parents before children.
pub static TABLES: [&Table; 18] = [
    &TEAM,
    &INCARNATION,
    &USER,
    &FAMILY,
    &PERSON,
    &EPISODE,
    &FLAG,
    &CONTACT,
    &ADDENDUM,
    &RETRACTION,
    &CONCERN,
    &CONCERN_ANSWER,
    &RELEASE,
    &PRIORITY_ANSWER,
    &PLACEMENT,
    &PLACEMENT_CONFIRMATION,
    &ACE_CONVERSATION,
    &ACE_EXPOSURE,
];

/// The table of that name; `None` if a newer version wrote it.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}
