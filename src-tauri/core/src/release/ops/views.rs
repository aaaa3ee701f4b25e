//! What is shown of protected figures and of releases.

use attune_disclosure::{Cell, Protected, Publication, Spec, WITHHELD};

use crate::codes::Code;
use crate::error::{Error, Result};
use crate::release::ops::protecting::{TableTold, of_numbers, said};
use crate::release::ops::room;
use crate::release::ops::room::Stand;
use crate::release::ops::seat;
use crate::release::records::{Look, Release, ReleaseSaid, ReleaseWord};
use crate::release::rows as releases;
use crate::release::{
    BandingChoice, FigureCell, FiguresLine, FiguresTable, FiguresView, Period, ReleaseHash, ReleaseState, ReleaseView, TableAdvice,
    TableAsked, TableChoice, specs,
};
use crate::store::db::Db;
use crate::team::list_rows as lists;
use crate::time::{day_time_words, day_words};
use crate::user::rows as users;
use crate::user::{Role, User};

/// Kept figures.
///
/// # Errors
/// When they cannot be read.
pub fn figures_of(kept: &str) -> Result<Publication> {
    serde_json::from_str(kept).map_err(|_| Error::damaged())
}

/// A look as it is shown.
pub fn look_view(conn: &Db, look: &Look) -> Result<FiguresView> {
    let told: Vec<TableTold> = serde_json::from_str(&look.told).map_err(|_| Error::damaged())?;
    let offered = specs::specs(look.period, &lists::model(conn)?);
    let figures = figures_of(&look.figures)?;
    let mut tables: Vec<FiguresTable> =
        figures.tables.iter().map(|table| table_view(table, told.iter().find(|told| told.name == table.name()))).collect();
    // What could not be asked for is told beside the others.
    let barred = told.iter().filter(|told| !figures.tables.iter().any(|table| table.name() == told.name));
    tables.extend(barred.filter_map(|told| Some(barred_view(offered.iter().find(|spec| spec.name == told.name)?, told))));
    Ok(FiguresView {
        period: look.period.code(),
        words: look.period.words(),
        who: format!("Looked at {} by {} ({})", day_time_words(look.at.local()), users::name(conn, look.by)?, look.role.words()),
        rule: figures.rule.words(),
        tables,
    })
}

/// A protected table, with what is told of it in the team.
pub fn table_view(table: &Protected, told: Option<&TableTold>) -> FiguresTable {
    let lines: Vec<&str> = table.lines().collect();
    let banding =
        table.spec().bandings.iter().position(|banding| banding.lines.iter().map(|line| line.label.as_str()).eq(lines.iter().copied()));
    let width = if table.columns().is_empty() { 1 } else { table.columns().len() + 1 };
    let line = |at: usize, label: &str| FiguresLine {
        label: label.to_owned(),
        cells: (0..width).map(|column| cell_view(table.cell(at, column))).collect(),
    };
    let all = lines.iter().copied().chain(["Total"]).enumerate();
    FiguresTable {
        name: table.name().to_owned(),
        title: table.title().to_owned(),
        unit: table.unit().to_owned(),
        note: table.note().to_owned(),
        banding: number(banding.unwrap_or(0)),
        columns: table.columns().to_vec(),
        lines: if table.is_withheld() { Vec::new() } else { all.map(|(at, label)| line(at, label)).collect() },
        withheld: if table.is_withheld() { WITHHELD.to_owned() } else { String::new() },
        cause: told.map(|told| told.cause.clone()).unwrap_or_default(),
        advice: told.map(advice).unwrap_or_default(),
        hidden: told.map(|told| told.hidden.clone()).unwrap_or_default(),
    }
}

fn barred_view(spec: &Spec, told: &TableTold) -> FiguresTable {
    FiguresTable {
        name: spec.name.clone(),
        title: spec.title.clone(),
        unit: spec.unit.clone(),
        note: spec.note.clone(),
        banding: 0,
        columns: spec.columns.clone(),
        lines: Vec::new(),
        withheld: WITHHELD.to_owned(),
        cause: told.cause.clone(),
        advice: Vec::new(),
        hidden: String::new(),
    }
}

fn advice(told: &TableTold) -> Vec<TableAdvice> {
    let each = told.advice.iter();
    each.map(|one| TableAdvice { banding: number(one.banding), words: one.says.clone(), loss: one.loss.clone() }).collect()
}

fn cell_view(cell: Cell) -> FigureCell {
    match cell {
        Cell::Shown(count) => FigureCell { shown: u32::try_from(count).ok(), hidden: false },
        Cell::Hidden => FigureCell { shown: None, hidden: true },
        Cell::Nothing => FigureCell { shown: None, hidden: false },
    }
}

