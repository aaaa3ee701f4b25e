//! Listing what somebody holds, and handing it over as they leave.

use crate::codes::Code;
use crate::concern::rows as concerns;
use crate::contact::note;
use crate::contact::rows as contacts;
use crate::cover::ops as covering;
use crate::cover::rows as covers;
use crate::error::Result;
use crate::family::ops as families;
use crate::family::{Episode, episodes, rows as family_rows};
use crate::follow_up::ops as follow_ups;
use crate::form::rows as forms;
use crate::leaving::{
    HandOver, HandOverRefused, HeldFamily, Leaving, LeavingRefused, LeavingView, NoteTaken, Place, TakeOverNote, take_over,
};
use crate::op::Op;
use crate::person::rows as people;
use crate::person::words as person_words;
use crate::placement::rows as placements;
use crate::reader::Reader;
use crate::reply::Reply;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::tx::Tx;
use crate::store::{drafts, log};
use crate::time::{Timestamp, day_time_words, day_words};
use crate::user::User;
use crate::user::rows as users;

/// What somebody holds who is to leave or to change their role; nothing of who is not a user.
///
/// # Errors
/// When the read log could not be written.
pub fn leaving(reader: &Reader<'_>, request: Leaving) -> Result<LeavingView> {
    let reader = &reader.listed("leaving")?;
    let Some(user) = users::find(reader.conn, request.user)? else {
        return Ok(LeavingView { families: Vec::new(), unfinished: Vec::new() });
    };
    let after = User { role: request.role, active: request.active, ..user.clone() };
    let staff = users::all(reader.conn)?;
    let mut families = Vec::new();
    for (episode, place) in held(reader.conn, &user, &after)? {
        let people = people::of(reader.conn, episode.family)?;
        let takers = staff.iter().filter(|other| other.id != user.id && place.takes(other));
        families.push(HeldFamily {
            episode: episode.id,
            family: episode.family,
            name: [families::family_name(&people), person_words::ages(&people, reader.now)].join(" · "),
            place,
            place_words: place_words(reader.conn, &episode, place)?,
            choices: takers.map(families::staff_choice).collect(),
        });
    }
    Ok(LeavingView { families, unfinished: unfinished(reader.conn, &user, &after, reader.now)? })
}

/// Takes over an unsigned note, which becomes the reader's own to finish.
///
/// # Errors
/// `not_yours`; see [`HandOverRefused`].
pub fn take_over_note(session: &mut Session, request: TakeOverNote) -> Result<Reply<NoteTaken>> {
    let found = session.known(episodes::find(session.conn(), request.episode)?, "take_over_note")?;
    session.allow(found.family, "take_over_note")?;
    session.transact(Op::TakeOverNote, |tx| {
        let of = note::draft_of(found.id);
        let (theirs, own) = (drafts::of(tx, request.begun_by, of)?, drafts::of(tx, tx.actor(), of)?);
        let taken = take_over(&request, found.family, theirs.is_some(), own.is_some(), tx.written())?;
        tx.create(&taken)?;
        if let Some(draft) = theirs {
            let body = note::begun_by(&draft.body, request.begun_by)?;
            drafts::give(tx, request.begun_by, tx.actor(), of, &body)?;
        }
        Ok(NoteTaken { family: found.family })
    })
}

/// Hands over the families of somebody who leaves or changes their role, each
/// as it is said. What is unfinished must have been read.
///
/// # Errors
/// See [`LeavingRefused`]; [`HandOverRefused::NotTaken`].
pub fn hand_over(tx: &Tx<'_>, before: &User, after: &User, said: &[HandOver], unfinished_read: bool) -> Result<()> {
    let held = held(tx, before, after)?;
    let of = |episode: &Episode, place: Place| said.iter().find(|one| one.episode == episode.id && one.place == place);
    let unsaid = held.iter().filter(|(episode, place)| of(episode, *place).is_none()).count();
    if unsaid > 0 {
        let families = if unsaid == 1 { "1 family".to_owned() } else { format!("{unsaid} families") };
        let words = format!("{} works with {families}. Choose who takes each, or nobody for now.", before.name);
        return Err(LeavingRefused::Families.says(words).at("handOver"));
    }
    let unfinished = unfinished(tx, before, after, tx.now())?;
    if !unfinished.is_empty() && !unfinished_read {
        // Of which families is read in the list: a refusal may be printed, and names none.
        let words = format!("{} leaves something unfinished. Read the list, then tick that you have read it.", before.name);
        return Err(LeavingRefused::Unfinished.says(words).at("unfinishedRead"));
    }
    let staff = users::all(tx)?;
    for (episode, place) in given_up(tx, before, after)? {
        let to = of(&episode, place).and_then(|one| one.to);
        let takes = |id| staff.iter().any(|user| user.id == id && id != before.id && place.takes(user));
        if to.is_some_and(|id| !takes(id)) {
            return Err(HandOverRefused::NotTaken.into());
        }
        let now = episodes::find(tx, episode.id)?.unwrap_or(episode);
        let given = match place {
            Place::KeyWorker => Episode { key_worker: to, ..now.clone() },
            Place::Therapist => Episode { therapist: to, ..now.clone() },
            Place::PartnerWorker => Episode { partner_worker: to, ..now.clone() },
        };
        tx.amend(&now, &given, log::last_operation(tx)?)?;
    }
    // Who does not come back to their families has nothing to be given back.
    if Place::KeyWorker.takes(after) { Ok(()) } else { covering::end_of(tx, before.id) }
}

