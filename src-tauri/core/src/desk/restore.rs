//! Restore: a backup is found, compared with what this computer last saved,
//! copied, checked, and only then put where there is no vault.

use std::path::{Path, PathBuf};

use crate::desk::judge;
use crate::desk::judge::{Anew, put_aside};
use crate::desk::refused::BackupRefused;
use crate::desk::unlock::{Opening, lead_named, parse_recovery};
use crate::desk::{Desk, Progress, parts};
use crate::error::{Error, RecordRefused, Result};
use crate::ids::VaultId;
use crate::schema::SCHEMA;
use crate::store::db::Db;
use crate::store::{log, migrate, open, vault, verify};
use crate::team::backup::Restore;
use crate::time::day_time_words;
use crate::typed;
use crate::user::Role;
use crate::user::rows as users;
use crate::user::signing_in::Recover;
use crate::vault::head::HeadFile;
use crate::vault::identity::Device;
use crate::vault::keys::{DatabaseKey, KeyFile, Unlocked};
use crate::vault::lock::VaultLock;
use crate::vault::recovery::RecoveryKey;
use crate::vault::{computer, files, identity};

impl Desk {
    /// Puts a backup where there is no vault and signs in. The restored vault
    /// is a new incarnation from its first step on.
    ///
    /// # Errors
    /// `vault_exists`, `backup_not_there`, `backup_behind` when the backup lacks
    /// steps that were saved on this computer and no reason to go on is given,
    /// or as unlocking; then nothing stands where the vault would.
    pub fn restore(&self, request: &Restore, progress: &dyn Progress) -> Result<()> {
        self.lock()?;
        if self.vault_is_there() {
            return Err(RecordRefused::Exists
                .says("There is already a record in that folder. Nothing was changed. Restore the backup into an empty folder."));
        }
        let recover = (!request.recovery_key.trim().is_empty()).then(|| Recover {
            recovery_key: request.recovery_key.clone(),
            sign_in: request.sign_in.clone(),
            passphrase: request.passphrase.clone(),
            go_on_because: request.go_on_because.clone(),
        });
        let ways = Ways { request, recovery: recover.as_ref().map(parse_recovery).transpose()? };
        let found = find(&PathBuf::from(&request.folder), &ways).inspect_err(|error| self.keep_restore_attempt(&ways, error))?;
        let making = self.making_folder();
        let cleared = |error: Error| {
            std::fs::remove_dir_all(&making).ok();
            error
        };
        bring(&found.folder, &making, &found.key, recover.as_ref(), progress).map_err(cleared)?;
        let data = self.data_folder(found.keys.vault())?;
        let why = self.why_begun(&making, &data, &found, &ways).map_err(cleared)?;
        // The identity kept here is of the vault that was lost: the restored
        // one must not go on as it.
        let aside = put_aside(&data, self.setup.clock.now()).map_err(cleared)?;
        let opened = self.move_in_place(&making).map_err(cleared).and_then(|()| {
            progress.report(2, 3, "Opening it");
            self.open_restored(&ways, recover.as_ref(), Anew::restored(why)).inspect_err(|_| {
                // What stands there is the copy that was just made; the backup is as it was.
                self.lock().ok();
                std::fs::remove_dir_all(&self.setup.folder).ok();
            })
        });
        opened.inspect_err(|_| {
            if let Some(aside) = &aside {
                std::fs::remove_dir_all(&data).ok();
                files::move_whole(aside, &data).ok();
            }
        })?;
        progress.report(3, 3, "Restored");
        Ok(())
    }

    /// Keeps a restore that was refused for its secret, where this computer knows
    /// the record.
    fn keep_restore_attempt(&self, ways: &Ways<'_>, error: &Error) {
        let folder = PathBuf::from(&ways.request.folder);
        let newest = parts::whole_names(&folder).into_iter().map(|name| folder.join(name)).find_map(|folder| whole_keys(&folder));
        if let Some(keys) = newest.or_else(|| whole_keys(&folder)) {
            let user = keys.user_called(&ways.request.sign_in);
            self.keep_attempt(&self.attempt(keys.vault(), user, ways.recovery.is_some()), error);
        }
    }

    fn open_restored(&self, ways: &Ways<'_>, recover: Option<&Recover>, anew: Anew) -> Result<()> {
        if let Some(recover) = recover {
            return self.recover_because(recover, Some(anew));
        }
        let lock = VaultLock::take(&self.setup.folder)?;
        let (keys, _) = KeyFile::load(&self.setup.folder)?;
        let way = ways.passphrase(&keys)?;
        let go_on_because = &ways.request.go_on_because;
        self.open_record(Opening { lock, keys, way, notices: Vec::new(), go_on_because, anew: Some(anew), how: "restore_backup" })
    }

