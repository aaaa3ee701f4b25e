//! Flags of a family: set, ended, checked, and the four honest states.

use crate::access;
use crate::codes::Code;
use crate::error::Result;
use crate::family::{Checked, EndFlag, Family, Flag, FlagState, FlagView, FlagsView, OfFamily, SetFlag, entering};
use crate::family::{FlagSaved, FlagsChecked};
use crate::family::{flag_rows as flags, rows as families};
use crate::ids::FamilyId;
use crate::in_error::ops as in_error;
use crate::op::Op;
use crate::reply::Reply;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::log;
use crate::time::{Timestamp, date_words, day_time_words};
use crate::typed::choice::Choice;
use crate::user::rows as users;

/// Sets a flag.
///
/// # Errors
/// See [`FamilyRefused`].
pub fn set_flag(session: &mut Session, request: SetFlag) -> Result<Reply<FlagSaved>> {
    session.allow(request.family, "set_flag")?;
    session.transact(Op::SetFlag, |tx| {
        let standing = flags::standing(tx, request.family)?;
        let flag = entering::flag(request, &standing, tx.written())?;
        tx.create(&flag)?;
        Ok(FlagSaved { id: flag.id, ending: None, words: "Flag set. Saved on this laptop.".to_owned() })
    })
}

/// Ends a flag, or asks that it be ended where that takes two.
///
/// # Errors
/// `not_yours`; see [`entering::end`].
pub fn end_flag(session: &mut Session, request: EndFlag) -> Result<Reply<FlagSaved>> {
    let flag: Flag = in_error::to_act_on(session, request.flag.0, "end_flag")?;
    session.transact(Op::EndFlag, |tx| {
        let entering::End { ending, ended } = entering::end(&flag, &flags::endings(tx, flag.id)?, &request.reason, tx.written())?;
        if let Some(ending) = &ending {
            tx.create(ending)?;
        }
        let ending = ending.map(|ending| ending.id);
        let Some(ended) = ended else {
            return Ok(FlagSaved { id: flag.id, ending, words: "Asked. The flag stays until a second person agrees.".to_owned() });
        };
        tx.amend(&flag, &ended, log::last_operation(tx)?)?;
        Ok(FlagSaved { id: flag.id, ending, words: "Flag ended. Saved on this laptop.".to_owned() })
    })
}

/// Records that somebody looked whether there are flags.
///
/// # Errors
/// `not_yours`.
pub fn flags_checked(session: &mut Session, request: OfFamily) -> Result<Reply<FlagsChecked>> {
    session.allow(request.family, "flags_checked")?;
    session.transact(Op::CheckFlags, |tx| {
        checked(tx, request.family)?;
        Ok(FlagsChecked { family: request.family })
    })
}

/// The flags of a family in one of four states; never a guess when they could
/// not be read.
#[must_use]
pub fn of(conn: &Db, family: &Family, now: Timestamp) -> FlagsView {
    let read = flags::standing(conn, family.id).and_then(|standing| Ok((standing, flags::last_checked(conn, family.id)?)));
    match read {
        Ok((standing, checked)) => view(conn, &standing, checked, now),
        Err(_) => FlagsView { state: FlagState::Unavailable, words: "Flags could not be read".to_owned(), flags: Vec::new() },
    }
}

/// The flags of a family that have been read.
#[must_use]
pub fn view(conn: &Db, standing: &[Flag], checked: Checked, now: Timestamp) -> FlagsView {
    if standing.is_empty() {
        let (state, words) = match checked {
            Checked::On(date) => (FlagState::NoneKnown, format!("No known flags, checked {}", date_words(date))),
            Checked::Never => (FlagState::NotRecorded, "Flags not recorded".to_owned()),
            Checked::NotSince(ended) => (FlagState::NotRecorded, format!("Flags not checked since one ended {}", date_words(ended))),
        };
        return FlagsView { state, words, flags: Vec::new() };
    }
    let mut sorted: Vec<&Flag> = standing.iter().collect();
    sorted.sort_by_key(|flag| flag.kind);
    let flags: Vec<FlagView> = sorted.into_iter().map(|flag| flag_view(conn, flag, now)).collect();
    let words = if flags.len() == 1 { "1 flag".to_owned() } else { format!("{} flags", flags.len()) };
    FlagsView { state: FlagState::Known, words, flags }
}

/// `Interpreter: Tetum`; of a flag that keeps people safe its kind alone.
#[must_use]
pub fn words(flag: &Flag) -> String {
    if flag.detail.is_empty() || flag.kind.keeps_its_reason() {
        flag.kind.words().to_owned()
    } else {
        format!("{}: {}", flag.kind.words(), flag.detail)
    }
}

/// Why the flags of a family that keep people safe are set, and why somebody asked
/// that one be ended, by flag: for the team.
///
/// # Errors
/// When the store fails.
pub fn reasons(conn: &Db, family: FamilyId) -> Result<Vec<Choice>> {
    let mut reasons = Vec::new();
    for flag in flags::standing(conn, family)? {
        let set = if flag.kind.keeps_its_reason() { flag.detail.trim_end_matches('.').to_owned() } else { String::new() };
        let asked = flags::endings(conn, flag.id)?.into_iter().next_back();
        let end = asked.map(|asked| format!("To end it: {}", asked.reason.trim_end_matches('.'))).unwrap_or_default();
        let words = [set, end].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ");
        if !words.is_empty() {
            reasons.push(Choice { code: flag.id.to_string(), words, key: String::new() });
        }
    }
    Ok(reasons)
}

fn flag_view(conn: &Db, flag: &Flag, now: Timestamp) -> FlagView {
    let by = users::name(conn, flag.set_by).unwrap_or_default();
    let review = match flag.review_on {
        Some(date) if date < now.date() => format!(" Review was due {}.", date_words(date)),
        Some(date) => format!(" Review due {}.", date_words(date)),
        None => String::new(),
    };
    FlagView {
        id: flag.id,
        shape: flag.kind.shape().to_owned(),
        words: words(flag),
        detail: format!("Set by {by}, {}.{review}", date_words(flag.since)),
        needs_second: flag.kind.needs_second(),
        ending: ending_words(conn, flag).unwrap_or_default(),
    }
}

/// `Niamh asked to end it, Mon 23-Nov-2026, 15:21. Waiting for a second person`: in
/// banners and lists, which say of no flag why.
fn ending_words(conn: &Db, flag: &Flag) -> Result<String> {
    let Some(asked) = flags::endings(conn, flag.id)?.into_iter().next_back() else { return Ok(String::new()) };
    let (who, when) = (users::name(conn, asked.by)?, day_time_words(asked.at.local()));
    Ok(format!("{who} asked to end it, {when}. Waiting for a second person"))
}

fn checked(tx: &crate::store::tx::Tx<'_>, family: FamilyId) -> Result<()> {
    let before = families::find(tx, family)?.ok_or_else(access::not_yours)?;
    let after = Family { flags_checked_on: Some(tx.now().date()), ..before.clone() };
    tx.amend(&before, &after, log::last_operation(tx)?)
}