/// `key worker, covering for Niamh until Mon 30-Nov-2026`.
fn place_words(conn: &Db, episode: &Episode, place: Place) -> Result<String> {
    let cover = if place == Place::KeyWorker { covers::lasting_in(conn, episode.id, episode.key_worker)? } else { None };
    Ok(match cover {
        Some(cover) => format!("{}, covering for {} until {}", place.words(), users::name(conn, cover.of)?, day_words(cover.until)),
        None => place.words().to_owned(),
    })
}

/// The places of families that somebody has to take: one that was entered in error
/// opens to nobody, so nobody is asked to.
fn held(conn: &Db, before: &User, after: &User) -> Result<Vec<(Episode, Place)>> {
    let mut held = Vec::new();
    for (episode, place) in given_up(conn, before, after)? {
        if !family_rows::is_in_error(conn, episode.family)? {
            held.push((episode, place));
        }
    }
    Ok(held)
}

/// The open episodes in which somebody has a place that they cannot have any more.
fn given_up(conn: &Db, before: &User, after: &User) -> Result<Vec<(Episode, Place)>> {
    let mut held = Vec::new();
    for episode in episodes::open_of(conn, before.id)? {
        for place in Place::ALL {
            if place.of(&episode) == Some(before.id) && !place.takes(after) {
                held.push((episode.clone(), place));
            }
        }
    }
    Ok(held)
}

/// What nobody but they would finish, each as a sentence: unsigned notes and
/// forms that they cannot finish, and of the families they give away what is to be followed
/// up and what they recorded that waits for a second person.
fn unfinished(conn: &Db, before: &User, after: &User, now: Timestamp) -> Result<Vec<String>> {
    let mut words = Vec::new();
    if !(after.active && after.role.is_clinical()) {
        for (draft, episode) in contacts::unsigned_by(conn, before.id)? {
            let name = families::family_name(&people::of(conn, episode.family)?);
            words.push(format!("An unsigned note about {name}, saved {}.", day_time_words(draft.saved_at.local())));
        }
    }
    for (of, saved_at) in forms::by(conn, before.id)? {
        if !(after.active && of.form.is_for(after.role)) {
            words.push(format!("{}, saved {}, which only they can open.", of.form.words(), day_time_words(saved_at.local())));
        }
    }
    if !Place::KeyWorker.takes(after) {
        for cover in covering::lasting(conn, before.id)? {
            words.push(format!("{}. The families stay where they are.", cover.words));
        }
    }
    for (episode, place) in held(conn, before, after)? {
        let name = families::family_name(&people::of(conn, episode.family)?);
        if place == Place::KeyWorker
            && let Some(asked) = contacts::last_seen(conn, episode.id)?.follow_up
        {
            let (when, what, _) = follow_ups::words(asked, now);
            words.push(format!("{name}: {}, to be followed up {when}.", lower(&what)));
        }
        if placements::latest(conn, episode.family)?.is_some_and(|placed| placed.by == before.id && placed.second_needed)
            && placements::waits(conn, episode.family)?
        {
            words.push(format!("{name}: a step that they recorded waits for a second person."));
        }
        if concerns::waits_of(conn, episode.family, before.id)? {
            words.push(format!("{name}: a concern that they raised waits for a second person."));
        }
    }
    Ok(words)
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
