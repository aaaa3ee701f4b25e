//! What is known of harm: read and written only here, by the team.

use crate::codes::Code;
use crate::concern::rows as concerns;
use crate::error::Result;
use crate::family::OfFamily;
use crate::family::ops as families;
use crate::harm::{HarmKind, HarmSaved, HarmView, HarmWho, KnownHarm, KnownHarmView, RecordHarm, entering};
use crate::in_error::may_mark;
use crate::in_error::ops as in_error;
use crate::op::Op;
use crate::person::rows as people;
use crate::person::words as person_words;
use crate::person::{FamilyRole, Person};
use crate::reader::{Opened, Reader};
use crate::reply::Reply;
use crate::session::Session;
use crate::store::entries;
use crate::store::in_error::kept;
use crate::store::tx::Tx;
use crate::time::{day_time_words, day_words};
use crate::typed::choice::{Choice, choices, keyed};
use crate::user::rows as users;

/// What is known of harm in a family.
///
/// # Errors
/// `not_yours`, also for a partner worker.
pub fn harm(reader: &Reader<'_>, request: OfFamily) -> Result<HarmView> {
    let reader = &reader.open_harm(request.family)?;
    let people = people::of(reader.conn, request.family)?;
    let mut recorded: Vec<KnownHarm> = entries::kept_in_order(reader.conn, request.family)?;
    recorded.reverse();
    Ok(HarmView {
        whose: families::whose_of(reader.conn, request.family, &people)?,
        entries: recorded.iter().map(|harm| view(reader, harm)).collect::<Result<_>>()?,
        people: people.iter().map(|person| Choice { code: person.id.to_string(), words: name(person), key: String::new() }).collect(),
        others: choices::<HarmWho>().into_iter().filter(|choice| choice.code != HarmWho::Person.code()).collect(),
        kinds: keyed::<HarmKind>(&["H", "A", "D"]),
    })
}

/// Records what is known of harm of one person.
///
/// # Errors
/// `not_yours`; see [`crate::harm::HarmRefused`].
pub fn record_harm(session: &mut Session, request: RecordHarm) -> Result<Reply<HarmSaved>> {
    session.allow_harm(request.family, "record_harm")?;
    session.transact(Op::RecordHarm, |tx| {
        let (people, recorded) = (people::of(tx, request.family)?, entries::in_order(tx, request.family)?);
        let harm = entering::enter(request, &people, &recorded, tx.written())?;
        tx.create(&harm)?;
        Ok(HarmSaved { id: harm.id, words: saved_words(tx, &harm, &people)? })
    })
}

/// Says it too where a child is harmed and no concern about that child is open.
fn saved_words(tx: &Tx<'_>, harm: &KnownHarm, people: &[Person]) -> Result<String> {
    let mut words = "Saved on this laptop, for the team only.".to_owned();
    let is_child = people.iter().any(|person| Some(person.id) == harm.person && person.is_child_on(tx.now().date()));
    if is_child && harm.known.contains(&HarmKind::Harmed) {
        let going_on = concerns::going_on(tx, harm.family)?;
        if !going_on.iter().any(|concern| concern.children.iter().any(|child| Some(*child) == harm.person)) {
            words.push_str(" No concern about this child is open: write one in a note, unless it is already dealt with.");
        }
    }
    Ok(words)
}

fn view(reader: &Opened<'_>, harm: &KnownHarm) -> Result<KnownHarmView> {
    let conn = reader.conn;
    let person: Option<Person> = harm.person.map(|person| kept(conn, person.0)).transpose()?.flatten();
    let person = person.filter(|person| person.family == harm.family);
    let mut marked = in_error::words(conn, harm.id.0)?;
    if let Some(person) = person.as_ref().filter(|_| marked.is_empty()) {
        marked = in_error::words(conn, person.id.0)?;
    }
    Ok(KnownHarmView {
        id: harm.id,
        about: person.as_ref().map_or_else(|| harm.who.words().to_owned(), name),
        known: harm.known.iter().map(|kind| kind.words().to_owned()).collect(),
        words: harm.words.clone(),
        learned: format!("Learned {}. Source: {}", day_words(harm.learned_on), harm.source.trim_end_matches('.')),
        recorded: format!("Recorded by {}, {}", users::name(conn, harm.by)?, day_time_words(harm.at.local())),
        may_mark_in_error: marked.is_empty() && may_mark(reader.user, harm.by),
        in_error: marked,
    })
}

/// `Fiadh`, `Conor (father or partner)`.
fn name(person: &Person) -> String {
    let name = person_words::familiar(person);
    if person.role == FamilyRole::Infant { name } else { format!("{name} ({})", person.role.words().to_lowercase()) }
}
