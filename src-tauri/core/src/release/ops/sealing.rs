//! Releasing: once a period, outside the team with a second person, and then the same files for ever.

use std::path::Path;

use attune_disclosure::{Proof, Release as Sheet, csv, page, xlsx};

use crate::codes::Code;
use crate::error::{Error, Result};
use crate::op::Op;
use crate::release::export_folder;
use crate::release::ops::files::{NAMED, Parts};
use crate::release::ops::looking::keep_frame;
use crate::release::ops::proofs::wrong_with;
use crate::release::ops::protecting::{Asked, By, Made, asked};
use crate::release::ops::room;
use crate::release::ops::room::Stand;
use crate::release::ops::views::{figures_of, may_answer, release_view};
use crate::release::records::{Release, ReleaseFile, ReleaseSaid, ReleaseWord};
use crate::release::rows as releases;
use crate::release::{Licence, OfRelease, Period, ReleaseBecause, ReleaseId, ReleaseRequest, ReleaseView, SummaryRefused, WriteRelease};
use crate::reply::{Nothing, Reply};
use crate::session::Session;
use crate::store::db::Db;
use crate::store::log;
use crate::store::tx::Tx;
use crate::store::vault;
use crate::time::{Timestamp, date_words, day_time_words, day_words};
use crate::typed;
use crate::typed::when::{self, Lean};
use crate::user::{Role, User};

/// A release as it is asked for, checked against what stands.
pub struct Wanted {
    reason: String,
    outside: bool,
    recipient: String,
    licence: Licence,
    expires_on: Option<chrono::NaiveDate>,
    corrects: Option<ReleaseId>,
    corrects_elsewhere: bool,
}

/// What is to be released.
///
/// # Errors
/// See [`SummaryRefused`]. Nothing was released.
pub fn begin(session: &mut Session, request: &ReleaseRequest) -> Result<(Asked, Wanted)> {
    let period = Period::parse(&request.period)?;
    let now = session.now();
    let by = By { device: session.author().device, now };
    let asked = asked(session.conn(), period, &request.tables, true, by)?;
    let wanted = wanted(request, now)?;
    allowed(session.conn(), period, &wanted, session.user())?;
    export_folder::ready(session.conn())?.ok_or(SummaryRefused::NoFolder)?;
    Ok((asked, wanted))
}

fn wanted(request: &ReleaseRequest, now: Timestamp) -> Result<Wanted> {
    let (reason, recipient) = (request.reason.trim(), request.recipient.trim());
    if !typed::says_why(reason) {
        return Err(SummaryRefused::NoReason.into());
    }
    let licence = request.licence.unwrap_or(if request.outside { Licence::RecipientOnly } else { Licence::TeamOnly });
    // What others than the team may use goes outside, whatever was said.
    let outside = request.outside || licence != Licence::TeamOnly;
    if outside && typed::letters(recipient) < 2 {
        return Err(SummaryRefused::NoRecipient.into());
    }
    let expires_on = match request.expires_on.trim() {
        "" => None,
        text => Some(when::parse(text, Lean::Future, now).map_err(|refusal| Error::from(refusal).at("expiresOn"))?.date),
    };
    if expires_on.is_some_and(|day| day <= now.date()) {
        return Err(SummaryRefused::Expired.into());
    }
    Ok(Wanted {
        reason: reason.to_owned(),
        outside,
        recipient: recipient.to_owned(),
        licence,
        expires_on,
        corrects: request.corrects,
        corrects_elsewhere: request.corrects_elsewhere,
    })
}

/// Whether a period can be released now, by somebody.
fn allowed(conn: &Db, period: Period, wanted: &Wanted, by: &User) -> Result<()> {
    let stands = room::stands(conn)?;
    if room::waiting(&stands).is_some() {
        return Err(SummaryRefused::Waits.into());
    }
    let brought = !room::brought(conn, period)?.is_empty();
    match (room::sealed(&stands, period), wanted.corrects) {
        _ if wanted.corrects_elsewhere && by.role != Role::ServiceLead => Err(SummaryRefused::LeadCorrects.into()),
        (None, None) if wanted.corrects_elsewhere == brought => Ok(()),
        (None, None) if brought => Err(SummaryRefused::AlreadyReleased.into()),
        _ if wanted.corrects_elsewhere => Err(SummaryRefused::CorrectsOther.into()),
        (None, None) => Ok(()),
        (Some(_), None) => Err(SummaryRefused::AlreadyReleased.into()),
        (_, Some(_)) if by.role != Role::ServiceLead => Err(SummaryRefused::LeadCorrects.into()),
        (Some(last), Some(corrected)) if last.release.id == corrected => Ok(()),
        (_, Some(_)) => Err(SummaryRefused::CorrectsOther.into()),
    }
}