    /// Why the restored record begins anew, in the words that it keeps; refuses
    /// one that lacks what was saved on this computer, unless a service lead
    /// says why to go on.
    fn why_begun(&self, making: &Path, data: &Path, found: &Found, ways: &Ways<'_>) -> Result<String> {
        let conn = open::verifier(&making.join(open::FILE), found.key.expose())?;
        let because = ways.request.go_on_because.trim();
        match behind(&conn, data, &found.key)? {
            None => Ok("Restored from a backup, or from a copy".to_owned()),
            Some(behind) if !typed::says_why(because) || !ways.are_a_leads(&conn, &found.keys)? => Err(behind.error),
            Some(behind) => Ok(format!("{}: {because}", behind.why)),
        }
    }
}

/// The ways in that were given.
struct Ways<'a> {
    request: &'a Restore,
    recovery: Option<RecoveryKey>,
}

impl Ways<'_> {
    fn open(&self, keys: &KeyFile) -> Result<DatabaseKey> {
        match &self.recovery {
            Some(recovery) => keys.open_with_recovery(recovery),
            None => self.passphrase(keys).map(|way| way.key),
        }
    }

    fn passphrase(&self, keys: &KeyFile) -> Result<Unlocked> {
        keys.unlock(&self.request.sign_in, &self.request.passphrase)
    }

    /// Whether a service lead has given them: the recovery key opens for one only.
    fn are_a_leads(&self, conn: &Db, keys: &KeyFile) -> Result<bool> {
        if self.recovery.is_some() {
            return Ok(true);
        }
        let user = self.passphrase(keys)?.user;
        Ok(users::find(conn, user)?.is_some_and(|user| user.role == Role::ServiceLead))
    }
}

/// The backup to restore.
struct Found {
    folder: PathBuf,
    keys: KeyFile,
    key: DatabaseKey,
}

/// So many backups of a folder are tried with a passphrase: each costs as much
/// as a sign-in. The newest of each record comes first.
const TRIED: usize = 16;

/// The backup in `folder`, or the one in it that got furthest.
fn find(folder: &Path, ways: &Ways<'_>) -> Result<Found> {
    let names = parts::whole_names(folder);
    if names.is_empty() || folder.join(open::FILE).exists() {
        if !folder.join(open::FILE).is_file() {
            return Err(not_there());
        }
        let (keys, _) = KeyFile::load(folder)?;
        let key = ways.open(&keys)?;
        return Ok(Found { folder: folder.to_owned(), keys, key });
    }
    let whole: Vec<(&String, KeyFile)> = names.iter().filter_map(|name| Some((name, whole_keys(&folder.join(name))?))).collect();
    let (vault, key) = open_one(&whole, ways)?;
    // Names tell the time by a clock that may have been wrong: what is in them
    // tells how far each got.
    let reached = |(name, keys): &(&String, KeyFile)| {
        let steps = (keys.vault() == vault).then(|| steps(&folder.join(name), &key)).flatten()?;
        Some((steps, (*name).clone()))
    };
    let (_, best) = whole.iter().filter_map(reached).max().ok_or_else(|| not_whole("Every backup in that folder is"))?;
    let (keys, _) = KeyFile::load(&folder.join(&best))?;
    let key = ways.open(&keys)?;
    let ours = |name: &str| !whole.iter().any(|(whole, keys)| *whole == name && keys.vault() != vault);
    let mut newer = names.iter().filter(|name| **name > best && ours(name));
    if let Some(broken) = newer.find(|name| steps(&folder.join(name), &key).is_none()) {
        return Err(newest_broken(broken, &best));
    }
    Ok(Found { folder: folder.join(&best), keys, key })
}

/// The key of the first backup that opens, and whose it is.
fn open_one(whole: &[(&String, KeyFile)], ways: &Ways<'_>) -> Result<(VaultId, DatabaseKey)> {
    let mut refusal = None;
    let mut of_each: Vec<(VaultId, Vec<&KeyFile>)> = Vec::new();
    for (_, keys) in whole {
        match of_each.iter_mut().find(|(vault, _)| *vault == keys.vault()) {
            Some((_, theirs)) => theirs.push(keys),
            None => of_each.push((keys.vault(), vec![keys])),
        }
    }
    let newest_of_each_first = (0..whole.len()).flat_map(|turn| of_each.iter().filter_map(move |(_, theirs)| theirs.get(turn)));
    for keys in newest_of_each_first.take(TRIED) {
        match ways.open(keys) {
            Ok(key) => return Ok((keys.vault(), key)),
            Err(error) => refusal = refusal.or(Some(error)),
        }
    }
    Err(refusal.unwrap_or_else(|| not_whole("Every backup in that folder is")))
}

fn whole_keys(folder: &Path) -> Option<KeyFile> {
    folder.join(open::FILE).is_file().then(|| KeyFile::load(folder).ok()).flatten().map(|(keys, _)| keys)
}

/// How many steps a backup holds; none if it does not open.
fn steps(folder: &Path, key: &DatabaseKey) -> Option<i64> {
    let conn = open::onlooker(&folder.join(open::FILE), key.expose()).ok()?;
    log::waiting(&conn).ok()
}

