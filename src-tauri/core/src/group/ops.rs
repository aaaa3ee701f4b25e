//! Writing of a session of a group.

use crate::codes::Code;
use crate::contact::asked;
use crate::contact::note::{chips, infants};
use crate::contact::{Contact, ContactId, InfantState, Outcome, Signature};
use crate::error::{Error, Result};
use crate::family::ops as families;
use crate::family::{OfFamily, episodes};
use crate::group::entering::{Facts, OUTCOMES};
use crate::group::rows as sessions;
use crate::group::{GroupCheck, GroupEntry, GroupFamily, GroupForm, GroupSession, GroupSigned, entering};
use crate::ids::FamilyId;
use crate::op::Op;
use crate::person::rows as people;
use crate::person::{FamilyRole, Person};
use crate::reader::Reader;
use crate::reply::{Nothing, Reply};
use crate::session::Session;
use crate::store::clocks;
use crate::store::db::Db;
use crate::team::code_list;
use crate::team::code_list::ListName;
use crate::team::list_rows as lists;
use crate::time::{Timestamp, day_words, time_words};
use crate::typed::choice;
use crate::typed::choice::Choice;
use crate::typed::counted;
use crate::user::rows as users;

/// What the form of a session offers. Writes nothing but the read log.
///
/// # Errors
/// When the read log could not be written.
pub fn open_group(reader: &Reader<'_>, _: Nothing) -> Result<GroupForm> {
    let reader = &reader.listed("open_group")?;
    let mut states = choice::keyed::<InfantState>(&["A", "S", "F", "U", "X", "Z"]);
    states.retain(|state| state.code != InfantState::NotBorn.code());
    Ok(GroupForm {
        kinds: code_list::choices(&lists::entries(reader.conn, ListName::GroupKind)?),
        states,
        meets: OUTCOMES.into_iter().filter(|outcome| outcome.met()).collect(),
        today: day_words(reader.now.date()),
    })
}

/// A family as the form of a session shows it.
///
/// # Errors
/// `not_yours`.
pub fn group_family(reader: &Reader<'_>, request: OfFamily) -> Result<GroupFamily> {
    let reader = &reader.open(request.family, "group_family")?;
    let people = people::of(reader.conn, request.family)?;
    let living = people.iter().any(|person| is_born(person) && person.loss.is_none());
    let offered = OUTCOMES.iter().filter(|outcome| asked::offered(**outcome, living, living));
    Ok(GroupFamily {
        family: request.family,
        whose: families::whose_of(reader.conn, request.family, &people)?,
        people: chips(&people, reader.now),
        outcomes: offered.map(|outcome| offer(*outcome)).collect(),
    })
}

/// What is missing of a session, with the sessions of that time.
///
/// # Errors
/// `not_yours` at the first family that is not the reader's.
pub fn check_group(reader: &Reader<'_>, request: GroupEntry) -> Result<GroupCheck> {
    for (index, line) in request.families.iter().enumerate() {
        reader.open(line.family, "check_group").map_err(|error| at_line(error, index))?;
    }
    let reader = &reader.listed("check_group")?;
    let recorded = recorded(reader.conn, &request, reader.now)?;
    let families = facts(reader.conn, &request)?;
    let ids: Vec<_> = recorded.iter().map(|session| session.id).collect();
    let checked = entering::check(&request, Facts { families: &families, recorded: &ids, may_name: true, now: reader.now });
    let choice = |session: &GroupSession| {
        let words = format!("{}, recorded by {}", session.words(), users::name(reader.conn, session.by)?);
        Ok(Choice { code: session.id.to_string(), words, key: String::new() })
    };
    Ok(GroupCheck { missing: checked.err().unwrap_or_default(), recorded: recorded.iter().map(choice).collect::<Result<_>>()? })
}