/// Keeps a release, and seals it if nobody else has to agree: there is room for its files before, and none of them is on the disk until
/// it is sealed; if they then cannot have their names, the answer says that the release stands and its files are missing.
///
/// # Errors
/// See [`SummaryRefused`]. Nothing was released.
pub fn keep(session: &mut Session, made: &Made, wanted: &Wanted) -> Result<Reply<ReleaseView>> {
    let publication = &made.outcome.publication;
    if publication.tables.iter().all(|table| table.is_withheld()) {
        return Err(SummaryRefused::NothingShown.into());
    }
    let folder = export_folder::ready(session.conn())?.ok_or(SummaryRefused::NoFolder)?;
    session.seal()?;
    let user = session.user().clone();
    let done = session.transact_part(Op::Release, |tx| {
        allowed(tx, made.asked.period, wanted, &user)?;
        let frame = keep_frame(tx, &made.asked)?;
        let json = |value: serde_json::Result<String>| value.map_err(|_| Error::internal("a release"));
        let release = Release {
            id: tx.new_id(),
            period: made.asked.period,
            frame,
            made_by: tx.actor(),
            role: user.role,
            made_at: tx.now(),
            reason: wanted.reason.clone(),
            outside: wanted.outside,
            recipient: wanted.recipient.clone(),
            licence: wanted.licence,
            expires_on: wanted.expires_on,
            corrects: wanted.corrects,
            corrects_elsewhere: match wanted.corrects_elsewhere {
                true => room::brought(tx, made.asked.period)?.pop().unwrap_or_default(),
                false => String::new(),
            },
            figures: json(serde_json::to_string(publication))?,
            rule: publication.rule.words(),
            outsider: json(serde_json::to_string(&made.outcome.outsider))?,
            insider: json(serde_json::to_string(&made.outcome.insider))?,
            beside: room::beside(tx, None)?,
            head: hex::encode(log::head_hash(tx)?),
        };
        tx.because(&wanted.reason);
        tx.create(&release)?;
        let parts = if wanted.outside { None } else { Some(seal(tx, &release, &folder, "")?) };
        Ok((release.id, parts))
    })?;
    // What is not sealed now is sealed at the next lock: the release stands.
    drop(session.seal());
    answered(session.conn(), &user, done)
}

/// Agrees to a release that waits, and seals it.
///
/// # Errors
/// See [`SummaryRefused`]. Nothing was released.
pub fn approve_release(session: &mut Session, request: OfRelease) -> Result<Reply<ReleaseView>> {
    answerable(session, request.release)?;
    room::still_stands(session.conn(), &room::one(session.conn(), request.release)?.release, session.author().device)?;
    let folder = export_folder::ready(session.conn())?.ok_or(SummaryRefused::NoFolder)?;
    session.seal()?;
    let user = session.user().clone();
    let done = session.transact_part(Op::AnswerRelease, |tx| {
        let stand = room::one(tx, request.release)?;
        tx.create(&word(tx, &stand.release, ReleaseSaid::Agreed, "", user.role))?;
        let second = format!(", agreed by the {}", user.role.words().to_lowercase());
        let parts = seal(tx, &stand.release, &folder, &second)?;
        Ok((stand.release.id, Some(parts)))
    })?;
    drop(session.seal());
    answered(session.conn(), &user, done)
}

/// Declines a release that waits, or takes one’s own back. Nothing leaves.
///
/// # Errors
/// See [`SummaryRefused`].
pub fn decline_release(session: &mut Session, request: ReleaseBecause) -> Result<Reply<Nothing>> {
    let reason = because(&request)?;
    let stand = room::one(session.conn(), request.release)?;
    if !stand.waits() {
        return Err(SummaryRefused::NotWaiting.into());
    }
    let user = session.user();
    let (op, said) = if stand.release.made_by == user.id {
        (Op::TakeBackRelease, ReleaseSaid::TakenBack)
    } else if may_answer(user, &stand) {
        (Op::AnswerRelease, ReleaseSaid::Declined)
    } else {
        return Err(SummaryRefused::NotSecond.into());
    };
    let role = user.role;
    session.transact(op, |tx| {
        let stand = room::one(tx, request.release)?;
        tx.because(&reason);
        tx.create(&word(tx, &stand.release, said, &reason, role))?;
        Ok(Nothing {})
    })
}

