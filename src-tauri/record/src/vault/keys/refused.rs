//! What a key file refuses.

use crate::codes::refusals;

refusals! {
    /// Why a key file opens nothing.
    pub enum KeysRefused {
        Missing "vault_missing" => "There is no record in this folder. Choose the folder that holds the team's record, or start a new one.",
        WrongPassphrase "wrong_passphrase" at "passphrase" => "The name or passphrase is not right. Check both, and Caps Lock, then try again. A service lead can give you a new passphrase.",
        WrongRecoveryKey "wrong_recovery_key" at "recoveryKey" => "That recovery key is typed correctly but does not open this record. It may belong to another record, or a newer key may have replaced it: look for the newest sheet.",
        OfATrial "keys_older" => "This record was made with a trial version of Attune, and this version cannot read its key file. Nothing was changed. Open it with the version that created it. A practice record can simply be created again.",
        OfTwoRecords "keys_of_two_records" => "The key file in this folder and its second copy belong to two different records. Neither is damaged; one was put here by mistake. Nothing was changed. Move the one that does not belong here (keys.json or keys.mirror.json) to another place, and keep it.",
        Damaged "keys_damaged" => "The key file of this record and its second copy are both damaged, so no passphrase can open it. Nothing was changed or deleted. Keep the folder as it is, and put keys.json back from a backup.",
    }
}