/// A backup lacks what was saved on this computer.
struct Behind {
    error: Error,
    why: String,
}

/// Compares a backup with the head that this computer kept of its record.
fn behind(conn: &Db, data: &Path, key: &DatabaseKey) -> Result<Option<Behind>> {
    let read = HeadFile::open(data, key).and_then(|file| file.map(|file| file.read()).transpose());
    let head = match read {
        Ok(head) => head.flatten(),
        Err(error) if error.code == RecordRefused::HeadDamaged.code() => {
            return Ok(Some(Behind { error: not_comparable(), why: "Restored although the head of the log was damaged".to_owned() }));
        }
        Err(error) => return Err(error),
    };
    let Some(head) = head else {
        let used_here = Device::is_kept(data) || vault::knows_computer(conn, &computer::mark(data, key))?;
        let behind = || Behind { error: not_comparable(), why: "Restored although the head of the log was missing".to_owned() };
        return Ok(used_here.then(behind));
    };
    let here = if vault::knows(conn, head.device)? { log::position(conn, head.device)?.op_seq } else { 0 };
    if here < head.op_seq {
        let steps = match head.op_seq - here {
            1 => "1 entry".to_owned(),
            count => format!("{count} entries"),
        };
        let until = log::last_wall(conn)?.map(|at| day_time_words(at.local())).unwrap_or_default();
        let words = format!(
            "This backup is {steps} behind what was last saved on this computer. Nothing done after {until} is in it. \
             Nothing was changed. Look for a newer backup. To continue without them, a service lead gives a reason."
        );
        return Ok(Some(Behind {
            error: BackupRefused::Behind.says(words),
            why: format!("Restored from a backup that was {steps} behind"),
        }));
    }
    if log::hash_at(conn, head.device, head.op_seq)? != Some(head.op_hash) {
        let words = "This backup does not match what was last saved on this computer. Nothing was changed. \
             Look for another backup. To continue with this one, a service lead gives a reason.";
        return Ok(Some(Behind {
            error: BackupRefused::Behind.says(words),
            why: "Restored from a backup that did not match what was saved here".to_owned(),
        }));
    }
    Ok(None)
}

/// Copies a backup to where the vault is made, and checks all of it there, so
/// that what is moved to the vault's place opens.
fn bring(from: &Path, making: &Path, key: &DatabaseKey, recover: Option<&Recover>, progress: &dyn Progress) -> Result<()> {
    if making.exists() {
        std::fs::remove_dir_all(making).map_err(|error| files::disk_error(&error))?;
    }
    files::create_private_dir(making)?;
    progress.report(0, 3, "Copying the record");
    files::copy_whole(&from.join(open::FILE), &making.join(open::FILE))?;
    KeyFile::load(from)?.0.save(making)?;
    progress.report(1, 3, "Checking the copy");
    let name = from.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    check_copy(making, key, recover, &name)
        .map_err(|error| if error.code == RecordRefused::Damaged.code() { not_whole(&format!("The backup {name} is")) } else { error })
}

fn check_copy(making: &Path, key: &DatabaseKey, recover: Option<&Recover>, name: &str) -> Result<()> {
    let verifier = || open::verifier(&making.join(open::FILE), key.expose());
    let conn = verifier()?;
    if !judge::has_records(&conn) {
        return Err(not_whole(&format!("The backup {name} is")));
    }
    // A record of an older version is brought up to date when it is opened.
    if migrate::need(&conn, &SCHEMA)? == migrate::Need::Nothing
        && !verify::verify(&conn, verifier()?, &SCHEMA, &identity::verify, &|_, _| true)?.is_empty()
    {
        return Err(not_whole(&format!("The backup {name} is")));
    }
    if let Some(recover) = recover {
        lead_named(&conn, &recover.sign_in)?;
    }
    Ok(())
}

fn not_there() -> Error {
    BackupRefused::NotThere.says("There is no backup in that folder. Choose the folder that the backup was saved in.")
}

/// An older backup is restored only by somebody who chose it.
fn newest_broken(broken: &str, best: &str) -> Error {
    let words = format!(
        "The newest backup in that folder, {broken}, is damaged or incomplete. Nothing was restored. \
         The newest one that can be restored is {best}: choose its folder to restore it."
    );
    BackupRefused::NewestBroken.says(words)
}

fn not_comparable() -> Error {
    BackupRefused::Behind.says(
        "The file that tells Attune what was last saved on this computer is damaged or missing, so Attune cannot tell whether this backup is complete. \
         Nothing was changed. To continue, a service lead gives a reason.",
    )
}

fn not_whole(which: &str) -> Error {
    let words = format!(
        "{which} damaged or has been altered, so it was not restored. Nothing was changed. Try an older backup, or another copy of this one."
    );
    BackupRefused::Damaged.says(words)
}
