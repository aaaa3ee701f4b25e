//! The encrypted store: SQL, the log, and the rows rebuilt from it. The only
//! place with SQL in it.

pub mod acts;
pub mod apply;
pub mod caseload;
pub mod db;
pub mod drafts;
pub mod encode;
pub mod entries;
pub mod forms;
pub mod history;
pub mod in_error;
pub mod in_team;
pub mod listed;
pub mod log;
pub mod looks;
pub mod migrate;
pub mod open;
#[cfg(test)]
mod plan;
pub mod rebuild;
pub mod row;
pub mod search;
pub mod seen;
pub mod settings;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod tx;
pub mod used;
pub mod vault;
pub mod verify;
pub mod words;
