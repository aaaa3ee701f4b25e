//! Unlocking: who, with which key, and whether the record is whole.

use std::path::Path;

use rusqlite::Connection;

use super::keeper::{HeadKeeper, position};
use super::{Desk, Open};
use crate::domain::signing_in::{Recover, Unlock};
use crate::domain::user::{Role, User, UserRefused};
use crate::error::{Error, Result};
use crate::ids::UserId;
use crate::ops::op::Op;
use crate::ops::session::Session;
use crate::ops::users as user_ops;
use crate::store::open;
use crate::store::tx::Author;
use crate::store::users::{self, Incarnation};
use crate::store::{migrate, vault, verify};
use crate::vault::files;
use crate::vault::head::HeadFile;
use crate::vault::identity::{self, Device};
use crate::vault::keys::{self, DatabaseKey, KeyFile};
use crate::vault::lock::VaultLock;
use crate::vault::passphrase;
use crate::vault::recovery::RecoveryKey;

impl Desk {
    /// Signs a user in.
    ///
    /// # Errors
    /// `wrong_passphrase`, `keys_damaged`, `vault_damaged`, `records_missing`,
    /// `head_damaged`, `vault_newer`, `vault_in_use`, `vault_missing`.
    pub fn unlock(&self, request: &Unlock) -> Result<()> {
        self.lock()?;
        let lock = VaultLock::take(&self.setup.folder)?;
        let (keys, notices) = self.load_keys()?;
        let unlocked = keys.unlock(&request.sign_in, &request.passphrase)?;
        self.open_record(lock, unlocked.user, unlocked.key, keys, unlocked.must_change, notices, &request.go_on_because)
    }

    /// Opens with the recovery key: sets a new passphrase for a service lead
    /// and signs them in.
    ///
    /// # Errors
    /// `recovery_key_typo`, `wrong_recovery_key`, `recover_not_a_lead`, or as
    /// [`Self::unlock`].
    pub fn recover(&self, request: &Recover) -> Result<()> {
        self.lock()?;
        let recovery = parse_recovery(request)?;
        let lock = VaultLock::take(&self.setup.folder)?;
        let (mut keys, notices) = self.load_keys()?;
        let key = keys.open_with_recovery(&recovery)?;
        let lead = {
            let conn = self.connect(&key)?;
            lead_named(&conn, &request.sign_in)?
        };
        keys.set_entry(lead.id, &lead.sign_in, &request.passphrase, &key, false, self.setup.kdf)?;
        keys.save(&self.setup.folder)?;
        self.open_record(lock, lead.id, key, keys, false, notices, "")?;
        self.write(|session| user_ops::passphrase_set(session, Op::Recover, lead.id).map(|_| ()))
    }

    /// Opens the record for a user whose key is at hand.
    pub(super) fn open_as(&self, sign_in: &str, key: DatabaseKey, keys: KeyFile, must_change: bool, notices: Vec<String>) -> Result<()> {
        let lock = VaultLock::take(&self.setup.folder)?;
        let user = {
            let conn = self.connect(&key)?;
            users::all(&conn)?.into_iter().find(|user| user.sign_in == sign_in).ok_or_else(unfinished)?
        };
        self.open_record(lock, user.id, key, keys, must_change, notices, "")
    }

    fn load_keys(&self) -> Result<(KeyFile, Vec<String>)> {
        let (keys, notices) = KeyFile::load(&self.setup.folder)?;
        if !notices.is_empty() {
            keys.repair(&self.setup.folder)?;
        }
        Ok((keys, notices.iter().map(|notice| notice.message().to_owned()).collect()))
    }

    fn connect(&self, key: &DatabaseKey) -> Result<Connection> {
        let path = self.setup.folder.join(open::FILE);
        if !path.exists() {
            return Err(Error::new(
                "records_missing",
                "The record file is missing from its folder; only the key file is left. Nothing was changed. Put the file back, or \
                 restore from a backup.",
            ));
        }
        // SQLite would make a new record in an empty file, and call it opened.
        if std::fs::metadata(&path).is_ok_and(|meta| meta.len() == 0) {
            return Err(no_records());
        }
        let conn = open::writer(&path, key.expose(), self.setup.durability)?;
        open::leave_wal(&conn, true)?;
        Ok(conn)
    }

    #[allow(clippy::too_many_arguments, reason = "each is needed once, here")]
    fn open_record(
        &self,
        lock: VaultLock,
        user: UserId,
        key: DatabaseKey,
        keys: KeyFile,
        must_change: bool,
        mut notices: Vec<String>,
        go_on_because: &str,
    ) -> Result<()> {
        let mut conn = self.connect(&key)?;
        let need = migrate::need(&conn)?;
        let data = self.data_folder(keys.vault())?;
        let fresh_empty = !has_records(&conn);
        let (device, why) = match self.judge_head(&conn, &data, &keys, &key, fresh_empty) {
            Ok(found) => found,
            Err(error) if !go_on_because.trim().is_empty() && may_go_on(&conn, user, &error)? => {
                (None, format!("{}: {}", why_behind(&error), go_on_because.trim()))
            }
            Err(error) => return Err(error),
        };
        open::leave_wal(&conn, false)?;
        if need == migrate::Need::Upgrade {
            let version = migrate::version(&conn)?;
            drop(conn);
            keep_copy(&self.setup.folder, version)?;
            conn = self.connect(&key)?;
            open::leave_wal(&conn, false)?;
            migrate::upgrade(&mut conn)?;
        }
        let who = users::find(&conn, user)?.ok_or_else(unfinished)?;
        if !who.active {
            return Err(Error::new("wrong_passphrase", "That name and passphrase do not open this record.").at("passphrase"));
        }
        let practice = vault::is_practice(&conn)?;
        let session = match device {
            Some(keeper) => self.session(conn, who, &keys, keeper),
            None => {
                let device = Device::create(&data, keys.vault(), &key)?;
                let file = HeadFile::replace(&data, &key)?;
                notices.push(
                    "This record has not been opened on this computer before. If you did not expect that, tell the service lead."
                        .to_owned(),
                );
                let mut session = self.session(conn, who, &keys, HeadKeeper { device, file });
                self.begin_incarnation(&mut session, &data, &keys, &key, &why)?;
                session
            }
        };
        let reader = open::reader(&self.setup.folder.join(open::FILE), key.expose())?;
        *self.reading() = Some(reader);
        self.idle.begin();
        self.passphrase_was_given();
        *self.opened() = Some(Open { session, key, keys, practice, must_change, notices, _lock: lock });
        Ok(())
    }

