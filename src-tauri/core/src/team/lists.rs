//! The team's own lists, and its model of the steps.

use crate::codes::Code;
use crate::error::{Error, RecordRefused, Result};
use crate::ids::UserId;
use crate::op::Op;
use crate::placement::model;
use crate::placement::model::{ChangeModel, StepModelView};
use crate::reader::Reader;
use crate::reply::{Nothing, Reply};
use crate::session::Session;
use crate::store::db::Db;
use crate::team::code_list;
use crate::team::code_list::{ChangeList, ListName, ListView, ListsView};
use crate::team::list_rows as store;
use crate::time::{Timestamp, day_time_words};
use crate::user::rows as users;

/// The lists as they are now.
///
/// # Errors
/// When the read log could not be written.
pub fn lists(reader: &Reader<'_>, _: Nothing) -> Result<ListsView> {
    let reader = &reader.listed("lists")?;
    let view = |list: &ListName| {
        let version = store::version(reader.conn, *list)?;
        Ok(ListView {
            list: *list,
            title: list.words().to_owned(),
            changed: changed(reader.conn, version.as_ref().map(|version| (version.by, version.at)))?,
            version: version.map(|version| version.id),
            entries: store::entries(reader.conn, *list)?,
        })
    };
    Ok(ListsView { lists: ListName::ALL.iter().map(view).collect::<Result<_>>()? })
}

/// Changes a list: re-words, adds, retires, puts in another order.
///
/// # Errors
/// See [`code_list::ListRefused`]; `changed_since`.
pub fn change_list(session: &mut Session, request: ChangeList) -> Result<Reply<Nothing>> {
    session.transact(Op::ChangeList, |tx| {
        let standing = store::version(tx, request.list)?;
        if standing.as_ref().map(|version| version.id) != request.version {
            return Err(changed_since("The list was"));
        }
        let entries = store::entries(tx, request.list)?;
        let next = code_list::enter(&request, &entries, tx.written())?;
        if next.entries != entries {
            tx.create(&next)?;
        }
        Ok(Nothing {})
    })
}

/// The model of the steps as it is now.
///
/// # Errors
/// When the read log could not be written.
pub fn step_model(reader: &Reader<'_>, _: Nothing) -> Result<StepModelView> {
    let reader = &reader.listed("step_model")?;
    let model = store::model(reader.conn)?;
    let by = (!model.is_example()).then_some((model.by, model.at));
    Ok(StepModelView { version: model.id, changed: changed(reader.conn, by)?, label: model.label, steps: model.steps })
}

/// Changes the model of the steps. What was placed before keeps its words.
///
/// # Errors
/// See [`model::ModelRefused`]; `changed_since`.
pub fn change_step_model(session: &mut Session, request: ChangeModel) -> Result<Reply<Nothing>> {
    session.transact(Op::ChangeStepModel, |tx| {
        let standing = store::model(tx)?;
        if standing.id != request.version {
            return Err(changed_since("The model was"));
        }
        let next = model::enter(&request, &standing, tx.written())?;
        if (&next.label, &next.steps) != (&standing.label, &standing.steps) {
            tx.create(&next)?;
        }
        Ok(Nothing {})
    })
}

fn changed(conn: &Db, by: Option<(UserId, Timestamp)>) -> Result<String> {
    let Some((by, at)) = by else { return Ok("As it came with Attune".to_owned()) };
    Ok(format!("Changed by {}, {}", users::name(conn, by)?, day_time_words(at.local())))
}

fn changed_since(what: &str) -> Error {
    RecordRefused::ChangedSince.says(format!(
        "{what} changed after you opened this. Your changes have not been saved, and what you typed is still here. Compare the two, then \
         save again."
    ))
}
