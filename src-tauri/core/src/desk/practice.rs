//! Filling a practice vault. Only a vault that is made as one accepts a set
//! clock, counted ids and work in the name of several users.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Desk, Progress, Setup};
use crate::domain::signing_in::CreateVault;
use crate::domain::user::{AddUser, User};
use crate::error::{Error, Result};
use crate::ids::{SeededIds, SharedIds, UserId};
use crate::ops::practice::{PASSPHRASE, Plan, Stories, team};
use crate::store::open::{self, Durability};
use crate::store::users;
use crate::time::{SetClock, Timestamp};

/// Makes a practice vault in the folder of `desk` and fills it; `desk` itself
/// stays locked.
///
/// # Errors
/// `vault_exists`, `cancelled`, or a fault of the disk.
pub fn fill(desk: &Desk, plan: &Plan, progress: &dyn Progress) -> Result<()> {
    let now = desk.setup.clock.now();
    let today = plan.as_of.unwrap_or_else(|| now.date());
    let (mut stories, events) = Stories::plan(plan, today)?;
    let begun = events.first().map_or(now, |event| event.at.plus_minutes(-48 * 60));
    let clock = SetClock::at(begun);
    let maker = Desk::with(Setup {
        folder: desk.setup.folder.clone(),
        data_home: desk.setup.data_home.clone(),
        clock: Arc::new(clock.clone()),
        ids: SharedIds::of(SeededIds::new(plan.seed)),
        kdf: desk.setup.kdf,
        durability: Durability::Building,
    });
    let people = make_team(&maker, plan)?;
    let total = events.len() as u64;
    for (done, event) in events.iter().enumerate() {
        if done % 32 == 0 {
            progress.report(done as u64, total, "Making practice families");
            if progress.cancelled() {
                return Err(Error::new("cancelled", "Making the practice vault was stopped. What was made so far can be used."));
            }
        }
        clock.set(event.at);
        let user = people.get(&event.by).ok_or_else(|| Error::internal("practice user"))?;
        maker.with_open(|open| {
            if !open.practice {
                return Err(Error::internal("not a practice vault"));
            }
            open.session.act_as(user);
            stories.act(&mut open.session, event, |name| people.get(name).map(|user| user.id))
        })?;
    }
    progress.report(total, total, "Making practice families");
    clock.set(Timestamp(clock_end(&events, now)));
    maker.with_open(|open| open::settle(open.session.conn()))?;
    maker.lock()
}

fn clock_end(events: &[crate::ops::practice::Event], now: Timestamp) -> i64 {
    events.last().map_or(now.0, |event| event.at.0)
}

fn make_team(maker: &Desk, plan: &Plan) -> Result<HashMap<String, User>> {
    let team = team(plan);
    let (lead, others) = team.split_first().ok_or_else(|| Error::internal("practice team"))?;
    maker.create_practice_vault(&CreateVault {
        team: "Practice team".to_owned(),
        name: lead.name.clone(),
        sign_in: lead.sign_in.clone(),
        organisation: lead.organisation.to_owned(),
        passphrase: PASSPHRASE.to_owned(),
        auto_lock_minutes: 10,
    })?;
    for member in others {
        let request = AddUser {
            name: member.name.clone(),
            sign_in: member.sign_in.clone(),
            role: member.role,
            organisation: member.organisation.to_owned(),
        };
        let added: UserId = maker.add_user(&request)?.value.user;
        maker.with_open(|open| {
            open.keys.set_entry(added, &member.sign_in, PASSPHRASE, &open.key, false, maker.setup.kdf)?;
            open.keys.save(&maker.setup.folder)
        })?;
    }
    let all = maker.with_open(|open| users::all(open.session.conn()))?;
    Ok(all.into_iter().map(|user| (user.sign_in.clone(), user)).collect())
}
