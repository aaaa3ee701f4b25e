//! The computers: each one's name is that of its key, and it counts what it
//! wrote over all its streams.

use crate::error::Result;
use crate::store::db::Db;
use crate::store::verify::streams::entry;
use crate::store::verify::{Finding, found};

/// Every device's operations are numbered without a gap over all its streams.
pub(super) fn check(conn: &Db, findings: &mut Vec<Finding>) -> Result<()> {
    let mut devices = conn.prepare("SELECT did, device_id, public_key, dev_seq FROM device")?;
    let mut rows = devices.query([])?;
    while let Some(row) = rows.next()? {
        let (did, id, public, last): (i64, [u8; 16], Vec<u8>, i64) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let place = format!("computer {did}");
        if blake3::hash(&public).as_bytes()[..16] != id {
            found(findings, &place, "its name does not belong to its key");
        }
        let mut numbers = conn.prepare("SELECT dev_seq, sid, seq FROM operation JOIN stream USING (sid) WHERE did = ? ORDER BY dev_seq")?;
        let mut expected = 1;
        let mut each = numbers.query([did])?;
        while let Some(row) = each.next()? {
            let number: i64 = row.get(0)?;
            if number != expected {
                let words =
                    format!("entries {expected} to {} of {place} are missing before {}", number - 1, entry(row.get(1)?, row.get(2)?));
                found(findings, &place, words);
            }
            expected = number + 1;
        }
        if expected != last + 1 {
            found(findings, &place, format!("entries {expected} to {last} are missing at its end"));
        }
    }
    Ok(())
}
