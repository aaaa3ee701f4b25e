//! `attunectl practice`.

use std::path::PathBuf;
use std::process::ExitCode;

use attune_core::codes::Code;
use attune_core::desk::practice;
use attune_core::ops::practice::{PASSPHRASE, Plan, USERS};
use chrono::NaiveDate;
use clap::Args;
use serde_json::json;

use crate::output::{Failure, data, line, note};
use crate::{sign_in, watch};

/// What to make.
#[derive(Args)]
pub struct PracticeArgs {
    /// The folder for the vault; it must not exist or be empty.
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
    /// Print data, one JSON object.
    #[arg(long)]
    json: bool,
}

/// Makes a practice vault.
pub fn make(args: &PracticeArgs) -> Result<ExitCode, Failure> {
    let desk = sign_in::desk(&args.folder);
    let plan = Plan { families: args.families, contacts: args.contacts, seed: args.seed, as_of: args.as_of };
    practice::fill(&desk, &plan, &watch::Bar::new())?;
    if args.json {
        let users: Vec<_> = USERS
            .iter()
            .map(|(user, _, role, organisation)| json!({"signIn": user, "role": role.code(), "organisation": organisation}))
            .collect();
        data(&json!({"folder": args.folder, "families": args.families, "users": users, "passphrase": PASSPHRASE}));
        return Ok(ExitCode::SUCCESS);
    }
    note(&format!("Practice vault with {} families made in {}", args.families, args.folder.display()));
    for (user, _, role, organisation) in USERS {
        line(&format!("{user:<8} {} ({organisation})", role.words()));
    }
    line(&format!("The passphrase of each is: {PASSPHRASE}"));
    Ok(ExitCode::SUCCESS)
}
