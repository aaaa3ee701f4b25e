//! An answer comes after the disk has it: how every connection that writes is
//! set.

use attune_core::store::open;
use serde_json::json;

use crate::support::*;

#[test]
fn every_writer_commits_with_wal_and_full() {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    let pragmas = desk.write(|session| open::commit_pragmas(session.conn())).unwrap();
    assert_eq!(pragmas, ("wal".to_owned(), 2), "synchronous FULL is 2");
    let again = place.copy();
    drop(desk);
    let desk = again.desk();
    unlock(&desk, "lead").unwrap();
    call(&desk, "lock", json!({}));
    unlock(&desk, "lead").unwrap();
    assert_eq!(desk.write(|session| open::commit_pragmas(session.conn())).unwrap(), pragmas, "after a lock too");
}

#[test]
fn a_vault_that_was_just_made_is_durable_too() {
    let place = Place::new();
    let desk = team(&place);
    assert_eq!(desk.write(|session| open::commit_pragmas(session.conn())).unwrap(), ("wal".to_owned(), 2));
}
