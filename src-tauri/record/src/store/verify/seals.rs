//! The seals: each is the signature of its computer, of what stands there now,
//! and none is gone from under what was sealed with it.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension;

use crate::error::Result;
use crate::ids::DeviceId;
use crate::store::db::Db;
use crate::store::log;
use crate::store::verify::streams::streams;
use crate::store::verify::{CheckSignature, Finding, found};

pub(super) fn check(conn: &Db, verify_signature: &CheckSignature, findings: &mut Vec<Finding>) -> Result<()> {
    for stream in streams(conn, false)?.into_iter().chain(streams(conn, true)?) {
        let mut statement = conn.prepare_cached("SELECT seq, hash, signature FROM seal WHERE sid = ? ORDER BY seq")?;
        let mut rows = statement.query([stream.sid])?;
        while let Some(row) = rows.next()? {
            let (seq, hash, signature): (i64, [u8; 32], [u8; 64]) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let message = log::seal_message(DeviceId(stream.device), stream.scope, seq, &hash);
            let standing: Option<[u8; 32]> = conn
                .prepare_cached(
                    "SELECT hash FROM operation WHERE sid = ?1 AND seq = ?2 UNION ALL SELECT hash FROM access WHERE sid = ?1 AND seq = ?2",
                )?
                .query_row([stream.sid, seq], |row| row.get(0))
                .optional()?;
            if !verify_signature(&stream.public_key, &message, &signature) {
                found(findings, stream.place(seq), "its seal is not this computer's signature");
            } else if standing != Some(hash) {
                found(findings, stream.place(seq), "it is not what was sealed");
            }
        }
    }
    check_gone(conn, findings)
}

/// A computer seals all its streams at once. So whatever it wrote before
/// something that is sealed must be under a seal too.
fn check_gone(conn: &Db, findings: &mut Vec<Finding>) -> Result<()> {
    let mut statement = conn.prepare(
        "WITH sealed (did, oid) AS (
           SELECT did, max(oid) FROM seal JOIN operation USING (sid, seq) JOIN stream USING (sid) GROUP BY did
         )
         SELECT sid, max(seq) AS last FROM operation JOIN stream USING (sid) JOIN sealed USING (did)
         WHERE operation.oid <= sealed.oid
         GROUP BY sid HAVING last > coalesce(
           (SELECT max(under.seq) FROM seal JOIN operation under USING (sid, seq) WHERE seal.sid = operation.sid), 0)",
    )?;
    let gone: BTreeMap<i64, i64> = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for stream in streams(conn, false)? {
        if let Some(seq) = gone.get(&stream.sid) {
            found(findings, stream.place(*seq), "it was sealed, and the seal is missing");
        }
    }
    Ok(())
}
