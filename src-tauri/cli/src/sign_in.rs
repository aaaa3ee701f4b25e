//! Signing in from a terminal.

use std::path::Path;

use attune_core::desk::Desk;
use attune_core::user::signing_in::Unlock;

use crate::Vault;
use crate::output::{Failure, note};

/// The variable a passphrase can be given in.
const PASSPHRASE: &str = "ATTUNE_PASSPHRASE";

/// A desk on a folder, locked.
pub fn desk(folder: &Path) -> Desk {
    Desk::at(folder.to_path_buf())
}

/// Signs in as the user of the call.
pub fn open(vault: &Vault) -> Result<Desk, Failure> {
    let desk = desk(&vault.folder);
    unlock(&desk, vault)?;
    Ok(desk)
}

/// Signs the user of the call in on a desk, and says what there is to know: what was mended, that a record begins anew.
pub fn unlock(desk: &Desk, vault: &Vault) -> Result<(), Failure> {
    let Some(sign_in) = &vault.user else {
        return Err(Failure::Misused("Say who is signing in with --user.".to_owned()));
    };
    let passphrase = match std::env::var(PASSPHRASE) {
        Ok(passphrase) => passphrase,
        Err(_) => rpassword::prompt_password(format!("Passphrase of {sign_in}: "))
            .map_err(|_| Failure::Misused(format!("Give the passphrase at a terminal or in {PASSPHRASE}.")))?,
    };
    desk.unlock(&Unlock { sign_in: sign_in.to_owned(), passphrase, go_on_because: vault.because.clone() })?;
    for notice in desk.frame()?.notices {
        note(&notice);
    }
    Ok(())
}
