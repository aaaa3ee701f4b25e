//! Unfinished forms among the drafts: one row a family or the team, form and author.

use uuid::Uuid;

use crate::codes::Code;
use crate::error::Result;
use crate::form::{FormName, OfForm};
use crate::ids::{FamilyId, UserId};
use crate::store::db::Db;
use crate::store::drafts::{self, Draft, Of};
use crate::time::Timestamp;

/// How a form is named among the drafts: its code, and what it is about.
#[must_use]
pub fn named(of: &OfForm) -> String {
    format!("{}/{}", of.form.code(), of.of)
}

/// Which draft a form is, under that name.
#[must_use]
pub fn draft_of<'a>(of: &OfForm, named: &'a str) -> Of<'a> {
    Of { about: of.family.map_or(Uuid::nil(), |family| family.0), form: named }
}

/// What the author has kept of a form.
pub fn of(conn: &Db, author: UserId, of: &OfForm) -> Result<Option<Draft>> {
    drafts::of(conn, author, draft_of(of, &named(of)))
}

/// The author's unfinished forms, latest first. What a newer version kept is its own.
pub fn by(conn: &Db, author: UserId) -> Result<Vec<(OfForm, Timestamp)>> {
    let form = |draft: Draft| {
        let (code, of) = draft.form.split_once('/')?;
        let family = Some(FamilyId(draft.about)).filter(|family| !family.0.is_nil());
        Some((OfForm { family, form: FormName::from_code(code)?, of: of.to_owned() }, draft.saved_at))
    };
    Ok(drafts::by(conn, author)?.into_iter().filter_map(form).collect())
}
