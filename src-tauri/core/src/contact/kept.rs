//! What is kept of a contact once it is signed.

use serde_json::Value as Json;

use crate::codes::Code;
use crate::concern::ConcernId;
use crate::contact::signing::Ready;
use crate::contact::{AddendumId, ContactEntry, ContactId, ContactKind, InfantSeen, InfantState, Outcome, Safety};
use crate::error::Result;
use crate::family::EpisodeId;
use crate::group::GroupSessionId;
use crate::ids::{FamilyId, UserId};
use crate::person::PersonId;
use crate::record::cell::{Codes, Item, code_in, said_of};
use crate::record::names::{Named, Names};
use crate::record::record;
use crate::team::code_list::{Chosen, Listed};
use crate::time::Timestamp;

record! {
    /// A signed contact.
    Contact = "contact" "note", added, in family, about Family, signed "author" "signed_at", dated "held_at", told itself,
        may be in error, [Caseload Family Draft];
    id id: ContactId;
    family: FamilyId, "Family", Fixed Inside;
    episode: EpisodeId, "Episode", Fixed Inside;
    kind: ContactKind, "Kind of contact", Fixed Open;
    outcome: Outcome, "What happened", Fixed Open;
    held_at: Timestamp, "When it was", Fixed Open;
    /// If an end was typed.
    minutes: Option<i64>, "Minutes", Fixed Open;
    next_visit: Option<Timestamp>, "Next visit", Fixed Open;
    signed_at: Timestamp, "Signed at", Fixed Open;
    author: UserId, "Signed by", Fixed Open;
    /// Where somebody else wrote it at first.
    begun_by: Option<UserId>, "Begun by", Fixed Open;
    organisation: String, "Whose record", Fixed Open;
    /// Signed more than 24 hours after the contact ended.
    late: bool, "Late entry", Fixed Open;
    place: String, "Place", Fixed Open;
    /// Of the family.
    present: Vec<PersonId>, "Who was there", Fixed Open;
    others: String, "Who else was there", Fixed ThirdParty;
    /// Who was expected.
    absent: Vec<PersonId>, "Who was not there", Fixed Open;
    infants: Vec<InfantSeen>, "How the infant was", Fixed Open;
    not_seen_why: String, "Why the infant was not seen", Fixed Open;
    did: Vec<Chosen>, "What we did", Fixed Open;
    saw: String, "What I saw", Fixed Open;
    told: String, "What they told me", Fixed Open;
    baby_told: String, "What the baby told us", Fixed Open;
    baby_reading: String, "Our reading of it", Fixed Open;
    baby_changed: String, "What changed because of it", Fixed Open;
    think: String, "What I think", Fixed Open;
    safety: Option<Safety>, "Safety", Fixed Open;
    /// As they went on before.
    earlier: Vec<ConcernId>, "Earlier concerns", Fixed Open;
    changed: String, "What has changed", Fixed Open;
    /// One line a step.
    plan: String, "Plan", Fixed Open;
    plan_done: Vec<String>, "Done from the last plan", Fixed Open;
    health: String, "Health", Fixed Open;
    feeding: String, "Feeding", Fixed Open;
    sleep: String, "Sleep", Fixed Open;
    home: String, "Home", Fixed Open;
    liaison: String, "Liaison", Fixed ThirdParty;
    supervision: String, "For supervision", Fixed Supervision;
    /// Of a group: the session, for all families that were to come.
    session: Option<GroupSessionId>, "Group session", Fixed Open;
    led_by: String, "Led by", Fixed Open;
    /// The same for each family, and without a name of any.
    together: String, "What the group did", Fixed Open;
}

record! {
    /// Details added below a signed contact.
    Addendum = "addendum" "added details", added, in family, about Family, signed "author" "at", told with "contact",
        may be in error, [Family];
    id id: AddendumId;
    family: FamilyId, "Family", Fixed Inside;
    contact: ContactId, "Note", Fixed Open;
    text: String, "More details", Fixed Open;
    author: UserId, "Added by", Fixed Open;
    organisation: String, "Whose record", Fixed Open;
    at: Timestamp, "Added at", Fixed Open;
}

/// Who signs, where and when.
#[derive(Debug, Clone)]
pub struct Signature {
    /// The episode.
    pub episode: EpisodeId,
    /// Its family.
    pub family: FamilyId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: UserId,
    /// Whose record it is.
    pub organisation: String,
    /// Who began it, if that was somebody else.
    pub begun_by: Option<UserId>,
}

impl Contact {
    /// What is kept of an entry that is ready to be signed, with the activities
    /// of now in their words.
    #[must_use]
    pub fn signed(id: ContactId, ready: &Ready, entry: ContactEntry, activities: &[Listed], by: Signature) -> Self {
        Self {
            id,
            family: by.family,
            episode: by.episode,
            kind: ready.kind,
            outcome: ready.outcome,
            held_at: ready.held_at,
            minutes: ready.minutes,
            next_visit: ready.next_visit,
            signed_at: by.at,
            author: by.by,
            begun_by: by.begun_by,
            organisation: by.organisation,
            late: ready.late,
            place: entry.place,
            present: entry.present,
            others: entry.others,
            absent: entry.absent,
            infants: entry.infants,
            not_seen_why: entry.not_seen_why,
            did: entry.did.iter().map(|did| Chosen::of(activities, did)).collect(),
            saw: entry.saw,
            told: entry.told,
            baby_told: entry.baby_told,
            baby_reading: entry.baby_reading,
            baby_changed: entry.baby_changed,
            think: entry.think,
            safety: entry.safety,
            earlier: entry.earlier,
            changed: entry.changed,
            plan: entry.plan,
            plan_done: entry.plan_done,
            health: entry.health,
            feeding: entry.feeding,
            sleep: entry.sleep,
            home: entry.home,
            liaison: entry.liaison,
            supervision: entry.supervision,
            session: None,
            led_by: String::new(),
            together: String::new(),
        }
    }

    /// What was written, as an entry that can be worded like one.
    #[must_use]
    pub fn entry(&self) -> ContactEntry {
        let own = self.clone();
        ContactEntry {
            kind: Some(own.kind),
            outcome: Some(own.outcome),
            place: own.place,
            present: own.present,
            others: own.others,
            absent: own.absent,
            infants: own.infants,
            not_seen_why: own.not_seen_why,
            did: own.did.into_iter().map(|did| did.words).collect(),
            saw: own.saw,
            told: own.told,
            baby_told: own.baby_told,
            baby_reading: own.baby_reading,
            baby_changed: own.baby_changed,
            think: own.think,
            safety: own.safety,
            earlier: own.earlier,
            changed: own.changed,
            plan: own.plan,
            plan_done: own.plan_done,
            health: own.health,
            feeding: own.feeding,
            sleep: own.sleep,
            home: own.home,
            liaison: own.liaison,
            supervision: own.supervision,
            ..ContactEntry::default()
        }
    }
}

impl Item for InfantSeen {
    fn read(json: &Json) -> Option<Self> {
        Some(Self { person: Item::read(json.get("person")?)?, state: code_in::<InfantState>(json, "state")? })
    }
    fn said(&self, names: &dyn Names) -> Result<String> {
        Ok(said_of(&names.name(Named { kind: "person", id: self.person.0 })?, &self.state.words().to_lowercase()))
    }
    fn lists() -> Vec<Codes> {
        vec![Codes::of::<InfantState>()]
    }
}
