//! `attunectl check`.

use std::path::Path;
use std::process::ExitCode;

use attune_proof::Proof;

use crate::output::{Failure, line};

/// Whether a proof holds and is of the release that a CSV file is of: exit code 0 if so, 1 if not.
pub fn proof(proof: &Path, file: &Path) -> Result<ExitCode, Failure> {
    let read = |path: &Path| std::fs::read(path).map_err(|_| Failure::Misused(format!("{} cannot be read.", path.display())));
    let csv = read(file)?;
    let Ok(proof) = serde_json::from_slice::<Proof>(&read(proof)?) else {
        line("Refused: it is no proof.");
        return Ok(ExitCode::FAILURE);
    };
    match proof.check().and_then(|()| proof.is_of_file(&csv)) {
        Ok(()) => {
            line(&format!("Accepted: {}. Every hidden number can still be any small number.", proof.subject));
            Ok(ExitCode::SUCCESS)
        }
        Err(refused) => {
            line(&format!("Refused: {refused}."));
            Ok(ExitCode::FAILURE)
        }
    }
}
