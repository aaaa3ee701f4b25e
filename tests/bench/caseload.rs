//! The caseload by the one door, against bare prepared statements that read
//! the same rows: every fact a row tells, and nothing made of it.

use std::hint::black_box;

use attune_core::desk::Desk;
use attune_core::ids::UserId;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Statement, named_params};
use serde_json::{Value, json};

use crate::measure::{Figure, RUNS, in_turns};
use crate::place::{FAMILIES, Place, call};

/// Of a worker, with about as many families as a worker has, and of all.
pub fn figures(place: &Place) {
    let floors = [
        ("niamh", "one key worker", 60, bare as fn(&Connection, UserId) -> Vec<Vec<Sql>>),
        ("tara", "a therapist allocated to all", 3, bare_of_all),
    ];
    for (sign_in, whose, turns, floor) in floors {
        let desk = place.as_user(sign_in);
        let conn = place.reader();
        let me = user(&conn, sign_in);
        let rows = read(&desk)["rows"].as_array().unwrap().len();
        assert_eq!(floor(&conn, me).len(), rows, "both read the same families");
        let (ours, raw) = (0..RUNS).map(|_| in_turns(turns, || read(&desk), || floor(&conn, me))).unzip();
        let name = format!("caseload of {whose}: {rows} of {FAMILIES} families");
        Figure { name: &name, unit: "ms", ours, raw, expected: "ratio <= 2", n: RUNS * turns }.print();
    }
}

/// The caseload as the window reads it.
pub fn read(desk: &Desk) -> Value {
    call(desk, "caseload", json!({"mine": true, "filter": "open", "sort": "next_visit"}))
}

/// A user's id.
pub fn user(conn: &Connection, sign_in: &str) -> UserId {
    conn.query_row("SELECT id FROM user WHERE sign_in = ?", [sign_in], |row| row.get(0)).unwrap()
}

/// The rows of a worker's caseload, each with its people and flags.
pub fn bare(conn: &Connection, me: UserId) -> Vec<Vec<Sql>> {
    let mut episodes = conn.prepare_cached(EPISODES).unwrap();
    let mut people = conn
        .prepare_cached("SELECT role, family_name, given, given_awaited, preferred, born_on, born_time, due_on, birth_order, sex FROM person WHERE family = ? AND role <> 'sibling'")
        .unwrap();
    let mut flags = conn
        .prepare_cached(
            "SELECT kind, detail, since, review_on, (SELECT name FROM user WHERE id = set_by) FROM flag WHERE family = ? AND ended_on = ''",
        )
        .unwrap();
    let mut rows = all(&mut episodes, [me]);
    for row in &mut rows {
        let family = row[1].clone();
        row.extend(all(&mut people, [&family]).into_iter().flatten());
        row.extend(all(&mut flags, [&family]).into_iter().flatten());
    }
    black_box(all(&mut conn.prepare_cached(NEWS).unwrap(), named_params! { ":me": me }));
    rows
}

/// The rows of somebody who has thousands: what lists keep of each family, and the
/// people and flags of all of them, each read at once.
fn bare_of_all(conn: &Connection, me: UserId) -> Vec<Vec<Sql>> {
    for of in ["person WHERE role <> 'sibling' AND", "flag WHERE ended_on = '' AND"] {
        let sql = format!("SELECT * FROM {of} family IN (SELECT family FROM caseload WHERE ?1 IN (key_worker, therapist, partner_worker))");
        black_box(all(&mut conn.prepare_cached(&sql).unwrap(), [me]));
    }
    black_box(all(&mut conn.prepare_cached(NEWS).unwrap(), named_params! { ":me": me }));
    let sql = "SELECT c.*, f.flags_checked_on FROM caseload c CROSS JOIN family f ON f.id = c.family
               WHERE ?1 IN (key_worker, therapist, partner_worker) ORDER BY next_visit, name";
    all(&mut conn.prepare_cached(sql).unwrap(), [me])
}

/// Every value of every row.
pub fn all(statement: &mut Statement<'_>, values: impl rusqlite::Params) -> Vec<Vec<Sql>> {
    let columns = statement.column_count();
    let rows = statement.query_map(values, |row| (0..columns).map(|column| row.get(column)).collect()).unwrap();
    rows.map(Result::unwrap).collect()
}

/// What others recorded of these families since they were marked as seen.
const NEWS: &str = "WITH families (family, until) AS MATERIALIZED (
  SELECT e.family, coalesce(s.until, 0) FROM episode e LEFT JOIN seen s ON s.user = :me AND s.family = e.family
  WHERE e.closed_on = '' AND (e.key_worker = :me OR e.therapist = :me OR e.partner_worker = :me))
SELECT f.family, count(DISTINCT n.thing) FROM families f CROSS JOIN entry n
WHERE n.family = f.family AND n.arrived > f.until AND n.author <> :me AND n.thing IS NOT NULL GROUP BY f.family";

const EPISODES: &str = "
SELECT e.id, e.family, e.opened_on, (SELECT name FROM user WHERE id = e.key_worker), f.flags_checked_on,
  last.held_at, last.kind, last.outcome,
  (SELECT max(held_at) FROM contact c WHERE c.family = e.family AND c.episode = e.id AND c.outcome IN ('attended', 'part_attended')
     AND c.kind IN ('home_visit', 'clinic', 'community', 'joint_visit', 'hospital', 'group', 'video')),
  (SELECT c.next_visit FROM contact c WHERE c.family = e.family AND c.episode = e.id AND c.next_visit IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM contact m WHERE m.family = e.family AND m.episode = e.id AND m.held_at > c.held_at
       AND m.held_at >= c.next_visit - 43200000)
     ORDER BY c.held_at DESC, c.signed_at DESC LIMIT 1),
  EXISTS (SELECT 1 FROM draft d WHERE d.about = e.id AND d.form = 'contact' AND d.author = ?1),
  EXISTS (SELECT 1 FROM concern_row c WHERE c.family = e.family AND NOT EXISTS (SELECT 1 FROM concern_answer a WHERE a.concern = c.id)),
  p.step, p.review_on, p.second_needed AND NOT EXISTS (SELECT 1 FROM placement_confirmation k WHERE k.placement = p.id)
FROM episode e JOIN family f ON f.id = e.family
LEFT JOIN contact_row last ON last.id = (SELECT c.id FROM contact c WHERE c.family = e.family AND c.episode = e.id ORDER BY c.held_at DESC, c.signed_at DESC LIMIT 1)
LEFT JOIN placement_row p ON p.id = (SELECT q.id FROM placement q WHERE q.family = e.family ORDER BY q.at DESC, q.id DESC LIMIT 1)
WHERE e.closed_on = '' AND (e.key_worker = ?1 OR e.therapist = ?1 OR e.partner_worker = ?1)";
