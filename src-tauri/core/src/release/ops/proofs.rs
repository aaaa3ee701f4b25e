//! The proofs of a release, checked: before it is sealed, and whenever somebody asks.

use attune_disclosure::{Cell, Proof, Publication};

use crate::error::Result;
use crate::reader::Reader;
use crate::release::ops::room;
use crate::release::ops::views::figures_of;
use crate::release::records::Release;
use crate::release::{OfRelease, ProofChecked};
use crate::store::db::Db;
use crate::typed;

/// Whether the proofs that a release is sealed with hold, and are of the numbers that it prints.
///
/// # Errors
/// [`SummaryRefused::NoRelease`].
pub fn check_release_proof(reader: &Reader<'_>, request: OfRelease) -> Result<ProofChecked> {
    let reader = &reader.listed("check_release_proof")?;
    let stand = room::one(reader.conn, request.release)?;
    if let Some((whose, wrong)) = wrong_with(reader.conn, &stand.release)? {
        let words =
            format!("The proof for {whose} {wrong}. Do not use this release, and tell the service lead and information governance.");
        return Ok(ProofChecked { holds: false, words });
    }
    let figures = figures_of(&stand.release.figures)?;
    let hidden = figures.tables.iter().flat_map(attune_disclosure::Protected::cells).filter(|(.., cell)| *cell == Cell::Hidden).count();
    let each = typed::counted::of(u32::try_from(hidden).unwrap_or(u32::MAX), "hidden number", "hidden numbers");
    let can = if hidden == 1 { "can still be" } else { "can each still be" };
    let words = format!("Both proofs hold, and are of the numbers of this release: {each} {can} any small number.");
    Ok(ProofChecked { holds: true, words })
}

/// For whom a proof of a release does not hold, and why: it is missing, wrong, of other numbers, or, of the one that leaves, it
/// tells of what never left. None if both hold.
pub fn wrong_with(conn: &Db, release: &Release) -> Result<Option<(&'static str, &'static str)>> {
    let figures = figures_of(&release.figures)?;
    let left: Vec<String> = room::seen(conn)?.into_iter().filter(|seen| seen.left).map(|seen| seen.name).collect();
    let tells = |proof: &Proof| proof.cells.iter().any(|cell| cell.release != figures.name && !left.contains(&cell.release));
    for (whose, kept) in [("an outsider", &release.outsider), ("an insider", &release.insider)] {
        let wrong = match serde_json::from_str::<Proof>(kept).ok() {
            None => Some("cannot be read"),
            Some(proof) if proof.check().is_err() => Some("does not hold"),
            Some(proof) if !is_of(&proof, &figures) => Some("is of other numbers"),
            Some(proof) if whose == "an outsider" && tells(&proof) => Some("tells of figures that never left"),
            Some(_) => None,
        };
        if let Some(wrong) = wrong {
            return Ok(Some((whose, wrong)));
        }
    }
    Ok(None)
}

fn is_of(proof: &Proof, figures: &Publication) -> bool {
    let mut printed = Vec::new();
    for table in &figures.tables {
        for (line, column, cell) in table.cells() {
            let said = match cell {
                Cell::Shown(number) => number.to_string(),
                _ => attune_disclosure::render::HIDDEN.to_owned(),
            };
            printed.push((table.title().to_owned(), table.place(line, column), said));
        }
    }
    proof.is_of(&figures.name, printed.iter().map(|(table, line, said)| (table.as_str(), line.as_str(), said.as_str()))).is_ok()
}