/// The tables that can be asked for, each with the banding that is planned.
pub fn choices(conn: &Db, period: Period, planned: &[TableAsked]) -> Result<Vec<TableChoice>> {
    let seen = room::seen(conn)?;
    let offered = specs::specs(period, &lists::model(conn)?);
    Ok(offered.iter().map(|spec| choice(spec, planned, &seen)).collect())
}

fn choice(spec: &Spec, planned: &[TableAsked], seen: &[Publication]) -> TableChoice {
    let bandings = spec.bandings.iter().enumerate().map(|(at, banding)| BandingChoice {
        banding: number(at),
        words: said(spec, at),
        lines: banding.lines.iter().map(|line| line.label.clone()).collect(),
        could: could(spec, at, seen),
    });
    TableChoice {
        name: spec.name.clone(),
        title: spec.title.clone(),
        unit: spec.unit.clone(),
        note: spec.note.clone(),
        bandings: bandings.collect(),
        planned: planned.iter().find(|asked| asked.name == spec.name).map_or(Some(0), |asked| asked.banding),
    }
}

/// What a banding would hide, from what was seen of it last: never from counts.
fn could(spec: &Spec, banding: usize, seen: &[Publication]) -> String {
    let labels: Vec<&str> = spec.bandings[banding].lines.iter().map(|line| line.label.as_str()).collect();
    let is_so = |table: &&Protected| table.name() == spec.name && table.lines().eq(labels.iter().copied());
    let last = seen.iter().rev().find_map(|publication| Some((publication, publication.tables.iter().find(is_so)?)));
    match last {
        None => String::new(),
        Some((publication, table)) if table.is_withheld() => format!("It could not be shown in {}", room::named(&publication.name)),
        Some((publication, table)) => {
            let hidden = table.cells().filter(|(.., cell)| *cell == Cell::Hidden).count();
            let (words, were) = (of_numbers(hidden, table.cells().count()), if hidden == 1 { "was" } else { "were" });
            format!("{words} {were} hidden in {}", room::named(&publication.name))
        }
    }
}

/// What no file of a release holds.
pub fn not_in_a_file() -> Vec<String> {
    ["No names", "No dates of birth", "No H&C numbers or identifiers", "No free text", "No dates more precise than the period"]
        .map(str::to_owned)
        .to_vec()
}

/// The titles of the tables that could have been asked for, and are not there.
pub fn left_out(conn: &Db, period: Period, figures: &FiguresView) -> Result<Vec<String>> {
    let offered = specs::specs(period, &lists::model(conn)?);
    Ok(offered.into_iter().filter(|spec| !figures.tables.iter().any(|table| table.name == spec.name)).map(|spec| spec.title).collect())
}

/// What was told of the tables of a release when they were looked at before it; nothing if they were not shown so.
/// What could be done is left out: whoever reads it cannot do it.
pub fn told_before(conn: &Db, release: &Release, publication: &Publication) -> Result<Vec<TableTold>> {
    let Some(look) = releases::last_look(conn, release.period, release.frame)? else { return Ok(Vec::new()) };
    if figures_of(&look.figures)?.tables != publication.tables {
        return Ok(Vec::new());
    }
    let told: Vec<TableTold> = serde_json::from_str(&look.told).map_err(|_| Error::damaged())?;
    Ok(told.into_iter().map(|told| TableTold { advice: Vec::new(), ..told }).collect())
}

