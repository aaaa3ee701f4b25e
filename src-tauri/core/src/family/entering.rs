//! A flag as asked for becomes a flag, or is refused.

use crate::error::{Error, Result};
use crate::family::{FamilyRefused, Flag, FlagKind, SetFlag};
use crate::ids::FlagId;
use crate::record::written::Written;
use crate::time::Timestamp;
use crate::typed;
use crate::typed::when;
use crate::typed::when::Lean;

/// The longest detail of a flag, in characters: it is shown in the banner.
const LONGEST_DETAIL: usize = 120;

/// A flag beside those `standing`, from the day it is written.
///
/// # Errors
/// [`FamilyRefused::NoFlagDetail`], [`FamilyRefused::BadFlagDetail`],
/// [`FamilyRefused::FlagThere`], [`FamilyRefused::FlagReviewPast`], or what is
/// said of a date that is none.
pub fn flag(request: SetFlag, standing: &[Flag], written: Written<FlagId>) -> Result<Flag> {
    let detail = typed::line(&request.detail, LONGEST_DETAIL).ok_or(FamilyRefused::BadFlagDetail)?;
    if request.kind == FlagKind::Interpreter && detail.is_empty() {
        return Err(FamilyRefused::NoFlagDetail.into());
    }
    if standing.iter().any(|flag| flag.kind == request.kind && flag.detail == detail) {
        return Err(FamilyRefused::FlagThere.into());
    }
    let now = written.at;
    let review_on = match request.review_on.trim() {
        "" => None,
        day => Some(when::parse(day, Lean::Future, now).map_err(|refusal| Error::from(refusal).at("reviewOn"))?.date),
    };
    if review_on.is_some_and(|day| day <= now.date()) {
        return Err(FamilyRefused::FlagReviewPast.into());
    }
    let since = written.at.date();
    Ok(Flag { id: written.id, family: request.family, kind: request.kind, detail, since, review_on, ended_on: None, set_by: written.by })
}

/// The flag as it is once it has ended.
///
/// # Errors
/// [`FamilyRefused::FlagEnded`].
pub fn end(flag: &Flag, now: Timestamp) -> std::result::Result<Flag, FamilyRefused> {
    if flag.ended_on.is_some() {
        return Err(FamilyRefused::FlagEnded);
    }
    Ok(Flag { ended_on: Some(now.date()), ..flag.clone() })
}