/// Signs a session of a group: one act, which is a contact in the record of each
/// family, and a session of the team, which names none of them.
///
/// # Errors
/// The first gap; `not_yours` at the first family that is not the writer's, and
/// then nothing was signed.
pub fn sign_group(session: &mut Session, request: GroupEntry) -> Result<Reply<GroupSigned>> {
    let mut refused = None;
    for (index, line) in request.families.iter().enumerate() {
        // Each that is refused is a line of the read log, and the first is said.
        if let Err(error) = session.allow(line.family, "sign_group") {
            refused.get_or_insert(at_line(error, index));
        }
    }
    if let Some(error) = refused {
        return Err(error);
    }
    let organisation = session.user().organisation.clone();
    session.transact(Op::SignGroup, |tx| {
        let mut families = facts(tx, &request)?;
        for infant in families.iter_mut().flat_map(|family| &mut family.infants) {
            "the infant".clone_into(&mut infant.name);
        }
        let recorded: Vec<_> = recorded(tx, &request, tx.now())?.into_iter().map(|session| session.id).collect();
        let facts = Facts { families: &families, recorded: &recorded, may_name: false, now: tx.now() };
        let held =
            entering::check(&request, facts).map_err(|gaps| gaps.first().map_or_else(|| Error::internal("group"), |gap| gap.refusal()))?;
        let kinds = lists::entries(tx, ListName::GroupKind)?;
        let id = match request.session {
            Some(known) => known,
            None => {
                let new = entering::session(&request, held, &kinds, organisation.clone(), tx.written());
                tx.create(&new)?;
                new.id
            }
        };
        let known = clocks::latest_known(tx, tx.now())?;
        let mut contacts: Vec<ContactId> = Vec::new();
        for (line, family) in request.families.iter().zip(&families) {
            let episode = family.episode.ok_or(crate::family::FamilyRefused::NoOpenEpisode)?;
            let by = Signature {
                episode,
                family: family.family,
                at: tx.now(),
                by: tx.actor(),
                organisation: organisation.clone(),
                begun_by: None,
            };
            let contact: Contact = entering::contact((&request, line), (family, id), held, &kinds, (tx.new_id(), by, known))?;
            tx.create(&contact)?;
            contacts.push(contact.id);
        }
        let count = u32::try_from(contacts.len()).unwrap_or(u32::MAX);
        let families = counted::of(count, "family", "families");
        let words = format!("Signed {}, in the record of {families}. Saved on this laptop.", time_words(tx.now().local()));
        Ok(GroupSigned { session: id, contacts, words })
    })
}

/// What is known of each family, in the order of the lines.
fn facts(conn: &Db, entry: &GroupEntry) -> Result<Vec<entering::OfFamily>> {
    let each = |family: FamilyId| {
        let people = people::of(conn, family)?;
        Ok(entering::OfFamily {
            family,
            episode: episodes::latest(conn, family)?.filter(|episode| episode.closed_on.is_none()).map(|episode| episode.id),
            infants: infants(&people),
            people,
            is_recorded: entry.session.map_or(Ok(false), |session| sessions::is_recorded(conn, session, family))?,
        })
    };
    entry.families.iter().map(|line| each(line.family)).collect()
}

/// The sessions that were held at that time.
fn recorded(conn: &Db, entry: &GroupEntry, now: Timestamp) -> Result<Vec<GroupSession>> {
    entering::held(entry, now).map_or_else(|| Ok(Vec::new()), |held| sessions::held(conn, held.from, held.until()))
}

fn at_line(error: Error, index: usize) -> Error {
    error.at(&format!("families.{index}"))
}

fn is_born(person: &Person) -> bool {
    person.role == FamilyRole::Infant && person.born_on.is_some()
}

/// In the words of a group: they came, or they did not.
fn offer(outcome: Outcome) -> Choice {
    let (words, key) = match outcome {
        Outcome::Attended => ("Came", "C"),
        Outcome::PartAttended => ("Came for part of it", "P"),
        Outcome::WasNotBrought => (outcome.words(), "N"),
        Outcome::DidNotCome => (outcome.words(), "D"),
        _ => (outcome.words(), "L"),
    };
    Choice { code: outcome.code().to_owned(), words: words.to_owned(), key: key.to_owned() }
}
