//! What lists tell of a family, computed whenever the family is written to.

use rusqlite::named_params;

use crate::contact::visits::Visits;
use crate::error::Result;
use crate::family::EpisodeId;
use crate::family::rows as families;
use crate::follow_up;
use crate::ids::FamilyId;
use crate::person::PersonId;
use crate::screens::listed;
use crate::store::schema::Computing;
use crate::team::working_days;
use crate::time::Timestamp;
use crate::typed::fold;

/// Brings what lists tell of a family up to date.
pub(crate) fn follow(conn: &Computing, family: FamilyId) -> Result<()> {
    row_of(conn, family)?;
    listed::follow(conn, family)
}

/// Brings the lists up to date when somebody came or left, or has another role:
/// families whose key worker has left have none.
pub(crate) fn follow_users(conn: &Computing) -> Result<()> {
    let left: Vec<FamilyId> = conn.all(
        "SELECT DISTINCT c.family FROM caseload c
         WHERE c.no_worker <> NOT EXISTS (SELECT 1 FROM user u WHERE u.id = c.key_worker AND u.active)",
        [],
        |row| row.get(0),
    )?;
    left.into_iter().try_for_each(|family| follow(conn, family))?;
    listed::follow_readers(conn)
}

fn row_of(conn: &Computing, family: FamilyId) -> Result<()> {
    let first: Option<(String, String)> = conn.one(
        "SELECT family_name, given FROM person WHERE family = ? AND role = 'infant'
             ORDER BY coalesce(birth_order, 99), born_on, id LIMIT 1",
        [family],
        |r| Ok((r.get(0)?, r.get(1)?)),
    )?;
    let name = first.map(|(name, given)| format!("{}\t{}", fold::fold(&name), fold::fold(&given))).unwrap_or_default();
    // No list has a family that was entered in error.
    if families::is_in_error(conn, family)? {
        conn.run("DELETE FROM caseload WHERE family = ?", [family])?;
        return Ok(());
    }
    // An episode that has ended, or that somebody else works with now.
    conn.run(
        "DELETE FROM caseload WHERE family = ? AND NOT EXISTS (
           SELECT 1 FROM episode e WHERE e.id = caseload.episode AND e.closed_on = '' AND e.key_worker IS caseload.key_worker
             AND e.therapist IS caseload.therapist AND e.partner_worker IS caseload.partner_worker)",
        [family],
    )?;
    let visits = Visits::of(conn, family)?;
    // No infant is left, and no pregnancy: what was promised or due before is asked for no more.
    let bereaved: bool = conn.value(
        "SELECT EXISTS (SELECT 1 FROM person WHERE family = ?1 AND role = 'infant')
           AND NOT EXISTS (SELECT 1 FROM person WHERE family = ?1 AND role = 'infant' AND loss = '')",
        [family],
    )?;
    let since: Option<Vec<u8>> = if bereaved { Visits::last_loss(conn, family)? } else { None };
    let infants: Vec<PersonId> = conn.all(
        "SELECT id FROM person WHERE family = ? AND role = 'infant' AND born_on <> '' AND loss = '' ORDER BY coalesce(birth_order, 99), born_on, id",
        [family],
        |r| r.get(0),
    )?;
    let open: Vec<EpisodeId> = conn.all("SELECT id FROM episode WHERE family = ? AND closed_on = ''", [family], |r| r.get(0))?;
    for episode in open {
        let mut seen = visits.last_seen(episode, &infants);
        seen.follow_up = seen.follow_up.filter(|_| !bereaved);
        let asked_on = seen.follow_up.map(|asked| Timestamp(asked.at).date());
        let overdue_on = asked_on.and_then(|on| working_days::after(on, follow_up::WORKING_DAYS).on.succ_opt());
        conn.run(
            include_str!("sql/caseload_row.sql"),
            named_params! {
                ":episode": episode, ":name": name, ":last": visits.last(episode),
                ":last_met": visits.last_met(episode, &infants, &seen), ":seen": serde_json::to_string(&seen).unwrap_or_default(), ":follow_up": seen.follow_up.map(|asked| asked.at), ":asked_on": asked_on.map(|on| on.to_string()), ":overdue_on": overdue_on.map(|on| on.to_string()), ":next_visit": visits.next_visit(episode, since.as_deref()), ":bereaved": bereaved,
            },
        )?;
    }
    Ok(())
}

/// Computes every row anew.
pub(crate) fn fill(conn: &Computing) -> Result<()> {
    let families: Vec<FamilyId> = conn.all("SELECT DISTINCT family FROM episode WHERE closed_on = ''", [], |row| row.get(0))?;
    conn.run("DELETE FROM caseload", [])?;
    families.into_iter().try_for_each(|family| row_of(conn, family))?;
    listed::fill(conn)
}
