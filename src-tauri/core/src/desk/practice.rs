//! Filling a practice vault. Only a vault that is made as one accepts a set
//! clock, counted ids and work in the name of several users.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::desk::refused::DeskRefused;
use crate::desk::{Desk, Progress, Setup};
use crate::error::{Error, Fault, Result};
use crate::ids::{SeededIds, SharedIds, UserId};
use crate::practice;
use crate::practice::{PASSPHRASE, Plan, Stories, team};
use crate::store::open;
use crate::store::open::Durability;
use crate::time::SetClock;
use crate::user::rows as users;
use crate::user::signing_in::CreateVault;
use crate::user::{AddUser, User};
use crate::vault::files;
use crate::vault::keys;
use crate::vault::keys::{KeyFile, Way};
use crate::vault::lock::VaultLock;

/// The file in a practice vault that says by which version it was finished,
/// and on which day it is.
const MARK: &str = "practice-version";

/// What was done where a practice record was wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// There was none; one was made.
    Made,
    /// A whole one of this version stands there; it is on this day.
    There(NaiveDate),
    /// One of another version, or an unfinished one, was set aside in this
    /// folder, and a new one was made.
    Anew(PathBuf),
}

/// Makes a practice vault in the folder of `desk` and fills it; `desk` itself
/// stays locked. It is made whole beside its place and then moved there.
///
/// # Errors
/// `vault_exists`, `folder_not_empty`, `cancelled`, or a fault of the disk;
/// then nothing stands where the vault would.
pub fn fill(desk: &Desk, plan: &Plan, progress: &dyn Progress) -> Result<()> {
    desk.place_is_free()?;
    let making = desk.making_folder();
    clear(desk, &making)?;
    let made = fill_beside(desk, &making, plan, progress).and_then(|()| desk.move_in_place(&making));
    if made.is_err() {
        // What it met is told, not that its traces could not be cleared: the
        // next making begins by clearing them.
        let _ = clear(desk, &making);
    }
    made
}

/// Sees to it that a whole practice record of this version stands in the
/// folder. One of another version, or one that was never finished, is set
/// aside; nothing but a practice record ever is.
///
/// # Errors
/// `not_practice`, `vault_in_use`, or as [`fill`].
pub fn keep(desk: &Desk, plan: &Plan, progress: &dyn Progress) -> Result<Kept> {
    if !desk.vault_is_there() {
        fill(desk, plan, progress)?;
        return Ok(Kept::Made);
    }
    let folder = &desk.setup.folder;
    if !keys::is_practice(folder) {
        return Err(DeskRefused::NotPractice.into());
    }
    if let Some(day) = whole_since(folder)? {
        return Ok(Kept::There(day));
    }
    let aside = set_aside(folder)?;
    fill(desk, plan, progress)?;
    Ok(Kept::Anew(aside))
}

/// The day of a record that was finished by this version.
fn whole_since(folder: &Path) -> Result<Option<NaiveDate>> {
    if !folder.join(open::FILE).exists() {
        return Ok(None);
    }
    let Ok(mark) = std::fs::read_to_string(folder.join(MARK)) else { return Ok(None) };
    let (version, day) = mark.split_once(' ').unwrap_or_default();
    Ok(if version == practice::version()? { day.trim().parse().ok() } else { None })
}

fn set_aside(folder: &Path) -> Result<PathBuf> {
    let _nobody_has_it_open = VaultLock::take(folder)?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside = |number: u32| folder.with_file_name(format!("{name}.older-{number}"));
    let aside = (1..).map(beside).find(|path| !path.exists()).ok_or_else(|| Error::internal("set aside"))?;
    files::move_whole(folder, &aside).map_err(|error| files::disk_error(&error))?;
    Ok(aside)
}

/// Removes what an unfinished making has left: its folder, and what this
/// computer keeps for its vault. Refuses while somebody is still making it.
fn clear(desk: &Desk, making: &Path) -> Result<()> {
    if making.join(open::FILE).exists() {
        drop(VaultLock::take(making)?);
    }
    // The empty vault was itself made beside the folder that was then filled.
    let begun = making.with_extension("making.making");
    for folder in [making, &begun] {
        if let Ok((keys, _)) = KeyFile::load(folder)
            && let Ok(data) = desk.data_folder(keys.vault())
        {
            remove(&data)?;
        }
        remove(folder)?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(files::disk_error(&error)),
        _ => Ok(()),
    }
}

fn fill_beside(desk: &Desk, making: &Path, plan: &Plan, progress: &dyn Progress) -> Result<()> {
    let now = desk.setup.clock.now();
    let today = plan.as_of.unwrap_or_else(|| now.date());
    let (mut stories, events) = Stories::plan(plan, today)?;
    let begun = events.first().map_or(now, |event| event.at.plus_minutes(-48 * 60));
    let clock = SetClock::at(begun);
    let maker = Desk::with(Setup {
        folder: making.to_owned(),
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
                return Err(Fault::Cancelled.says("Making the practice record was stopped, and nothing of it was kept."));
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
    maker.with_open(|open| open::settle(open.session.conn()))?;
    maker.lock()?;
    files::write_atomic(&making.join(MARK), format!("{} {today}\n", practice::version()?).as_bytes())
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
            let at = users::find(open.session.conn(), added)?.ok_or_else(|| Error::internal("practice user"))?.passphrase_at;
            let way = Way { user: added, sign_in: &member.sign_in, passphrase: PASSPHRASE, one_time: false, at };
            open.keys.set_entry(&way, &open.key, maker.setup.kdf)?;
            open.keys.save(&maker.setup.folder)
        })?;
    }
    let all = maker.with_open(|open| users::all(open.session.conn()))?;
    Ok(all.into_iter().map(|user| (user.sign_in.clone(), user)).collect())
}
