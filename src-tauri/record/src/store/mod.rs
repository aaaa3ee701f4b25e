//! The encrypted store: SQL, the log, and the rows rebuilt from it. The only
//! place with SQL in it.

pub mod acts;
pub mod apply;
pub mod clocks;
pub mod db;
pub mod drafts;
pub mod encode;
pub mod entries;
pub mod history;
pub mod in_error;
pub mod in_team;
pub mod log;
pub mod looks;
pub mod migrate;
pub mod open;
pub mod rebuild;
pub mod row;
pub mod schema;
pub mod seen;
pub mod settings;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod toy;
pub mod tx;
pub mod used;
pub mod vault;
pub mod verify;
pub mod words;
