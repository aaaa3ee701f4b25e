//! One act may write to several scopes: an operation in the log of each, in one
//! transaction, tied by the number of the act.

use attune_core::desk::Desk;
use attune_core::error::Result;
use attune_core::family::{Flag, FlagKind};
use attune_core::ids::FamilyId;
use attune_core::op::Op;
use attune_core::store::tx::Tx;
use attune_core::team::rows as settings;
use serde_json::{Value, json};

use super::support::*;

/// The families of the place, as ids.
fn families(place: &Place) -> Vec<FamilyId> {
    let held = rows(&place.open_with_copy(&place.key()), "SELECT lower(hex(id)) FROM family ORDER BY id");
    let id = |row: &String| serde_json::from_value(json!(row.split('"').nth(1).unwrap())).unwrap();
    held.iter().map(id).collect()
}

/// Renames the team and sets a flag in each family, there and back.
fn everywhere(tx: &Tx<'_>, families: &[FamilyId]) -> Result<()> {
    let team = settings::team(tx)?;
    tx.because("A flood");
    for family in families.iter().chain(families) {
        let flag = Flag {
            id: tx.new_id(),
            family: *family,
            kind: FlagKind::VisitInPairs,
            detail: String::new(),
            since: tx.now().date(),
            review_on: None,
            ended_on: None,
            set_by: tx.actor(),
        };
        tx.create(&flag)?;
        tx.amend(&settings::team(tx)?, &settings::Team { name: format!("{}, moved", team.name), ..team.clone() }, i64::MAX)?;
    }
    Ok(())
}

/// Scope, act, number and reason of the last operations.
fn last_operations(desk: &Desk, count: usize) -> Vec<String> {
    let sql = format!(
        "SELECT hex(scope_id), hex(act), oid, reason FROM operation JOIN stream USING (sid) JOIN scope USING (scid) ORDER BY oid DESC LIMIT {count}"
    );
    desk.write(|session| Ok(rows(session.conn().as_raw(), &sql))).unwrap()
}

#[test]
fn an_act_over_several_scopes_is_an_operation_in_each_and_one_act() {
    let place = lived_in().place.copy();
    let families = families(&place);
    let desk = place.as_user("lead");
    let before = count(&place.open_with_copy(&place.key()), "SELECT count(*) FROM operation");
    let done = desk.write(|session| session.transact(Op::SetFlag, |tx| everywhere(tx, &families))).unwrap();

    let held = place.open_with_copy(&place.key());
    let scopes = families.len() + 1;
    assert_eq!(count(&held, "SELECT count(*) FROM operation"), before + scopes as i64);
    assert_eq!(done.seen, before + scopes as i64, "a form read after it has seen all of it");
    assert_eq!(count(&held, &format!("SELECT count(DISTINCT act) FROM operation WHERE oid > {before} AND act IS NOT NULL")), 1);
    assert_eq!(count(&held, &format!("SELECT count(*) FROM operation WHERE oid > {before} AND act IS NULL")), 0);
    assert_eq!(count(&held, &format!("SELECT count(DISTINCT sid) FROM operation WHERE oid > {before}")), scopes as i64);
    let told = last_operations(&desk, scopes);
    assert!(told.iter().all(|operation| operation.contains("A flood")), "{told:?}");

    // Whole, and what the log makes of it is what was written.
    assert_eq!(findings(&desk), [""; 0]);
    for family in &families {
        let history = call(&desk, "history", json!({"family": family}))["lines"].to_string();
        assert!(history.contains("Visit in pairs"), "{history}");
    }
    assert!(call(&desk, "settings", json!({}))["team"].as_str().unwrap().ends_with(", moved"));
}

#[test]
fn an_act_over_several_scopes_that_is_refused_in_one_is_done_in_none() {
    let place = lived_in().place.copy();
    let families = families(&place);
    let desk = place.as_user("lead");
    let before = everything(&place.open_with_copy(&place.key()));
    let refused = desk.write(|session| {
        session.transact(Op::SetFlag, |tx| {
            everywhere(tx, &families)?;
            Err::<Value, _>(attune_core::error::Error::not_found("last one"))
        })
    });
    assert_eq!(refused.unwrap_err().code, "not_found");
    assert_eq!(everything(&place.open_with_copy(&place.key())), before);
}
