//! Echoing a typed date while it is being typed.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::reader::Reader;
use crate::typed::when;
use crate::typed::when::Lean;

/// A typed date.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ParseWhen {
    /// As typed.
    pub text: String,
    /// An end typed apart: `15:05`, `65`.
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub until: Option<String>,
    /// Which way a missing year leans.
    pub lean: LeanTo,
}

/// Which way a typed date leans.
#[derive(Debug, Clone, Copy, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LeanTo {
    /// Something that has happened.
    Past,
    /// Something planned.
    Future,
}

/// A typed date in words.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct WhenView {
    /// `Mon 30-Nov-2026, 10:30`.
    pub words: String,
    /// `Monday 30 November 2026 at 10:30`, for screen readers.
    pub long_words: String,
    /// What the field keeps: a full date as it was typed, else the words without an
    /// end that was typed apart. It means the same on every other day.
    pub fixed: String,
}

/// More than a year: what means the same so long before and after does not move.
const FAR_MINUTES: i64 = 400 * 24 * 60;

/// A typed date in words.
///
/// # Errors
/// A sentence that says what can be typed.
pub fn parse_when(reader: &Reader<'_>, request: ParseWhen) -> Result<WhenView> {
    let lean = match request.lean {
        LeanTo::Past => Lean::Past,
        LeanTo::Future => Lean::Future,
    };
    let until = request.until.as_deref().unwrap_or_default();
    let when = when::parse_with_end(&request.text, until, lean, reader.now()).map_err(|refusal| Error::from(refusal).at("text"))?;
    // A date that was typed in full stays as it was typed.
    let on_other_days = [-FAR_MINUTES, FAR_MINUTES].map(|minutes| reader.now().plus_minutes(minutes));
    let same = |now| when::parse_with_end(&request.text, until, lean, now).is_ok_and(|other| other.words() == when.words());
    let fixed = if on_other_days.into_iter().all(same) { request.text.trim().to_owned() } else { when.fixed(until) };
    Ok(WhenView { words: when.words(), long_words: when.long_words(), fixed })
}
