//! An encrypted, logged record: keys and identity, a log of signed chains, rows
//! that can be made anew from it, and what is kept beside it. It knows no infant
//! and no step: an application declares its records (`record!`), and hands over
//! what it computes from them ([`store::schema::Schema`]).

pub mod codes;
pub mod error;
pub mod ids;
pub mod record;
pub mod store;
pub mod time;
pub mod vault;
