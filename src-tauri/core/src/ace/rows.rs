//! ACE conversations and exposure records. No other store file names these
//! tables: nothing can join to them.

use crate::ace::{AceConversation, AceExposure};
use crate::error::Result;
use crate::ids::FamilyId;
use crate::store::db::Db;
use crate::store::entries;

/// A family's conversations, latest first, also those entered in error.
pub fn conversations(conn: &Db, family: FamilyId) -> Result<Vec<AceConversation>> {
    let mut conversations = entries::kept_in_order(conn, family)?;
    conversations.reverse();
    Ok(conversations)
}

/// A family's exposure records, latest first, also those entered in error.
pub fn exposures(conn: &Db, family: FamilyId) -> Result<Vec<AceExposure>> {
    let mut exposures = entries::kept_in_order(conn, family)?;
    exposures.reverse();
    Ok(exposures)
}
