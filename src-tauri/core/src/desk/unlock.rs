//! Unlocking: who, with which key, and whether the record is whole.

use std::path::Path;

use crate::desk::judge;
use crate::desk::judge::{Anew, Doubt, Judged};
use crate::desk::keeper::HeadKeeper;
use crate::desk::keyed;
use crate::desk::keyed::Replaced;
use crate::desk::refused::{DeskRefused, WayRefused};
use crate::desk::users::refuse_weak;
use crate::desk::{Desk, Open, ran_out};
use crate::error::{Error, RecordRefused, Result};
use crate::ids::{UserId, VaultId};
use crate::op::Op;
use crate::schema::SCHEMA;
use crate::session::Session;
use crate::store::db::Db;
use crate::store::looks::Look;
use crate::store::tx::Author;
use crate::store::{acts, clocks, log, migrate, open, vault};
use crate::typed;
use crate::typed::clock;
use crate::user::one_time::OneTimeRefused;
use crate::user::rows as users;
use crate::user::rows::Incarnation;
use crate::user::signing_in::{Recover, Unlock};
use crate::user::{Role, User, UserRefused};
use crate::vault::attempts;
use crate::vault::attempts::Attempt;
use crate::vault::head::HeadFile;
use crate::vault::identity::Device;
use crate::vault::keys;
use crate::vault::keys::{DatabaseKey, KeyFile, KeysRefused, Notice, Unlocked};
use crate::vault::lock::VaultLock;
use crate::vault::recovery::RecoveryKey;
use crate::vault::{computer, files, passphrase};

/// Who opens the record, with what.
pub(super) struct Opening<'a> {
    pub lock: VaultLock,
    pub keys: KeyFile,
    pub way: Unlocked,
    pub notices: Vec<Notice>,
    /// A service lead's reason to go on in spite of a doubt; empty without.
    pub go_on_because: &'a str,
    /// The new beginning that this is known to be.
    pub anew: Option<Anew>,
    /// What the read log calls it.
    pub how: &'static str,
}

impl Desk {
    /// Signs a user in.
    ///
    /// # Errors
    /// `wrong_passphrase`, `passphrase_ran_out`, `keys_damaged`,
    /// `vault_damaged`, `records_missing`, `head_damaged`, `vault_newer`,
    /// `vault_in_use`, `vault_missing`.
    pub fn unlock(&self, request: &Unlock) -> Result<()> {
        self.lock()?;
        let lock = VaultLock::take(&self.setup.folder)?;
        let (keys, notices) = self.load_keys()?;
        let attempt = self.attempt(keys.vault(), keys.user_called(&request.sign_in), false);
        let way = keys.unlock(&request.sign_in, &request.passphrase).inspect_err(|error| self.keep_attempt(&attempt, error))?;
        let how = "unlock";
        self.open_record(Opening { lock, keys, way, notices, go_on_because: &request.go_on_because, anew: None, how })
            .inspect_err(|error| self.keep_attempt(&attempt, error))
    }

    /// Opens with the recovery key: signs a service lead in and sets their new
    /// passphrase. The record is judged first: what is refused has changed
    /// nobody's passphrase.
    ///
    /// # Errors
    /// `recovery_key_typo`, `wrong_recovery_key`, `recover_not_a_lead`, or as
    /// [`Self::unlock`]; then the passphrase is as it was.
    pub fn recover(&self, request: &Recover) -> Result<()> {
        self.recover_because(request, None)
    }

    pub(super) fn recover_because(&self, request: &Recover, anew: Option<Anew>) -> Result<()> {
        self.lock()?;
        let recovery = parse_recovery(request)?;
        let lock = VaultLock::take(&self.setup.folder)?;
        let (keys, notices) = self.load_keys()?;
        let attempt = self.attempt(keys.vault(), None, true);
        let key = keys.open_with_recovery(&recovery).inspect_err(|error| self.keep_attempt(&attempt, error))?;
        let lead = {
            let conn = self.connect(&key)?;
            let named = Replaced::find(&conn, &keys)?.refuse_recovery().and_then(|()| lead_named(&conn, &request.sign_in));
            named.inspect_err(|error| self.keep_attempt(&attempt, error))?
        };
        let way = Unlocked { user: lead.id, key, must_change: false, set_at: lead.passphrase_at };
        let how = "recover";
        self.open_record(Opening { lock, keys, way, notices, go_on_because: &request.go_on_because, anew, how })?;
        let set = self.with_open(|open| {
            let me = open.session.user().clone();
            self.refuse_used(open, me.id, &request.passphrase)?;
            if !open.practice {
                refuse_weak(&open.session, &me, &request.passphrase)?;
            }
            self.set_passphrase(open, &me, &request.passphrase, false, Op::Recover).map(drop)
        });
        // Nobody works in a record that they could not come back into.
        set.inspect_err(|_| drop(self.lock()))
    }

