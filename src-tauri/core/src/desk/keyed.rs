//! Keys and record changed as one. The changed key file is put on the disk
//! beside the one that counts, then the record is told, then the key file is
//! replaced. So a full disk shows before anything has changed; and whatever
//! stops the last step, the key file that counted before still does, and the
//! record is told that too: at once, or when it is next opened. What the record
//! knows to be replaced is no such change: an older key file was put back.

use crate::desk::refused::WayRefused;
use crate::desk::{Desk, Open};
use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::op::Op;
use crate::reply::Reply;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::used;
use crate::team::rows as team;
use crate::time::Timestamp;
use crate::user::ops as user_ops;
use crate::user::ops::{Changing, UsedMark};
use crate::user::rows as users;
use crate::user::{User, UserRefused};
use crate::vault::keys::{DatabaseKey, KdfParams, KeyFile, Notice, Unlocked, Way};
use crate::vault::used as marks;

/// Whether the key file was replaced after the record had been told.
pub(super) type Put = Result<()>;

impl Desk {
    /// Changes the keys by `change` and the record by `record`. When it refuses,
    /// neither has changed; the answer says whether the key file could be
    /// replaced.
    pub(super) fn change_keys<T>(
        &self,
        open: &mut Open,
        change: impl FnOnce(&mut KeyFile, &DatabaseKey) -> Result<()>,
        record: impl FnOnce(&mut Session) -> Result<T>,
    ) -> Result<(T, Put)> {
        open.session.beside_the_act(|session| settle(session, &open.keys))?;
        let mut keys = open.keys.clone();
        change(&mut keys, &open.key)?;
        keys.turn_edition(open.keys.edition());
        let staged = keys.stage(&self.setup.folder)?;
        let done = record(&mut open.session)?;
        let put = staged.put().map(|keys| open.keys = keys);
        if put.is_ok() {
            let edition = open.keys.edition();
            drop(open.session.beside_the_act(|session| user_ops::keys_are_put(session, edition)));
        } else {
            // The mirror may have been replaced already. It is put back, or
            // mended when the record is next opened.
            drop(open.keys.save(&self.setup.folder));
        }
        Ok((done, put))
    }

    /// Gives a user another passphrase. When it refuses, the one they had still
    /// opens the record.
    pub(super) fn set_passphrase(&self, open: &mut Open, user: &User, passphrase: &str, one_time: bool, op: Op) -> Result<Reply<User>> {
        let conn = open.session.conn();
        let at = other_instant(open.session.now(), |at| Ok(at == user.passphrase_at || used::had_one_of(conn, user.id, at)?))?;
        let mark = self.mark(open, user.id, passphrase)?;
        let way = Way { user: user.id, sign_in: &user.sign_in, passphrase, one_time, at };
        let (done, put) = self.change_keys(
            open,
            |keys, key| keys.set_entry(&way, key, self.setup.kdf),
            |session| user_ops::passphrase_set(session, op, user.id, at, &mark),
        )?;
        put.map_err(|_| {
            drop(open.session.beside_the_act(|session| settle(session, &open.keys)));
            WayRefused::NotReplaced.says(
                "The key file could not be replaced, so the passphrase has not changed. The old one still opens the record. \
                 Check the disk and the folder, then try again.",
            )
        })?;
        Ok(done)
    }

    /// Refuses a passphrase that the user has had before, in any spelling.
    pub(super) fn refuse_used(&self, open: &Open, user: UserId, passphrase: &str) -> Result<()> {
        let conn = open.session.conn();
        for cost in used::costs(conn, user)? {
            let kdf = KdfParams::from_bytes(&cost).ok_or_else(Error::damaged)?;
            if used::knows(conn, user, &marks::mark(open.keys.vault(), user, passphrase, kdf)?)? {
                return Err(UserRefused::SamePassphrase.into());
            }
        }
        Ok(())
    }

    /// The mark that the record keeps of a passphrase.
    pub(super) fn mark(&self, open: &Open, user: UserId, passphrase: &str) -> Result<UsedMark> {
        let kdf = self.setup.kdf;
        Ok(UsedMark { cost: kdf.to_bytes(), mark: marks::mark(open.keys.vault(), user, passphrase, kdf)? })
    }
}

/// Makes the record say what the key file says, if the change that was recorded
/// last was cut short before the key file was replaced: it was not made. Answers
/// whether it was.
pub(super) fn settle(session: &mut Session, keys: &KeyFile) -> Result<bool> {
    let Some(changing) = user_ops::changing(session.conn())? else {
        user_ops::keys_are_put(session, keys.edition())?;
        return Ok(false);
    };
    let cut_short = is_cut_short(session.conn(), keys, &changing)?;
    match changing.user {
        Some(user) if cut_short => drop(user_ops::passphrase_stands(session, user, changing.before)?),
        None if cut_short => drop(user_ops::recovery_key_stands(session, changing.before)?),
        _ => {}
    }
    user_ops::keys_are_put(session, keys.edition())?;
    Ok(cut_short)
}