/// A release as the register shows it to somebody.
pub fn release_view(conn: &Db, reader: &User, stand: &Stand, all: &[Stand]) -> Result<ReleaseView> {
    let release = &stand.release;
    let figures = figures_of(&release.figures)?;
    // One that was withdrawn corrects nothing: what it corrected stands again.
    let corrected = all.iter().rfind(|other| other.sealed && !other.is_withdrawn() && other.release.corrects == Some(release.id));
    let corrects = all.iter().find(|other| Some(other.release.id) == release.corrects);
    let withdrawn = stand.said(ReleaseSaid::Withdrawn);
    let who = format!("{} by {} ({})", day_time_words(release.made_at.local()), users::name(conn, release.made_by)?, release.role.words());
    let second = stand.said(ReleaseSaid::Agreed).or_else(|| stand.not_to_be());
    let incident = stand.sealed && room::is_incident(conn, all, release.period)?;
    let sealed = releases::files(conn, release.id)?.into_iter().map(|file| ReleaseHash { name: file.name, hash: file.hash });
    Ok(ReleaseView {
        id: release.id,
        period: release.period.code(),
        words: release.period.words(),
        state: match (stand.sealed, withdrawn.is_some()) {
            (true, true) => ReleaseState::Withdrawn,
            (true, false) => ReleaseState::Sealed,
            (false, _) if stand.waits() => ReleaseState::Waits,
            (false, _) if stand.said(ReleaseSaid::TakenBack).is_some() => ReleaseState::TakenBack,
            (false, _) => ReleaseState::Declined,
        },
        who: format!("{} {who}", if stand.sealed { "Released" } else { "Asked for" }),
        why: release.reason.clone(),
        recipient: match (release.outside, release.recipient.as_str()) {
            (true, recipient) => format!("Outside the team: {recipient}"),
            (false, "") => "The team itself".to_owned(),
            (false, recipient) => recipient.to_owned(),
        },
        outside: release.outside,
        licence: release.licence.words().to_owned(),
        expires: release.expires_on.map(|day| format!("Until {}", day_words(day))).unwrap_or_default(),
        second: second.map(|word| word_words(conn, word)).transpose()?.unwrap_or_default(),
        may_answer: may_answer(reader, stand),
        may_take_back: stand.waits() && reader.id == release.made_by,
        corrects: match corrects {
            Some(other) => format!("Corrects the release of {}", day_time_words(other.release.made_at.local())),
            None if release.corrects_elsewhere.is_empty() => String::new(),
            None => format!("Corrects {} that left from another computer", release.corrects_elsewhere),
        },
        corrected: corrected.map(|other| format!("Corrected on {}", day_time_words(other.release.made_at.local()))).unwrap_or_default(),
        withdrawn: withdrawn.map(|word| word_words(conn, word)).transpose()?.unwrap_or_default(),
        incident: if incident { room::incident_words(release.period) } else { String::new() },
        frame: room::frame_words(conn, &releases::frame(conn, release.frame)?)?,
        rule: release.rule.clone(),
        tables: figures.tables.iter().map(title).collect(),
        proofs: vec![proof_hash("For an outsider", &release.outsider)?, proof_hash("For an insider", &release.insider)?],
        sealed: sealed.collect(),
        head: release.head.clone(),
        files: Vec::new(),
        not_saved: String::new(),
    })
}

/// Whether somebody may answer a release that waits: a service lead or information governance, and not whoever asked.
pub fn may_answer(user: &User, stand: &Stand) -> bool {
    stand.waits() && user.id != stand.release.made_by && matches!(user.role, Role::ServiceLead | Role::InformationGovernance)
}

fn title(table: &Protected) -> String {
    if table.is_withheld() { format!("{} (not shown)", table.title()) } else { table.title().to_owned() }
}

/// `Agreed Tue 24-Nov-2026, 09:30 by Lead (Service lead)`; with the reason of what is not an agreement.
pub fn word_words(conn: &Db, word: &ReleaseWord) -> Result<String> {
    let what = match word.said {
        ReleaseSaid::Agreed => "Agreed",
        ReleaseSaid::Declined => "Declined",
        ReleaseSaid::TakenBack => "Taken back",
        ReleaseSaid::Withdrawn => "Withdrawn",
        ReleaseSaid::Printed => "Printed",
        ReleaseSaid::Newer(code) => code.words(),
    };
    let why = if word.reason.is_empty() { String::new() } else { format!(": {}", word.reason) };
    Ok(format!("{what} {} by {} ({}){why}", day_time_words(word.at.local()), users::name(conn, word.by)?, word.role.words()))
}

fn proof_hash(name: &str, kept: &str) -> Result<ReleaseHash> {
    let proof: attune_disclosure::Proof = serde_json::from_str(kept).map_err(|_| Error::damaged())?;
    Ok(ReleaseHash { name: name.to_owned(), hash: proof.digest })
}

/// Day and words of a line of the register that is no release.
pub fn beside(conn: &Db) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for frame in releases::all_frames(conn)?.into_iter().filter(|frame| frame.number > 0) {
        let (day, who) = (day_words(frame.at.date()), users::name(conn, frame.by)?);
        lines.push((frame.at, format!("{day}: {who} had the end of {} counted again: {}", frame.quarter.words(), frame.reason)));
    }
    lines.extend(seat::lines(conn)?);
    for stand in room::stands(conn)? {
        for word in stand.words.iter().filter(|word| word.said == ReleaseSaid::Printed) {
            let (day, who) = (day_words(word.at.date()), users::name(conn, word.by)?);
            lines.push((word.at, format!("{day}: {who} printed the tables of {}", stand.release.period.words())));
        }
    }
    for look in releases::looks(conn)? {
        let (day, who) = (day_words(look.at.date()), users::name(conn, look.by)?);
        lines.push((look.at, format!("{day}: {who} looked at figures of {}", look.period.words())));
    }
    lines.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(lines.into_iter().map(|(_, words)| words).collect())
}

/// A small number as it is sent.
pub fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
