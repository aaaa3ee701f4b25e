//! What the log knows of clocks that were wrong: by how much the entries on
//! either side of a clock that went back are apart, and the latest instant that
//! is believed. Nobody can tell for certain which side is dated wrong.

use std::collections::HashMap;

use rusqlite::{Row, named_params};
use uuid::Uuid;

use crate::error::Result;
use crate::ids::FamilyId;
use crate::store::db::Db;
use crate::time::{CLOCKS_APART_MINUTES, Timestamp};

const MINUTE: i64 = 60_000;

/// How many of the last operations are looked through for a clock that was ahead.
const LOOKED_THROUGH: i64 = 500;

/// The latest instant that the log knows of at `now`: `now`, or a later one of
/// what was recorded before. A clock that was ahead is believed no longer once
/// more was recorded after it than by it.
///
/// # Errors
/// When the log cannot be read.
pub fn latest_known(conn: &Db, now: Timestamp) -> Result<Timestamp> {
    let (ahead, latest, since): (i64, Option<Timestamp>, i64) = conn.query_row(
        "WITH last AS (SELECT oid, wall_ms FROM operation ORDER BY oid DESC LIMIT :many),
           ahead AS (SELECT oid, wall_ms FROM last WHERE wall_ms > :now)
         SELECT count(*), max(wall_ms), (SELECT count(*) FROM last WHERE oid > (SELECT max(oid) FROM ahead)) FROM ahead",
        named_params! { ":many": LOOKED_THROUGH, ":now": now.plus_minutes(CLOCKS_APART_MINUTES) },
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    Ok(latest.filter(|_| ahead >= since).unwrap_or(now))
}

/// Of the entries of a family that were recorded about when a clock went back,
/// by how many minutes the other side is dated before or after them; the others
/// are left out.
///
/// # Errors
/// When the entries cannot be read.
pub fn gone_back(conn: &Db, family: FamilyId) -> Result<HashMap<Uuid, i64>> {
    let mut statement = conn.prepare_cached("SELECT row, at FROM entry WHERE family = ? ORDER BY position")?;
    let entry = |row: &Row<'_>| Ok((Uuid::from_bytes(row.get(0)?), row.get::<_, i64>(1)?));
    let entries: Vec<(Uuid, i64)> = statement.query_map([family], entry)?.collect::<rusqlite::Result<_>>()?;
    let (rows, times): (Vec<Uuid>, Vec<i64>) = entries.into_iter().unzip();
    Ok(rows.into_iter().zip(wrong(&times)).filter(|(_, minutes)| *minutes > 0).collect())
}

/// For each of `times`, in the order in which they were recorded, by how many
/// minutes it and the other side of a step back are apart; zero where nothing is
/// to be asked.
///
/// Where the clock went back from `x` to `y`, those before it that are later
/// than `y` face those after it that are earlier than `x`. Of those after, all
/// are asked about unless they are more than those before; of those before, all
/// unless they are more and lie spread over the time between: then only the one
/// beside the step.
fn wrong(times: &[i64]) -> Vec<i64> {
    const APART: i64 = CLOCKS_APART_MINUTES * MINUTE;
    let mut wrong = vec![0; times.len()];
    for next in 1..times.len() {
        let (x, y) = (times[next - 1], times[next]);
        if x - y <= APART {
            continue;
        }
        let before = times[..next].iter().rev().take_while(|at| **at > y + APART).count();
        let after = times[next..].iter().take_while(|at| **at < x - APART).count();
        let side = &times[next - before..next];
        let (first, last) = (side.iter().min().unwrap_or(&x), side.iter().max().unwrap_or(&x));
        let together = last - first < first - y;
        let before = if together || before <= after { before } else { 1 };
        let after = if after <= before.max(side.len()) { after } else { 1 };
        let mut ask = |at: usize, apart: i64| wrong[at] = wrong[at].max(apart / MINUTE);
        (next - before..next).for_each(|at| ask(at, times[at] - y));
        (next..next + after).for_each(|at| ask(at, x - times[at]));
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 60;

    fn wrong_of(minutes: &[i64]) -> Vec<i64> {
        wrong(&minutes.iter().map(|minute| minute * MINUTE).collect::<Vec<_>>())
    }

    #[test]
    fn every_entry_of_a_clock_that_was_ahead_is_asked_about() {
        let ahead = 29 * DAY;
        // Three of a clock ahead, then one: nobody can tell which side is right.
        assert_eq!(wrong_of(&[0, 5, ahead, ahead + 1, ahead + 2, 6]), [0, 0, ahead - 6, ahead - 5, ahead - 4, ahead - 4]);
        // Once more has come after it, it was the three.
        let marked: Vec<bool> = wrong_of(&[0, ahead, ahead + 1, ahead + 2, 6, 7, 8, 9]).iter().map(|minutes| *minutes > 0).collect();
        assert_eq!(marked, [false, true, true, true, true, false, false, false]);
    }

    #[test]
    fn every_entry_of_a_clock_that_was_behind_is_asked_about_and_not_a_year_of_right_ones() {
        let mut year: Vec<i64> = (0..365).map(|day| day * DAY).collect();
        year.extend([DAY + 7, DAY + 8, DAY + 9]);
        let marked: Vec<usize> = wrong_of(&year).iter().enumerate().filter(|(_, minutes)| **minutes > 0).map(|(at, _)| at).collect();
        assert_eq!(marked, [364, 365, 366, 367]);
    }

    #[test]
    fn clocks_that_differ_by_minutes_are_not_asked_about() {
        assert_eq!(wrong_of(&[0, 20, 10, 30]), [0, 0, 0, 0]);
        assert_eq!(wrong_of(&[0, 21, 10, 30]), [0, 11, 11, 0]);
        assert_eq!(wrong_of(&[]), Vec::<i64>::new());
    }

    proptest::proptest! {
        #[test]
        fn both_sides_of_each_step_back_are_asked_about_and_nothing_that_is_in_order(
            times in proptest::collection::vec(0_i64..5_000, 0..12),
        ) {
            let wrong = wrong_of(&times);
            for (at, pair) in times.windows(2).enumerate() {
                if pair[0] - pair[1] > CLOCKS_APART_MINUTES {
                    proptest::prop_assert!(wrong[at] > 0 && wrong[at + 1] > 0, "{:?}: {:?}", times, wrong);
                }
            }
            for (at, minutes) in wrong.iter().enumerate().filter(|(_, minutes)| **minutes > 0) {
                let apart = |other: &i64| (times[at] - other).abs() >= *minutes;
                let facing = times[..at].iter().any(|before| *before > times[at] && apart(before))
                    || times[at..].iter().any(|after| *after < times[at] && apart(after));
                proptest::prop_assert!(facing && *minutes > CLOCKS_APART_MINUTES, "{:?}: {:?}", times, wrong);
            }
        }
    }
}
