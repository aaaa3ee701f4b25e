//! `attunectl practice`.

use std::path::PathBuf;
use std::process::ExitCode;

use attune_core::codes::Code;
use attune_core::desk::Desk;
use attune_core::desk::practice;
use attune_core::desk::practice::Kept;
use attune_core::desk::refused::DeskRefused;
use attune_core::error::RecordRefused;
use attune_core::practice::{PASSPHRASE, Plan, USERS};
use chrono::NaiveDate;
use clap::Args;
use serde_json::json;

use crate::output::{Failure, data, line, note};
use crate::{sign_in, watch};

/// What to make.
#[derive(Args)]
pub struct PracticeArgs {
    /// The folder for the vault; it must not exist or be empty, unless --keep is given.
    folder: PathBuf,
    /// How many families.
    #[arg(long, default_value_t = 36, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    families: u32,
    /// How many contacts in all, about; as many as their stories have without.
    #[arg(long, default_value_t = 0)]
    contacts: u32,
    /// The same seed makes the same families.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// The day the record is on, for example 2026-11-23; today without.
    #[arg(long)]
    as_of: Option<NaiveDate>,
    /// Keep the practice record in that folder. If it is of another version or was never
    /// finished, set it aside and make a new one.
    #[arg(long)]
    keep: bool,
    /// Print data, one JSON object.
    #[arg(long)]
    json: bool,
}

/// Makes a practice vault.
pub fn make(args: &PracticeArgs) -> Result<ExitCode, Failure> {
    let desk = sign_in::desk(&args.folder);
    let plan = Plan { families: args.families, contacts: args.contacts, seed: args.seed, as_of: args.as_of };
    let kept = if args.keep {
        practice::keep(&desk, &plan, &watch::Bar::new())?
    } else {
        let taken = [RecordRefused::Exists.code(), DeskRefused::FolderNotEmpty.code()];
        practice::fill(&desk, &plan, &watch::Bar::new()).map_err(|error| match taken.contains(&error.code) && is_practice(&desk) {
            true => Failure::Misused(format!(
                "There is already a practice record in {}. Nothing was changed. With --keep it is used as it is.",
                args.folder.display()
            )),
            false => error.into(),
        })?;
        Kept::Made
    };
    if args.json {
        let users: Vec<_> = USERS
            .iter()
            .map(|(user, _, role, organisation)| json!({"signIn": user, "role": role.code(), "organisation": organisation}))
            .collect();
        data(&json!({"folder": args.folder, "families": args.families, "users": users, "passphrase": PASSPHRASE}));
        return Ok(ExitCode::SUCCESS);
    }
    note(&words(&kept, args));
    for (user, _, role, organisation) in USERS {
        line(&format!("{user:<8} {} ({organisation})", role.words()));
    }
    line(&format!("The passphrase of each is: {PASSPHRASE}"));
    Ok(ExitCode::SUCCESS)
}

fn is_practice(desk: &Desk) -> bool {
    desk.look().is_ok_and(|seen| seen.is_some_and(|seen| seen.practice))
}

fn words(kept: &Kept, args: &PracticeArgs) -> String {
    let (families, folder) = (args.families, args.folder.display());
    match kept {
        Kept::Made => format!("Practice record with {families} families made in {folder}"),
        Kept::There(day) => format!("There is already a practice record in {folder}, made for {}.", day.format("%d-%b-%Y")),
        Kept::Anew(aside) => format!(
            "The practice record in {folder} was of another version, or was never finished. It is kept in {}; \
             a new one with {families} families has been made.",
            aside.display()
        ),
    }
}
