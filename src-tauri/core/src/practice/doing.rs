//! Doing what is planned, through the ordinary operations.

use crate::concern::ops as concerns;
use crate::concern::rows as concern_store;
use crate::concern::{AnswerConcern, ConcernDecision, ConcernEntry, Danger, ParentTold, Police};
use crate::contact::note;
use crate::contact::note::InEpisode;
use crate::contact::ops as contacts;
use crate::contact::ops::{AddDetails, RetractContact};
use crate::contact::{ContactEntry, ContactId, ContactKind, Outcome, Safety};
use crate::error::{Error, Result};
use crate::family::flag_rows as flag_store;
use crate::family::flags;
use crate::family::ops as families;
use crate::family::ops::Allocate;
use crate::family::{EndFlag, FamilyAdded, OfFamily, SetFlag};
use crate::ids::UserId;
use crate::practice::Stories;
use crate::practice::course::{Act, Event, Mark, Visit};
use crate::practice::days::typed;
use crate::practice::stories::shared;
use crate::screens::seen::MarkSeen;
use crate::screens::story;
use crate::session::Session;
use crate::store::{entries, log};
use crate::time::Timestamp;

/// An event follows one that has not happened.
pub(super) fn out_of_order() -> Error {
    Error::internal("practice order")
}

impl Stories {
    /// Does one event as the user who is signed in; `user` finds a user's id.
    ///
    /// # Errors
    /// What the operation refuses.
    pub fn act(&mut self, session: &mut Session, event: &Event, user: impl Fn(&str) -> Option<UserId>) -> Result<()> {
        let of = event.family;
        match &event.act {
            Act::Add => self.add(session, of, user),
            Act::Flag(mark, kind, detail) => {
                let family = self.family_id(of)?;
                flags::set_flag(session, SetFlag { family, kind: *kind, detail: (*detail).to_owned(), review_on: String::new() })?;
                let standing = flag_store::standing(session.conn(), family)?;
                let flag = standing.iter().find(|flag| flag.kind == *kind && flag.detail == *detail).ok_or_else(out_of_order)?;
                self.made.flags.insert(*mark, flag.id);
                Ok(())
            }
            Act::EndFlag(mark) => {
                let flag = *self.made.flags.get(mark).ok_or_else(out_of_order)?;
                flags::end_flag(session, EndFlag { flag, reason: String::new() }).map(drop)
            }
            Act::CheckFlags => flags::flags_checked(session, OfFamily { family: self.family_id(of)? }).map(drop),
            Act::Contact(mark, visit) => {
                let entry = self.note(of, visit)?;
                self.sign(session, of, *mark, entry)
            }
            Act::Details(mark, text) => {
                contacts::add_details(session, AddDetails { contact: self.contact(*mark)?, text: (*text).to_owned() }).map(drop)
            }
            Act::Retract(mark) => {
                let reason = "Written about another family’s visit".to_owned();
                contacts::retract_contact(session, RetractContact { contact: self.contact(*mark)?, reason }).map(drop)
            }
            Act::Concern(mark) => {
                let entry = self.note_with_concern(of, event.at)?;
                self.sign(session, of, *mark, entry)
            }
            Act::AnswerConcern(mark) => {
                let concern = concern_store::of_contact(session.conn(), self.contact(*mark)?)?.ok_or_else(out_of_order)?;
                let answer = "Spoke with the duty social worker; joint visit on Thursday. Mum knows and agrees.".to_owned();
                let decision = Some(ConcernDecision::SocialWorker);
                concerns::answer_concern(session, AnswerConcern { concern: concern.id, decision, answer }).map(drop)
            }
            Act::Draft => {
                let entry = ContactEntry { plan: String::new(), safety: None, ..self.note(of, &visit_before(event.at, 70, 60))? };
                let episode = self.added(of)?.episode;
                note::save_draft(session, InEpisode { episode, entry }).map(drop)
            }
            Act::Answers => self.answer(session, of),
            Act::Place { mark, step, review } => self.place(session, of, *mark, *step, *review),
            Act::Confirm(mark) => self.confirm(session, *mark),
            Act::Conversation { declined } => self.converse(session, of, *declined),
            Act::Exposure => self.expose(session, of),
            Act::Seen => {
                let until = Some(entries::arrived(session.conn())?);
                story::mark_seen(session, MarkSeen { family: self.family_id(of)?, until }).map(drop)
            }
        }
    }

    fn add(&mut self, session: &mut Session, of: usize, user: impl Fn(&str) -> Option<UserId>) -> Result<()> {
        let (key_worker, therapist) = (user(self.worker_of(of)), user("tara"));
        let mut entry = self.families[of].entry.clone();
        entry.key_worker = key_worker;
        entry.therapist = therapist;
        let added = families::add_family(session, entry)?.value;
        if shared(of) {
            let seen = log::last_operation(session.conn())?;
            let partner_worker = user("pip");
            families::allocate(session, Allocate { episode: added.episode, key_worker, therapist, partner_worker, seen })?;
        }
        self.families[of].added = Some(added);
        Ok(())
    }

    fn sign(&mut self, session: &mut Session, of: usize, mark: Mark, entry: ContactEntry) -> Result<()> {
        let episode = self.added(of)?.episode;
        let signed = note::sign_contact(session, InEpisode { episode, entry })?.value;
        self.made.contacts.insert(mark, signed.contact);
        Ok(())
    }

    fn note_with_concern(&mut self, of: usize, at: Timestamp) -> Result<ContactEntry> {
        let concern = ConcernEntry {
            children: self.added(of)?.people.clone(),
            danger: Some(Danger::NotNow),
            what: self.words.concern.clone(),
            told_whom: "the duty social worker and the service lead".to_owned(),
            told_when: typed(at.plus_minutes(-15)),
            action: "Stayed until mum’s sister came.".to_owned(),
            police: Some(Police::NotInformed),
            police_why_not: "No offence was seen or reported; the duty social worker agreed.".to_owned(),
            parent: Some(ParentTold::Told),
            parent_why_not: String::new(),
        };
        Ok(ContactEntry { safety: Some(Safety::NewOrWorse), concern, ..self.note(of, &visit_before(at, 80, 55))? })
    }

    fn contact(&self, mark: Mark) -> Result<ContactId> {
        self.made.contacts.get(&mark).copied().ok_or_else(out_of_order)
    }

    fn added(&self, of: usize) -> Result<&FamilyAdded> {
        self.families[of].added.as_ref().ok_or_else(out_of_order)
    }
}

/// A home visit that began so many minutes before an instant.
fn visit_before(at: Timestamp, ago: i64, minutes: i64) -> Visit {
    Visit { from: at.plus_minutes(-ago), minutes, outcome: Outcome::Attended, kind: ContactKind::HomeVisit, next: None }
}