/// Says that a sealed release is withdrawn. What has left has left: it stays among what was seen.
///
/// # Errors
/// See [`SummaryRefused`].
pub fn withdraw_release(session: &mut Session, request: ReleaseBecause) -> Result<Reply<Nothing>> {
    let reason = because(&request)?;
    let role = session.user().role;
    session.transact(Op::WithdrawRelease, |tx| {
        let stand = room::one(tx, request.release)?;
        if !stand.sealed {
            return Err(SummaryRefused::NotSealed.into());
        }
        if stand.said(ReleaseSaid::Withdrawn).is_some() {
            return Err(SummaryRefused::AlreadyWithdrawn.into());
        }
        tx.because(&reason);
        tx.create(&word(tx, &stand.release, ReleaseSaid::Withdrawn, &reason, role))?;
        Ok(Nothing {})
    })
}

/// Notes in the register that the tables of a release are printed, before they are.
///
/// # Errors
/// [`SummaryRefused::NotReleased`]: nothing is printed that has not left.
pub fn print_release(session: &mut Session, request: OfRelease) -> Result<Reply<Nothing>> {
    let role = session.user().role;
    session.transact(Op::PrintRelease, |tx| {
        let stand = room::one(tx, request.release)?;
        if !stand.sealed {
            return Err(SummaryRefused::NotReleased.into());
        }
        tx.create(&word(tx, &stand.release, ReleaseSaid::Printed, "", role))?;
        Ok(Nothing {})
    })
}

/// Saves the files of a release again, byte for byte as they were sealed; of one that was withdrawn under names that say so, with a
/// file that says it in words.
///
/// # Errors
/// When the period has not been released, or the folder cannot take them.
pub fn write_release(session: &mut Session, request: WriteRelease) -> Result<Reply<ReleaseView>> {
    let conn = session.conn();
    let stand = match request.release {
        Some(release) => room::one(conn, release)?,
        None => {
            let period = Period::parse(&request.period)?;
            let last = room::sealed(&room::stands(conn)?, period).map(|stand| stand.release.id);
            room::one(conn, last.ok_or(SummaryRefused::NotReleased)?)?
        }
    };
    if !stand.sealed {
        return Err(SummaryRefused::NotReleased.into());
    }
    session.log_done("write_release", false)?;
    let mut sealed = releases::files(session.conn(), stand.release.id)?;
    if sealed.iter().any(|file| hash_of(&file.bytes) != file.hash) {
        return Err(Error::damaged());
    }
    let folder = export_folder::ready(session.conn())?.ok_or(SummaryRefused::NotSaved)?;
    if let Some(word) = stand.said(ReleaseSaid::Withdrawn) {
        say_withdrawn(&mut sealed, &stand.release, word);
    }
    let files = parts_of(&sealed, &folder).and_then(Parts::put).map_err(|error| not_there(&error, SummaryRefused::NotSaved))?;
    let value = ReleaseView { files, ..view(session.conn(), session.user(), stand.release.id)? };
    Ok(Reply::touching(value, []))
}

/// Gives the files of a withdrawn release names that say so, and adds one that says it: what was written of why stays in the register.
fn say_withdrawn(sealed: &mut Vec<ReleaseFile>, release: &Release, word: &ReleaseWord) {
    for file in &mut *sealed {
        if let Some((name, ending)) = file.name.split_once('.') {
            file.name = format!("{name}-withdrawn.{ending}");
        }
    }
    let (period, day, role) = (release.period.words(), day_words(word.at.date()), word.role.words().to_lowercase());
    let says = format!(
        "These figures of {period} were withdrawn on {day} by the {role}.\nDo not use them, and do not pass them on. Ask the team which \
         figures of this period apply.\n"
    );
    let Some(first) = sealed.first() else { return };
    let name = format!("{}.txt", first.name.split('.').next().unwrap_or_default());
    let hash = hash_of(says.as_bytes());
    sealed.push(ReleaseFile { id: first.id, release: release.id, name, bytes: says.into_bytes(), hash });
}

/// Refuses unless the release waits, may still be used, and for somebody else than who asked for it: also for an account
/// that they have made or changed since.
fn answerable(session: &Session, release: ReleaseId) -> Result<()> {
    let stand = room::one(session.conn(), release)?;
    if !stand.waits() {
        return Err(SummaryRefused::NotWaiting.into());
    }
    if stand.release.made_by == session.user().id {
        return Err(SummaryRefused::SamePerson.into());
    }
    if stand.release.expires_on.is_some_and(|day| day < session.now().date()) {
        return Err(SummaryRefused::ExpiredSince.into());
    }
    if log::changed_by_since(session.conn(), session.user().id.0, stand.release.made_by.0, stand.release.id.0)? {
        return Err(SummaryRefused::MadeByWhoAsked.into());
    }
    Ok(())
}

