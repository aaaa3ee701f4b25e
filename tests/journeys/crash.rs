//! Another process works on a record, says what was acknowledged, and is killed
//! at a random moment. Then: everything it said is there, the check finds
//! nothing, and work goes on.
//!
//! Each file below has one kind of work: what the process does until it is
//! killed, and what is asked afterwards. `ATTUNE_KILLS` sets how many kills
//! there are in all (20 without); `ATTUNE_SEED` sets the acts. The moment of a
//! kill is the scheduler's.

mod durable;
mod journal;
mod making;
mod users;
mod writing;

use std::env;
use std::fs;
use std::time::{Duration, Instant};

use attune_core::desk::Desk;
use attune_core::vault::keys::KeyFile;
use attune_core::vault::recovery::RecoveryKey;
use serde_json::{Value, json};

use self::journal::{Journal, Say};
use super::process;
use super::support::*;

fn kill_often(what: &str, kill: impl Fn(&Place, u64) -> Journal, check: impl Fn(&Place, &Journal)) {
    let first: u64 = env::var("ATTUNE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_123);
    let begun = Instant::now();
    let (mut acts, mut midway) = (0, 0);
    for number in 0..kills() {
        let seed = first.wrapping_add(number);
        let place = lived_in().place.copy();
        fs::write(place.root.join("families.json"), serde_json::to_vec(&lived_in().families).unwrap()).unwrap();
        let journal = kill(&place, seed);
        let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&place, &journal)));
        if let Err(panic) = checked {
            let kept = env::temp_dir().join(format!("attune-crash-{what}-{seed}"));
            copy_folder(&place.root, &kept);
            println!("{what}: ATTUNE_SEED={seed}, tried {:?}, kept in {}", journal.1, kept.display());
            std::panic::resume_unwind(panic);
        }
        acts += journal.0.len();
        midway += usize::from(journal.1.is_some());
    }
    println!("{what}: {} kills, {midway} in the middle of an act, {acts} acknowledged acts, 0 lost, {:?}", kills(), begun.elapsed());
}

/// How many kills each of the four tests of killing does.
fn kills() -> u64 {
    let all: u64 = env::var("ATTUNE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20);
    all.div_ceil(4)
}

/// Another process of this test program, to be killed.
struct Kill<'a> {
    what: &'a str,
    place: &'a Place,
    seed: u64,
    within_ms: usize,
}

impl<'a> Kill<'a> {
    const fn new(what: &'a str, place: &'a Place, seed: u64) -> Self {
        Self { what, place, seed, within_ms: 0 }
    }

    /// At a moment within so many milliseconds of its first words.
    const fn after(mut self, within_ms: usize) -> Self {
        self.within_ms = within_ms;
        self
    }

    fn run(self) -> Journal {
        let other = process::start("crash::the_one_that_is_killed", self.what, self.place, self.seed);
        let journal = self.place.root.join("journal");
        let begun = Instant::now();
        while fs::metadata(&journal).map_or(0, |meta| meta.len()) == 0 {
            assert!(begun.elapsed() < Duration::from_secs(180), "the other process began");
            std::thread::sleep(Duration::from_millis(1));
        }
        let wait = Dice(self.seed ^ 0xfeed).below(self.within_ms * 1000);
        std::thread::sleep(Duration::from_micros(wait as u64));
        process::kill(other, self.place);
        journal::read(&journal)
    }
}

#[test]
#[ignore = "started by the tests of killing in a process of its own"]
fn the_one_that_is_killed() {
    let Ok(root) = env::var("ATTUNE_TEST_ROOT") else { return };
    let place = Place::at(root.into());
    let mut dice = Dice(env::var("ATTUNE_TEST_SEED").unwrap().parse().unwrap());
    let mut say = Say::to(&place.root.join("journal"));
    match env::var("ATTUNE_TEST_WHAT").unwrap().as_str() {
        "writing" => writing::write_for_ever(&place, &mut dice, &mut say, 30),
        "locking" => writing::write_for_ever(&place, &mut dice, &mut say, 2),
        "users" => users::change_for_ever(&place, &mut dice, &mut say),
        "making" => making::make_for_ever(&place, &mut say),
        what => panic!("{what}"),
    }
}

/// The check finds nothing, work goes on, and then too it finds nothing.
fn still_whole(desk: &Desk) {
    unlock(desk, "lead").unwrap();
    assert_eq!(findings(desk), [""; 0]);
    let added = call(desk, "add_family", family("After the kill"));
    sign(desk, &added, note(&added, "Work goes on."));
    call(desk, "lock", json!({}));
    unlock(desk, "lead").unwrap();
    assert_eq!(findings(desk), [""; 0]);
    call(desk, "lock", json!({}));
}

fn opens(place: &Place, printed: &Value) -> bool {
    let lines: Vec<String> = printed.as_array().unwrap().iter().map(text).collect();
    let key = RecoveryKey::parse(&lines.join("-")).unwrap();
    KeyFile::load(&place.vault()).unwrap().0.open_with_recovery(&key).is_ok()
}
