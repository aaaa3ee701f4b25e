//! What the desk refuses.

use crate::codes::refusals;

refusals! {
    /// Opening, making and keeping a record.
    pub enum DeskRefused {
        Locked "locked" => "Attune is locked. Unlock it to continue. Your drafts are kept.",
        ConfirmPassphrase "confirm_passphrase" => "Enter your passphrase again to do this. Nothing has been changed yet.",
        FolderNotEmpty "folder_not_empty" => "The folder for the record has other files in it. Nothing was created. Choose an empty folder.",
        NotPractice "not_practice" => "The record in that folder is not a practice record. Nothing was changed.",
        Unfinished "user_unfinished" at "signIn" => "This sign-in was never completed. Ask the service lead to add the user again. Nothing else is affected.",
        NotALead "recover_not_a_lead" at "signIn" => "No service lead signs in with that name. The recovery key opens the record for a service lead.",
        Oneself "user_self" => "You cannot remove yourself from the team. Ask another service lead.",
        WithoutKey "user_without_key" => "The user was added to the team, but the key file could not be replaced, so they cannot sign in yet. Check the disk and the folder, then give them a one-time passphrase from the list of users.",
    }
}

refusals! {
    /// A change of keys.
    pub enum WayRefused {
        NotReplaced "keys_not_replaced",
        Replaced "way_replaced",
    }
}

refusals! {
    /// Backing up and restoring.
    pub enum BackupRefused {
        Folder "backup_folder" at "folder",
        OwnFolder "backup_folder_own" at "folder",
        NotWhole "backup_not_whole",
        Behind "backup_behind",
        NotThere "backup_not_there" at "folder",
        NewestBroken "backup_newest_broken" at "folder",
        Damaged "backup_damaged" at "folder",
    }
}
