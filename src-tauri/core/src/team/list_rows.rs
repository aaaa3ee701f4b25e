//! The team's own lists and its model of the steps, in versions.

use crate::codes::Code;
use crate::error::Result;
use crate::placement::model::{StepModel, StepModelId};
use crate::store::db::Db;
use crate::store::{in_error, in_team};
use crate::team::code_list;
use crate::team::code_list::{CodeList, ListName, Listed};

/// The version of a list that was recorded last, if the team has one.
pub fn version(conn: &Db, list: ListName) -> Result<Option<CodeList>> {
    Ok(in_team::in_order(conn, "list = ?", [list.code()])?.pop())
}

/// The entries of a list as they are now.
pub fn entries(conn: &Db, list: ListName) -> Result<Vec<Listed>> {
    version(conn, list)?.map_or_else(|| code_list::first_entries(list), |version| Ok(version.entries))
}

/// The model of the steps as it is now.
pub fn model(conn: &Db) -> Result<StepModel> {
    in_team::in_order(conn, "1", [])?.pop().map_or_else(StepModel::example, Ok)
}

/// Every model of the steps that has been in use, the newest first.
pub fn models(conn: &Db) -> Result<Vec<StepModel>> {
    let mut all = vec![StepModel::example()?];
    all.extend(in_team::in_order(conn, "1", [])?);
    all.reverse();
    Ok(all)
}

/// A version of the model; the example under its own id.
pub fn model_of(conn: &Db, version: StepModelId) -> Result<Option<StepModel>> {
    if version.0.is_nil() { StepModel::example().map(Some) } else { in_error::kept(conn, version.0) }
}