/// Whether the key file holds what a change replaces, and the record what it
/// makes.
fn is_cut_short(conn: &Db, keys: &KeyFile, changing: &Changing) -> Result<bool> {
    let (in_file, in_record) = match changing.user {
        Some(user) => (keys.set_at(user), users::find(conn, user)?.map(|user| user.passphrase_at)),
        None => (keys.recovery_at(), Some(team::team(conn)?.recovery_at)),
    };
    Ok(in_file == Some(changing.before) && in_record == Some(changing.after))
}

/// What a key file holds that the record knows to be replaced.
pub(super) struct Replaced {
    users: Vec<User>,
    recovery: bool,
    /// The edition that was put last, if this is an older one.
    newest: Option<u64>,
}

impl Replaced {
    pub fn find(conn: &Db, keys: &KeyFile) -> Result<Self> {
        let changing = user_ops::changing(conn)?.filter(|changing| is_cut_short(conn, keys, changing).unwrap_or(false));
        let mut replaced = Vec::new();
        for user in users::all(conn)?.into_iter().filter(|user| user.active) {
            if changing.is_some_and(|changing| changing.user == Some(user.id)) {
                continue;
            }
            if let Some(at) = keys.set_at(user.id).filter(|at| *at != user.passphrase_at)
                && used::had_one_of(conn, user.id, at)?
            {
                replaced.push(user);
            }
        }
        let recovery = match keys.recovery_at() {
            Some(at) if changing.is_none_or(|changing| changing.user.is_some()) => user_ops::recovery_was_replaced(conn, at)?,
            _ => false,
        };
        let newest = Some(user_ops::keys_edition(conn)?).filter(|edition| *edition > keys.edition());
        Ok(Self { users: replaced, recovery, newest })
    }

    /// Whether the key file is the one that was put last, or newer.
    pub const fn is_nothing(&self) -> bool {
        self.users.is_empty() && !self.recovery && self.newest.is_none()
    }

    /// Refuses a way in that is one of them.
    pub fn refuse(&self, way: &Unlocked) -> Result<()> {
        let theirs = |user: &User| user.id == way.user && user.passphrase_at != way.set_at;
        if self.users.iter().any(theirs) { Err(replaced("passphrase").at("passphrase")) } else { Ok(()) }
    }

    /// Refuses the recovery key if it is one of them.
    pub fn refuse_recovery(&self) -> Result<()> {
        if self.recovery { Err(replaced("recovery key").at("recoveryKey")) } else { Ok(()) }
    }

    /// Takes them out of the key file.
    pub fn take_away(&self, keys: &mut KeyFile) {
        for user in &self.users {
            keys.remove_entry(user.id);
        }
        if self.recovery {
            keys.remove_recovery();
        }
    }
}

fn replaced(what: &str) -> Error {
    let words = format!(
        "This {what} was replaced by a newer one and no longer opens the record. It is still in the key file of this folder (keys.json), \
         which is older than the record: an old copy was put there. Nothing was changed. Use the newest {what}, or put the newest key file back."
    );
    WayRefused::Replaced.says(words)
}

/// At each opening: the record is made to say what the key file says, and keys
/// of those who have left, were never finished or were replaced are taken away.
/// What the disk does not let through now is done next time: it keeps nobody out.
pub(super) fn tidy(open: &mut Open, folder: &std::path::Path, replaced: &Replaced) {
    if settle(&mut open.session, &open.keys).unwrap_or(false) {
        open.notices.push(Notice::SaveUnfinished.message().to_owned());
    }
    let Ok(all) = users::all(open.session.conn()) else { return };
    let stays = |id: &UserId| all.iter().any(|user| user.id == *id && user.active);
    let gone: Vec<UserId> = open.keys.users().filter(|id| !stays(id)).collect();
    let mut keys = open.keys.clone();
    for id in &gone {
        keys.remove_entry(*id);
    }
    replaced.take_away(&mut keys);
    if keys == open.keys && replaced.newest.is_none() {
        return;
    }
    keys.turn_edition(replaced.newest.unwrap_or(0).max(open.keys.edition()));
    if keys.save(folder).is_ok() {
        open.keys = keys;
        user_ops::keys_are_put(&mut open.session, open.keys.edition()).ok();
    }
}

/// The first instant from `now` that is not `taken`: ways in are known by when
/// they were set, so no two of a kind may have been set at the same instant, on
/// a computer whose clock was set back either.
pub(super) fn other_instant(now: Timestamp, taken: impl Fn(Timestamp) -> Result<bool>) -> Result<Timestamp> {
    let mut at = now;
    while taken(at)? {
        at = Timestamp(at.0 + 1);
    }
    Ok(at)
}