    /// Opens the record for a user whose key is at hand: it was just made here.
    pub(super) fn open_as(&self, user: &User, key: DatabaseKey, keys: KeyFile) -> Result<()> {
        let lock = VaultLock::take(&self.setup.folder)?;
        let way = Unlocked { user: user.id, key, must_change: false, set_at: user.passphrase_at };
        self.open_record(Opening { lock, keys, way, notices: Vec::new(), go_on_because: "", anew: None, how: "unlock" })
    }

    pub(super) fn attempt(&self, vault: VaultId, user: Option<UserId>, recovery: bool) -> (VaultId, Attempt) {
        (vault, Attempt { at: self.setup.clock.now(), user, recovery })
    }

    /// Keeps a sign-in that was refused for its secret, to be logged when
    /// somebody signs in. Where it cannot be kept, the refusal is said all the same.
    pub(super) fn keep_attempt(&self, (vault, attempt): &(VaultId, Attempt), error: &Error) {
        let of_the_secret = [
            KeysRefused::WrongPassphrase.code(),
            OneTimeRefused::RanOut.code(),
            OneTimeRefused::Clock.code(),
            KeysRefused::WrongRecoveryKey.code(),
            DeskRefused::NotALead.code(),
            WayRefused::Replaced.code(),
            RecordRefused::KeyFileOlder.code(),
        ];
        if !of_the_secret.contains(&error.code) {
            return;
        }
        if let Ok(data) = self.data_folder(*vault)
            && data.is_dir()
        {
            attempts::keep(&data, attempt).ok();
        }
    }

    fn load_keys(&self) -> Result<(KeyFile, Vec<Notice>)> {
        let (keys, notices) = KeyFile::load(&self.setup.folder)?;
        KeyFile::drop_staged(&self.setup.folder);
        Ok((keys, notices))
    }

    /// Makes both copies of the key file whole, and answers what is to be known
    /// of it. Done once the record has judged the copy that counts: the other
    /// may be the newer one.
    fn mend_keys(&self, keys: &KeyFile, notices: &[Notice]) -> Vec<String> {
        // One whole copy is enough to work with: what cannot be mended now is said.
        if !notices.is_empty() && keys.repair(&self.setup.folder).is_err() {
            return vec![NOT_MENDED.to_owned()];
        }
        // Whether a save was unfinished the record knows, and says it.
        notices.iter().filter(|notice| **notice != Notice::SaveUnfinished).map(|notice| notice.message().to_owned()).collect()
    }

    fn connect(&self, key: &DatabaseKey) -> Result<Db> {
        self.opened_file(key).map_err(|error| self.why_it_failed(error))
    }

    fn opened_file(&self, key: &DatabaseKey) -> Result<Db> {
        let path = self.setup.folder.join(open::FILE);
        for file in open::FILES {
            files::refuse_other_than_a_file(&self.setup.folder.join(file))?;
        }
        if !path.exists() {
            return Err(RecordRefused::RecordsMissing.says(
                "The record file is missing from its folder; only the key file is left. Nothing was changed. Put the file back, or \
                 restore from a backup.",
            ));
        }
        // SQLite would make a new record in an empty file, and call it opened.
        if std::fs::metadata(&path).is_ok_and(|meta| meta.len() == 0) {
            return Err(judge::no_records());
        }
        let conn = open::writer(&path, key.expose(), self.setup.durability)?;
        open::leave_wal(&conn, true)?;
        Ok(conn)
    }

    /// Judges the record, brings it up to date and signs the user in.
    pub(super) fn open_record(&self, opening: Opening<'_>) -> Result<()> {
        let Opening { lock, keys, way, notices, go_on_because, anew, how } = opening;
        let mut conn = self.connect(&way.key)?;
        let need = migrate::need(&conn, &SCHEMA)?;
        let data = self.data_folder(keys.vault())?;
        ran_out::refuse(&conn, &way, self.setup.clock.now())?;
        let because = go_on_because.trim();
        let judged = match anew {
            Some(anew) => Judged::BeginsAnew(anew),
            None => judge::judge(&conn, &data, &keys, &way.key).or_else(|doubt| go_on(&conn, way.user, doubt, because))?,
        };
        open::leave_wal(&conn, false)?;
        if need == migrate::Need::Upgrade {
            let version = migrate::version(&conn, &SCHEMA)?;
            drop(conn);
            keep_copy(&self.setup.folder, version)?;
            conn = self.connect(&way.key)?;
            open::leave_wal(&conn, false)?;
            migrate::upgrade(&mut conn, &SCHEMA)?;
        }
        let who = users::find(&conn, way.user)?.ok_or_else(unfinished)?;
        if !who.active {
            return Err(keys::wrong_passphrase());
        }
        let now = self.setup.clock.now();
        let clock = clock::doubt(log::last_wall(&conn)?, clocks::latest_known(&conn, now)?, now);
        let replaced = Replaced::find(&conn, &keys)?;
        replaced.refuse(&way)?;
        let judged = match judged {
            Judged::BeginsAnew(anew) if anew.in_spite => Judged::BeginsAnew(anew),
            judged if replaced.is_nothing() => judged,
            _ => go_on(&conn, way.user, judge::keys_older(), because)?,
        };
        let practice = vault::is_practice(&conn)?;
        let (mut session, began) = match judged {
            Judged::GoesOn(keeper) => (self.session(conn, who, &keys, keeper), None),
            Judged::BeginsAnew(anew) => (self.begin_anew(conn, who, &data, &keys, &way.key, &anew.why)?, Some(anew.notice.to_owned())),
        };
        log_sign_in(&mut session, &data, how)?;
        ran_out::keep(&mut session, &keys)?;
        session.locally(|conn, _| acts::forget_old(conn))?;
        let here = computer::mark(&data, &way.key);
        if !vault::knows_computer(session.conn(), &here)? {
            session.locally(|conn, _| vault::know_place(conn, &here))?;
        }
        session.locally(|conn, _| vault::is_here(conn, &here))?;
        let reader = open::reader(&self.setup.folder.join(open::FILE), way.key.expose())?;
        let notices = self.mend_keys(&keys, &notices).into_iter().chain(began).chain(clock).collect();
        let mut open = Open { session, key: way.key, keys, practice, must_change: way.must_change, notices, _lock: lock };
        keyed::tidy(&mut open, &self.setup.folder, &replaced);
        *self.reading() = Some(reader);
        self.idle.begin();
        self.passphrase_was_given();
        *self.opened() = Some(open);
        Ok(())
    }

