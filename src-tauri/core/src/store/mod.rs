//! The encrypted store: SQL, the log, and the rows rebuilt from it. The only
//! place with SQL in it.

pub mod ace;
pub mod acts;
pub mod apply;
pub mod caseload;
pub mod concerns;
pub mod contacts;
pub mod counts;
pub mod db;
#[cfg(feature = "bindings")]
pub mod dictionary;
pub mod drafts;
pub mod encode;
pub mod entries;
pub mod episodes;
pub mod families;
pub mod flags;
pub mod forms;
pub mod history;
pub mod in_error;
mod in_team;
pub mod listed;
pub mod lists;
pub mod log;
pub mod looks;
pub mod migrate;
pub mod open;
pub mod people;
pub mod placements;
#[cfg(test)]
mod plan;
pub mod priorities;
pub mod rebuild;
pub mod releases;
pub mod row;
#[cfg(test)]
mod samples;
pub mod search;
pub mod seen;
pub mod settings;
pub mod table;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod tx;
pub mod used;
pub mod users;
pub mod vault;
pub mod verify;
mod visits;
pub mod words;