    fn session(&self, conn: Connection, user: User, keys: &KeyFile, keeper: HeadKeeper) -> Session {
        let author = Author { vault: keys.vault(), device: keeper.device.id(), user: user.id };
        Session::new(conn, author, user, self.setup.clock.clone(), Box::new(self.setup.ids.clone()), Box::new(keeper))
    }

    /// The identity to go on with, or none when this must be a new one.
    fn judge_head(
        &self,
        conn: &Connection,
        data: &Path,
        keys: &KeyFile,
        key: &DatabaseKey,
        empty: bool,
    ) -> Result<(Option<HeadKeeper>, String)> {
        files::create_private_dir(data)?;
        let Some(device) = Device::load(data, keys.vault(), key)? else {
            if empty {
                return Err(no_records());
            }
            return Ok((None, "Opened for the first time on this computer, or from a copy".to_owned()));
        };
        let file = HeadFile::open_or_create(data, key)?;
        let Some(head) = file.read()? else {
            return Ok((None, "The head of the record was not on this computer".to_owned()));
        };
        if empty || !vault::knows(conn, device.id())? {
            return Err(Error::new(
                "records_missing",
                "Records are missing: this file is older than what was saved on this computer. Nothing was changed. Look for a backup. A \
                 service lead can also continue without them, giving a reason.",
            ));
        }
        verify::against_head(conn, device.id(), &position(&head))?;
        Ok((Some(HeadKeeper { device, file }), String::new()))
    }

    fn begin_incarnation(&self, session: &mut Session, data: &Path, keys: &KeyFile, key: &DatabaseKey, why: &str) -> Result<()> {
        let device = Device::load(data, keys.vault(), key)?.ok_or_else(identity::damaged)?;
        session.transact(Op::BeginIncarnation, |tx| {
            vault::know_device(tx, device.id(), &device.public())?;
            tx.because(why);
            tx.create(&Incarnation { device: device.id(), public_key: device.public(), at: tx.now(), why: why.to_owned() })
        })?;
        Ok(())
    }
}

/// A service lead may go on, with a reason, when the head says that records
/// are missing or is itself damaged.
fn may_go_on(conn: &Connection, user: UserId, error: &Error) -> Result<bool> {
    let mendable = matches!(error.code.as_str(), "records_missing" | "head_damaged");
    Ok(mendable && has_records(conn) && users::find(conn, user)?.is_some_and(|user| user.role == Role::ServiceLead))
}

/// Why this is a new beginning, as the team reads it in its history.
fn why_behind(error: &Error) -> &'static str {
    if error.code == "head_damaged" { "Opened although the head of the log was damaged" } else { "Opened although records were missing" }
}

fn has_records(conn: &Connection) -> bool {
    vault::id(conn).is_ok()
}

/// Keeps a copy of the closed, encrypted file before its schema is changed.
fn keep_copy(folder: &Path, version: usize) -> Result<()> {
    files::copy_whole(&folder.join(open::FILE), &folder.join(format!("record.version-{version}.db")))
}

fn no_records() -> Error {
    Error::new("records_missing", "The record file has no record in it. Nothing was changed. Restore from a backup.")
}

fn unfinished() -> Error {
    Error::new("user_unfinished", "This sign-in was never completed. Ask the service lead to add the user again. Nothing else is affected.")
        .at("signIn")
}

/// The recovery key as typed, if the new passphrase beside it is strong enough.
pub(super) fn parse_recovery(request: &Recover) -> Result<RecoveryKey> {
    let recovery = RecoveryKey::parse(&request.recovery_key)?;
    if !passphrase::assess(&request.passphrase, &[&request.sign_in]).enough {
        return Err(UserRefused::WeakPassphrase.into());
    }
    Ok(recovery)
}

/// The service lead who signs in with that name.
pub(super) fn lead_named(conn: &Connection, sign_in: &str) -> Result<User> {
    let wanted = sign_in.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let lead =
        users::all(conn)?.into_iter().find(|user| user.active && user.role == Role::ServiceLead && user.sign_in.to_lowercase() == wanted);
    lead.ok_or_else(|| {
        Error::new("recover_not_a_lead", "No service lead signs in with that name. The recovery key opens the record for a service lead.")
            .at("signIn")
    })
}

/// What stands in the folder when nobody is signed in.
pub fn look(folder: &Path) -> Result<Option<(KeyFile, Vec<String>)>> {
    match KeyFile::load(folder) {
        Ok((keys, notices)) => Ok(Some((keys, notices.iter().map(|notice| notice.message().to_owned()).collect()))),
        Err(error) if error.code == keys::missing().code && !folder.join(open::FILE).exists() => Ok(None),
        Err(error) => Err(error),
    }
}