    fn session(&self, conn: Db, user: User, keys: &KeyFile, keeper: HeadKeeper) -> Session {
        let author = Author { vault: keys.vault(), device: keeper.device.id(), user: user.id };
        Session::new(conn, author, user, self.setup.clock.clone(), Box::new(self.setup.ids.clone()), Box::new(keeper))
    }

    /// A session of this computer as a new one. What it kept of the record
    /// before is put aside.
    fn begin_anew(&self, conn: Db, who: User, data: &Path, keys: &KeyFile, key: &DatabaseKey, why: &str) -> Result<Session> {
        judge::put_aside(data, self.setup.clock.now())?;
        let device = Device::create(data, keys.vault(), key)?;
        let (id, public) = (device.id(), device.public());
        let mark = computer::mark(data, key);
        let file = HeadFile::replace(data, key)?;
        let mut session = self.session(conn, who, keys, HeadKeeper { device, file });
        session.transact(Op::BeginIncarnation, |tx| {
            vault::know_device(tx, id, &public, &mark)?;
            tx.because(why);
            tx.create(&Incarnation { device: id, public_key: public, at: tx.now(), why: why.to_owned() })
        })?;
        Ok(session)
    }
}

/// Logs the sign-ins that were refused since somebody last signed in here, then this one.
fn log_sign_in(session: &mut Session, data: &Path, how: &'static str) -> Result<()> {
    let waiting = attempts::waiting(data);
    let line = |view, denied| Look { family: None, view, denied };
    let now = session.now();
    let mut looks: Vec<_> =
        waiting.iter().map(|one| (one.user, line(if one.recovery { "recover" } else { "unlock" }, true), one.near(now))).collect();
    looks.push((Some(session.user().id), line(how, false), now));
    session.log_each(&looks)?;
    attempts::logged(data);
    Ok(())
}

const NOT_MENDED: &str = "One of the two copies of the key file is damaged or missing and could not be replaced. \
     The other is undamaged, and nobody’s passphrase has changed. Tell whoever looks after this computer: its disk may be full or failing.";

/// A service lead may go on, with a reason, when the head says that records
/// are missing, or cannot say.
fn go_on(conn: &Db, user: UserId, doubt: Doubt, because: &str) -> Result<Judged> {
    let lead = judge::has_records(conn) && users::find(conn, user)?.is_some_and(|user| user.role == Role::ServiceLead);
    match doubt.why {
        Some(why) if lead && typed::says_why(because) => Ok(Judged::BeginsAnew(Anew::in_spite(&doubt.error, why, because))),
        _ => Err(doubt.error),
    }
}

/// Keeps a copy of the closed, encrypted file before its schema is changed.
fn keep_copy(folder: &Path, version: usize) -> Result<()> {
    files::copy_whole(&folder.join(open::FILE), &folder.join(format!("record.version-{version}.db")))
}

fn unfinished() -> Error {
    DeskRefused::Unfinished.into()
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
pub(super) fn lead_named(conn: &Db, sign_in: &str) -> Result<User> {
    let wanted = keys::folded(sign_in);
    let lead =
        users::all(conn)?.into_iter().find(|user| user.active && user.role == Role::ServiceLead && keys::folded(&user.sign_in) == wanted);
    lead.ok_or_else(|| DeskRefused::NotALead.into())
}

/// What stands in the folder when nobody is signed in.
pub fn look(folder: &Path) -> Result<Option<(KeyFile, Vec<String>)>> {
    match KeyFile::load(folder) {
        Ok((keys, notices)) => Ok(Some((keys, notices.iter().map(|notice| notice.message().to_owned()).collect()))),
        Err(error) if error.code == KeysRefused::Missing.code() && !folder.join(open::FILE).exists() => Ok(None),
        Err(error) => Err(error),
    }
}
