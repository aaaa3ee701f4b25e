//! The words of the log, read once: whoever goes through the whole log asks for
//! the same few hundred at every step.

use std::collections::HashMap;

use rusqlite::types::Value;

use crate::error::{Error, Result};
use crate::store::db::Db;
use crate::store::encode;

/// Every word by its local number.
pub struct Words(HashMap<i64, String>);

impl Words {
    /// Reads them all.
    pub fn read(conn: &Db) -> Result<Self> {
        let mut statement = conn.prepare_cached("SELECT wid, word FROM word")?;
        let words = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self(words.collect::<rusqlite::Result<_>>()?))
    }

    /// The word of that number.
    ///
    /// # Errors
    /// `vault_damaged` when there is none.
    pub fn of(&self, wid: i64) -> Result<&str> {
        self.0.get(&wid).map(String::as_str).ok_or_else(Error::damaged)
    }

    /// The fields of a packed row by name.
    ///
    /// # Errors
    /// `vault_damaged` when the bytes are not such a row.
    pub fn fields(&self, packed: &[u8]) -> Result<Vec<(&str, Value)>> {
        encode::unpack_row(packed)?.into_iter().map(|(wid, value)| Ok((self.of(wid)?, value))).collect()
    }
}
