//! Giving the families of somebody who is away to who covers them, and giving them back.

use std::collections::BTreeSet;

use crate::cover::{
    Arranged, Cover, CoverFamilies, CoverRefused, CoverSaved, CoversView, GiveBack, Lasting, arrange, families, rows as covers,
};
use crate::error::{Error, Result};
use crate::family::{Episode, episodes, ops as families_ops, rows as families_store};
use crate::ids::UserId;
use crate::leaving::Place;
use crate::op::Op;
use crate::reader::Reader;
use crate::reply::{Nothing, Reply};
use crate::session::Session;
use crate::store::db::Db;
use crate::store::tx::Tx;
use crate::store::{in_error, log};
use crate::time::{Timestamp, day_words};
use crate::user::rows as users;

/// Gives all open families of a key worker who is away to who covers them.
///
/// # Errors
/// See [`CoverRefused`], or what is said of a date that is none.
pub fn cover(session: &mut Session, request: CoverFamilies) -> Result<Reply<CoverSaved>> {
    session.transact(Op::Cover, |tx| {
        let user = users::find(tx, request.user)?.ok_or_else(|| Error::not_found("user"))?;
        let held = held(tx, user.id)?;
        let Arranged { covered_by, until, reason } = arrange(&request, held.len(), &covers::lasting(tx)?, &users::all(tx)?, tx.now())?;
        for episode in &held {
            let written = tx.written();
            tx.create(&Cover {
                id: written.id,
                family: episode.family,
                episode: episode.id,
                of: user.id,
                covered_by,
                until,
                reason: reason.clone(),
                by: written.by,
                at: written.at,
                ended_on: None,
            })?;
            tx.amend(episode, &Episode { key_worker: Some(covered_by), ..episode.clone() }, log::last_operation(tx)?)?;
        }
        let who = users::name(tx, covered_by)?;
        Ok(CoverSaved { words: format!("{who} covers {} for {} until {}.", families(held.len()), user.name, day_words(until)) })
    })
}

/// Ends the cover of somebody's families. Each goes back to them, unless it was
/// given to somebody else since.
///
/// # Errors
/// [`CoverRefused::HasLeft`], [`CoverRefused::NoCover`].
pub fn give_back(session: &mut Session, request: GiveBack) -> Result<Reply<CoverSaved>> {
    session.transact(Op::GiveBack, |tx| {
        let user = users::find(tx, request.user)?.ok_or_else(|| Error::not_found("user"))?;
        if !Place::KeyWorker.takes(&user) {
            return Err(CoverRefused::HasLeft.into());
        }
        let lasting = covers::lasting_of(tx, user.id)?;
        if lasting.is_empty() {
            return Err(CoverRefused::NoCover.into());
        }
        let mut back = 0;
        let mut stay = Vec::new();
        for cover in &lasting {
            // Also of a family that was entered in error: the mark may be taken back.
            let episode: Episode = in_error::kept(tx, cover.episode.0)?.ok_or_else(Error::damaged)?;
            if episode.key_worker == Some(cover.covered_by) {
                tx.amend(&episode, &Episode { key_worker: Some(user.id), ..episode.clone() }, log::last_operation(tx)?)?;
                back += 1;
            } else if episode.key_worker != Some(user.id) {
                stay.push(stays(tx, &episode)?);
            }
        }
        end(tx, &lasting)?;
        let went = (back > 0).then(|| format!("{} went back to {}.", families(back), user.name));
        let stayed = match stay.len() {
            0 => None,
            1 => Some(format!("1 family stays with whom it was given to since: {}.", stay.join(", "))),
            _ => Some(format!("{} stay with whom they were given to since: {}.", families(stay.len()), stay.join(", "))),
        };
        let words: Vec<String> = went.into_iter().chain(stayed).collect();
        let ended = || format!("The cover for {} has ended. Every family was with them already.", user.name);
        Ok(CoverSaved { words: if words.is_empty() { ended() } else { words.join(" ") } })
    })
}

/// The covers that last, and who can be covered by whom.
///
/// # Errors
/// When the read log could not be written.
pub fn covers_now(reader: &Reader<'_>, _: Nothing) -> Result<CoversView> {
    let reader = &reader.listed("covers")?;
    let conn = reader.conn;
    let staff = users::all(conn)?;
    let lasting = lines(conn, |_| true)?;
    let away: BTreeSet<UserId> = lasting.iter().map(|one| one.user).collect();
    let mut with_families = Vec::new();
    for user in staff.iter().filter(|user| Place::KeyWorker.takes(user) && !away.contains(&user.id)) {
        if !held(conn, user.id)?.is_empty() {
            with_families.push(user.id);
        }
    }
    let choices =
        staff.iter().filter(|user| Place::KeyWorker.takes(user) && !away.contains(&user.id)).map(families_ops::staff_choice).collect();
    Ok(CoversView { lasting, with_families, choices })
}

/// The covers that have ended by their day, or end today, and were not given back.
pub fn over(conn: &Db, now: Timestamp) -> Result<Vec<Lasting>> {
    lines(conn, |cover| cover.is_over(now))
}

/// The cover that lasts for somebody, in words.
pub fn lasting(conn: &Db, user: UserId) -> Result<Vec<Lasting>> {
    lines(conn, |cover| cover.of == user)
}

/// Ends the covers of somebody who leaves, or cannot be a key worker any more: their families stay with who has them.
pub fn end_of(tx: &Tx<'_>, user: UserId) -> Result<()> {
    end(tx, &covers::lasting_of(tx, user)?)
}

/// `Owen covers 2 families for Niamh until Mon 30-Nov-2026: On leave`, for each who is away.
fn lines(conn: &Db, which: impl Fn(&Cover) -> bool) -> Result<Vec<Lasting>> {
    let mut away: Vec<(Cover, usize)> = Vec::new();
    for cover in covers::lasting(conn)?.into_iter().filter(which) {
        match away.iter_mut().find(|(first, _)| first.of == cover.of) {
            Some((_, count)) => *count += 1,
            None => away.push((cover, 1)),
        }
    }
    let line = |(cover, count): (Cover, usize)| {
        let (who, name) = (users::name(conn, cover.covered_by)?, users::name(conn, cover.of)?);
        let words = format!("{who} covers {} for {name} until {}: {}", families(count), day_words(cover.until), cover.reason);
        Ok(Lasting { user: cover.of, name, words })
    };
    away.into_iter().map(line).collect()
}

fn end(tx: &Tx<'_>, lasting: &[Cover]) -> Result<()> {
    for cover in lasting {
        tx.amend(cover, &Cover { ended_on: Some(tx.now().date()), ..cover.clone() }, log::last_operation(tx)?)?;
    }
    Ok(())
}

/// The open episodes in which somebody is key worker.
fn held(conn: &Db, user: UserId) -> Result<Vec<Episode>> {
    let mut held = Vec::new();
    for episode in episodes::open_of(conn, user)? {
        // A family that was entered in error opens to nobody, so nobody covers it.
        if episode.key_worker == Some(user) && !families_store::is_in_error(conn, episode.family)? {
            held.push(episode);
        }
    }
    Ok(held)
}

/// `F26-7K2Q (Tara)`.
fn stays(conn: &Db, episode: &Episode) -> Result<String> {
    let family = families_store::find(conn, episode.family)?.map(|family| family.reference).unwrap_or_default();
    let who = episode.key_worker.map_or_else(|| Ok("nobody for now".to_owned()), |user| users::name(conn, user))?;
    Ok(format!("{family} ({who})"))
}
