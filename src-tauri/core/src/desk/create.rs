//! Making a vault. It is made whole beside its place and then moved there, so
//! that a half-made one never stands where a record is looked for.

use std::path::PathBuf;

use crate::desk::Desk;
use crate::desk::keeper::HeadKeeper;
use crate::desk::refused::DeskRefused;
use crate::error::{Error, RecordRefused, Result};
use crate::ids::{Ids, RandomIds, VaultId};
use crate::op::Op;
use crate::release::ops::seat;
use crate::schema::SCHEMA;
use crate::session::Session;
use crate::store::open;
use crate::store::open::Durability;
use crate::store::tx::Author;
use crate::store::{migrate, used, vault};
use crate::team::ops::enter_team;
use crate::team::rows::Team;
use crate::user::rows::Incarnation;
use crate::user::signing_in::CreateVault;
use crate::user::{Role, User, UserRefused, enter_user};
use crate::vault::head::HeadFile;
use crate::vault::identity::Device;
use crate::vault::keys::{DatabaseKey, KeyFile, Way};
use crate::vault::recovery::RecoveryKey;
use crate::vault::{computer, files, passphrase, used as marks};

impl Desk {
    /// Makes a team's vault with its first service lead, signs them in, and
    /// answers the recovery key, which is shown this once.
    ///
    /// # Errors
    /// The field that cannot be used, a vault that is there already, or a
    /// fault of the disk; then nothing stands where the vault would.
    pub fn create_vault(&self, request: &CreateVault) -> Result<Vec<String>> {
        if !passphrase::assess(&request.passphrase, &[&request.name, &request.sign_in, &request.organisation, &request.team]).enough {
            return Err(UserRefused::WeakPassphrase.into());
        }
        self.make(request, false)
    }

    /// Makes a practice vault: its passphrase is no secret and is not judged.
    ///
    /// # Errors
    /// As [`Self::create_vault`].
    pub fn create_practice_vault(&self, request: &CreateVault) -> Result<Vec<String>> {
        self.make(request, true)
    }

    fn make(&self, request: &CreateVault, practice: bool) -> Result<Vec<String>> {
        let (name, sign_in, organisation) = enter_user(&request.name, &request.sign_in, &request.organisation)?;
        let (team, auto_lock_minutes) = enter_team(&request.team, request.auto_lock_minutes)?;
        self.place_is_free()?;
        let now = self.setup.clock.now();
        let mut ids = self.setup.ids.clone();
        // Never counted: two vaults of one id would share a head.
        let vault_id = VaultId(RandomIds.next(now.0));
        let recovery = RecoveryKey::generate()?;
        let key = DatabaseKey::generate()?;
        let lead =
            User { id: ids.next(now.0).into(), name, sign_in, role: Role::ServiceLead, organisation, active: true, passphrase_at: now };
        let making = self.making_folder();
        if making.exists() {
            // Left by a making that was cut short before anybody was told.
            std::fs::remove_dir_all(&making).map_err(|error| files::disk_error(&error))?;
        }
        files::create_private_dir(&making)?;
        let mut keys = KeyFile::create(vault_id, practice);
        let way = Way { user: lead.id, sign_in: &lead.sign_in, passphrase: &request.passphrase, one_time: false, at: now };
        keys.set_entry(&way, &key, self.setup.kdf)?;
        keys.set_recovery(&recovery, &key, now)?;
        keys.save(&making)?;
        let data = self.data_folder(vault_id)?;
        files::create_private_dir(&data)?;
        let device = Device::create(&data, vault_id, &key)?;
        let mut conn = open::writer(&making.join(open::FILE), key.expose(), Durability::Full)?;
        migrate::upgrade(&mut conn, &SCHEMA)?;
        vault::begin(&conn, vault_id, practice, now)?;
        let here = computer::mark(&data, &key);
        vault::know_device(&conn, device.id(), &device.public(), &here)?;
        vault::is_here(&mut conn, &here)?;
        let secret = *DatabaseKey::generate()?.expose();
        let cost = self.setup.kdf;
        used::remember(&conn, lead.id, &cost.to_bytes(), &marks::mark(vault_id, lead.id, &request.passphrase, cost)?, now)?;
        let author = Author { vault: vault_id, device: device.id(), user: lead.id };
        let incarnation = Incarnation { device: device.id(), public_key: device.public(), at: now, why: "Record created here".to_owned() };
        let file = HeadFile::replace(&data, &key)?;
        let keeper = Box::new(HeadKeeper { device, file });
        let mut session = Session::new(conn, author, lead.clone(), self.setup.clock.clone(), Box::new(ids), keeper);
        session.transact(Op::CreateVault, |tx| {
            tx.create(&Team { id: tx.new_id(), name: team, auto_lock_minutes, recovery_at: now, copies_owed_by: String::new() })?;
            tx.create(&lead)?;
            tx.create(&incarnation)?;
            // From the first step on: no copy of the record, however old, is without them.
            seat::begin(tx, secret)
        })?;
        session.close()?;
        self.move_in_place(&making)?;
        self.open_as(&lead, key, keys)?;
        Ok(recovery.printable().iter().map(|line| line.to_string()).collect())
    }

    /// Refuses a folder in which anything stands, before anything is made.
    pub(super) fn place_is_free(&self) -> Result<()> {
        if self.vault_is_there() {
            return Err(RecordRefused::Exists.says("There is already a record in that folder. Nothing was changed. Unlock it instead."));
        }
        match std::fs::read_dir(&self.setup.folder).is_ok_and(|mut inside| inside.next().is_some()) {
            true => Err(folder_not_empty()),
            false => Ok(()),
        }
    }

    /// Whether a record, or a part of one, stands in the folder.
    pub(super) fn vault_is_there(&self) -> bool {
        let folder = &self.setup.folder;
        [open::FILE, crate::vault::keys::KEY_FILE, crate::vault::keys::MIRROR_FILE].iter().any(|name| folder.join(name).exists())
    }

    pub(super) fn making_folder(&self) -> PathBuf {
        let mut name = self.setup.folder.file_name().unwrap_or_default().to_owned();
        name.push(".making");
        self.setup.folder.with_file_name(name)
    }

    pub(super) fn move_in_place(&self, making: &std::path::Path) -> Result<()> {
        let folder = &self.setup.folder;
        if folder.exists() {
            std::fs::remove_dir(folder).map_err(|_| folder_not_empty())?;
        }
        files::move_whole(making, folder).map_err(|error| files::disk_error(&error))
    }
}

fn folder_not_empty() -> Error {
    DeskRefused::FolderNotEmpty.into()
}
