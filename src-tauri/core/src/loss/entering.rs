//! What is recorded of a loss, or why it is not.

use chrono::NaiveDate;

use crate::error;
use crate::error::Error;
use crate::loss::{Loss, LossId, LossKind, LossRefused, RecordLoss, kinds_of};
use crate::person::age::Gestation;
use crate::person::{FamilyRole, Person};
use crate::record::written::Written;
use crate::time::Timestamp;
use crate::typed::when;
use crate::typed::when::Lean;

/// From this many days of a pregnancy, 24+0 weeks, a baby is stillborn.
const STILLBIRTH_FROM_DAYS: i64 = 24 * 7;
/// A neonatal death is one within so many days of birth.
const NEONATAL_DAYS: i64 = 28;

/// A loss as asked for.
///
/// # Errors
/// See [`LossRefused`], or what is said of a date that is none.
pub fn enter(request: &RecordLoss, person: &Person, written: Written<LossId>) -> error::Result<Loss> {
    if person.loss.is_some() {
        return Err(LossRefused::Recorded.into());
    }
    let kind = request.kind.ok_or(LossRefused::NoKind)?;
    let lost_on = day(&request.lost_on, written.at)?;
    fits(kind, person)?;
    if let Some(on) = lost_on {
        fits_day(kind, person, on)?;
    }
    Ok(Loss { id: written.id, family: person.family, person: person.id, kind, lost_on, by: written.by, at: written.at })
}

fn day(typed: &str, now: Timestamp) -> error::Result<Option<NaiveDate>> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let day = when::parse(typed, Lean::Past, now).map_err(|refusal| Error::from(refusal).at("lostOn"))?.date;
    if day > now.date() { Err(LossRefused::InFuture.into()) } else { Ok(Some(day)) }
}

/// What can have happened to this person.
fn fits(kind: LossKind, person: &Person) -> Result<(), LossRefused> {
    let (is_infant, is_born) = (person.role == FamilyRole::Infant, person.born_on.is_some());
    if kinds_of(is_infant, is_born).contains(&kind) {
        return Ok(());
    }
    Err(match (is_infant, is_born) {
        (false, _) => LossRefused::DeathOnly,
        (true, false) => LossRefused::NotBorn,
        (true, true) => LossRefused::NotPregnant,
    })
}

fn fits_day(kind: LossKind, person: &Person, on: NaiveDate) -> Result<(), LossRefused> {
    if let Some(born) = person.born_on {
        if on < born {
            return Err(LossRefused::BeforeBirth);
        }
        if kind == LossKind::NeonatalDeath && (on - born).num_days() >= NEONATAL_DAYS {
            return Err(LossRefused::NotNeonatal);
        }
        return Ok(());
    }
    let reached = person.due_on.and_then(|due| Gestation::on(due, on)).map(Gestation::days);
    match (kind, reached) {
        (LossKind::Stillbirth, Some(..STILLBIRTH_FROM_DAYS)) => Err(LossRefused::StillbirthFrom24),
        (LossKind::Miscarriage, Some(STILLBIRTH_FROM_DAYS..)) => Err(LossRefused::MiscarriageTo24),
        _ => Ok(()),
    }
}