fn because(request: &ReleaseBecause) -> Result<String> {
    let reason = request.reason.trim();
    if typed::says_why(reason) { Ok(reason.to_owned()) } else { Err(SummaryRefused::NoReason.into()) }
}

fn word(tx: &Tx<'_>, release: &Release, said: ReleaseSaid, reason: &str, role: Role) -> ReleaseWord {
    ReleaseWord { id: tx.new_id(), release: release.id, said, reason: reason.to_owned(), role, by: tx.actor(), at: tx.now() }
}

/// Checks the proofs of a release, makes its files, keeps them byte for byte, and takes room for them where they will be.
fn seal(tx: &Tx<'_>, release: &Release, folder: &Path, second: &str) -> Result<Parts> {
    if wrong_with(tx, release)?.is_some() {
        return Err(SummaryRefused::NotProven.into());
    }
    let mut sealed = Vec::new();
    for (name, bytes) in rendered(tx, release, second)? {
        let hash = hash_of(&bytes);
        let file = ReleaseFile { id: tx.new_id(), release: release.id, name, bytes, hash };
        tx.create(&file)?;
        sealed.push(file);
    }
    parts_of(&sealed, folder).map_err(|error| not_there(&error, SummaryRefused::NoFolder).into())
}

/// The files of a release, by name: its tables three times over, and the proof for an outsider, which tells of nothing that has
/// not left. The insider’s stays in the register.
fn rendered(tx: &Tx<'_>, release: &Release, second: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let publication = figures_of(&release.figures)?;
    let name = format!("{NAMED}{}", publication.name.replace(['(', ')'], "").replace(' ', "-"));
    let digest = serde_json::from_str::<Proof>(&release.outsider).map_err(|_| Error::damaged())?.digest;
    let corrects = match release.corrects {
        Some(corrected) => Some(figures_of(&room::one(tx, corrected)?.release.figures)?.name),
        None => Some(release.corrects_elsewhere.clone()).filter(|name| !name.is_empty()),
    };
    let role = release.role.words().to_lowercase();
    let sheet = Sheet {
        title: match vault::is_practice(tx)? {
            true => "Practice only, of no real family: anonymised summary".to_owned(),
            false => "Infant mental health: anonymised summary".to_owned(),
        },
        period: release.period.words(),
        made: format!("Made {} by the {role}{second}", day_time_words(release.made_at.local())),
        head: release.head.clone(),
        licence: release.licence.words().to_owned(),
        expires: release.expires_on.map(|day| format!("Use until {}", date_words(day))).unwrap_or_default(),
        corrects,
        proof: format!("In the file {name}.proof.json beside this one, with the digest {digest}"),
        publication,
    };
    let book = xlsx(&sheet).map_err(|_| Error::internal("a workbook"))?;
    let proof = release.outsider.clone().into_bytes();
    let files = [("csv", csv(&sheet)), ("html", page(&sheet).into_bytes()), ("proof.json", proof), ("xlsx", book)];
    Ok(files.into_iter().map(|(ending, bytes)| (format!("{name}.{ending}"), bytes)).collect())
}

fn parts_of(sealed: &[ReleaseFile], folder: &Path) -> std::io::Result<Parts> {
    let files: Vec<(String, &[u8])> = sealed.iter().map(|file| (file.name.clone(), file.bytes.as_slice())).collect();
    Parts::reserve(folder, &files)
}

/// Why files are not in a folder: one of other bytes has a name of theirs, or what else is said of it.
fn not_there(error: &std::io::Error, else_said: SummaryRefused) -> SummaryRefused {
    if error.kind() == std::io::ErrorKind::AlreadyExists { SummaryRefused::OtherFile } else { else_said }
}

fn view(conn: &Db, reader: &User, release: ReleaseId) -> Result<ReleaseView> {
    let stands = room::stands(conn)?;
    let stand: &Stand = stands.iter().find(|stand| stand.release.id == release).ok_or(SummaryRefused::NoRelease)?;
    release_view(conn, reader, stand, &stands)
}

/// The answer of a release that stands: with its files, or why they are missing. What was written stands in the register
/// only once it is in the log.
fn answered(conn: &Db, reader: &User, done: Reply<(ReleaseId, Option<Parts>)>) -> Result<Reply<ReleaseView>> {
    let (release, parts) = done.value;
    let saved = parts.map(Parts::put);
    let view = view(conn, reader, release)?;
    let value = match saved {
        None => view,
        Some(Ok(files)) => ReleaseView { files, ..view },
        Some(Err(error)) => ReleaseView { not_saved: Error::from(not_there(&error, SummaryRefused::NotSaved)).message, ..view },
    };
    Ok(Reply { value, touched: done.touched, seen: done.seen })
}

fn hash_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
