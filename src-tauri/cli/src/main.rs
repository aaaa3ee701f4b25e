//! `attunectl`: Attune without a window. It runs the same commands as the
//! desktop app, and makes, checks and reads vaults.

mod check;
mod output;
mod practice;
mod show;
mod sign_in;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use attune_core::api::ActId;
use attune_core::desk::Desk;
use clap::{Args, Parser, Subcommand};

use output::Failure;

/// Attune without a window: practice vaults, commands, checks, the log and
/// summaries.
///
/// Every command that opens a vault signs in as a user: name them with --user
/// and give the passphrase at the prompt, or in ATTUNE_PASSPHRASE. What a user
/// may see and do is the same as in the window, and is logged the same.
///
/// Exit codes: 0 done, 1 refused or something is wrong with the record,
/// 2 the call itself cannot be understood.
#[derive(Parser)]
#[command(name = "attunectl", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a vault of fictional families, with one user a role.
    ///
    /// The families are plainly fictional and have numbers of the 999 range
    /// only. The same seed and date make the same families.
    Practice(practice::PracticeArgs),
    /// List the commands that `call` runs, with who may use them.
    ///
    /// Each line names the types of the request and of the answer. What they look like is told in the sources, in
    /// ui/src/ipc/generated, one file a type.
    Commands {
        /// Print data, one JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Run one command as a user and print its answer as JSON.
    ///
    /// Example: attunectl call VAULT caseload '{"mine":true,"filter":"open","sort":"name"}' --user niamh
    Call {
        #[command(flatten)]
        vault: Vault,
        /// The command; `attunectl commands` lists them.
        command: String,
        /// Its request as JSON; `-` reads it from standard input.
        #[arg(default_value = "{}")]
        request: String,
        /// The number of this act, a UUID: sent again with the same request it
        /// is answered as before, and nothing is done twice.
        #[arg(long, value_parser = act_number)]
        act: Option<ActId>,
    },
    /// Check the whole record: pages, chains, seals, rows against the log.
    Verify {
        #[command(flatten)]
        vault: Vault,
        /// Print data, one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Show the log in words: a family's by case reference, or the team's.
    Log {
        #[command(flatten)]
        vault: Vault,
        /// A case reference such as F26-7K2Q; the team's log without one.
        #[arg(long)]
        family: Option<String>,
        /// How many of the newest lines.
        #[arg(long, default_value_t = 60)]
        lines: u32,
        /// Print data, one JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Check the proof of a release beside its CSV file. No record is needed.
    ///
    /// Example: attunectl check attune-summary-2026-Q3.proof.json attune-summary-2026-Q3.csv
    Check {
        /// The file of the proof.
        proof: PathBuf,
        /// The CSV file of the release.
        file: PathBuf,
    },
    /// Release the protected figures of a period and write their files.
    ///
    /// A period is released once; releasing it again writes the same files. What goes outside the team waits for a
    /// second person.
    Release {
        #[command(flatten)]
        vault: Vault,
        /// The period, for example 2026-Q3 or 2026-27; the latest complete quarter without.
        #[arg(long, default_value = "", alias = "quarter")]
        period: String,
        /// A table to release, and after = which of its lines; all tables without. Can be given several times.
        ///
        /// Example: --table caseload_by_age=1 --table contacts
        #[arg(long = "table")]
        tables: Vec<String>,
        /// Who outside the team gets it.
        #[arg(long)]
        outside: Option<String>,
        /// Why it is released.
        #[arg(long)]
        reason: String,
        /// The folder for the files; the one of the settings without.
        #[arg(long)]
        to: Option<PathBuf>,
        /// Print data, one JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// A vault and who opens it.
#[derive(Args)]
struct Vault {
    /// The vault folder.
    folder: PathBuf,
    /// Who signs in.
    #[arg(long)]
    user: Option<String>,
    /// Why a service lead continues where the record is refused because something is missing or
    /// older than it was; the reason stays in the history.
    #[arg(long, default_value = "")]
    because: String,
}

fn main() -> ExitCode {
    attune_core::desk::memory::keep_out_of_core_dumps();
    std::panic::set_hook(Box::new(|fault| output::fault(fault.location())));
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    match run(cli.command) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Practice(args) => practice::make(&args),
        Command::Commands { json } => {
            output::commands(json);
            Ok(ExitCode::SUCCESS)
        }
        Command::Call { vault, command, request, act } => show::call(&sign_in::desk(&vault.folder), &vault, &command, &request, act),
        Command::Verify { vault, json } => show::verify(&sign_in::open(&vault)?, json),
        Command::Log { vault, family, lines, json } => show::log(&sign_in::open(&vault)?, family.as_deref(), lines, json),
        Command::Check { proof, file } => check::proof(&proof, &file),
        Command::Release { vault, period, tables, outside, reason, to, json } => {
            let asked =
                show::Released { period: &period, tables: &tables, outside: outside.as_deref(), reason: &reason, to: to.as_deref() };
            show::release(&sign_in::open(&vault)?, &asked, json)
        }
    }
}

fn act_number(text: &str) -> Result<ActId, String> {
    text.parse().map_err(|_| "an act is numbered by a UUID, such as 0b7e4a52-5f0e-4d43-9a37-2f6f1d8a9c10".to_owned())
}

/// Runs a command of the core and gives back its value.
fn ask(desk: &Desk, command: &str, request: serde_json::Value) -> Result<serde_json::Value, Failure> {
    let watch = watch::Bar::new();
    let mut answer = attune_core::api::dispatch(desk, command, request, None, &watch)?;
    Ok(answer["value"].take())
}
