//! Killed while records of older versions are upgraded.

use std::time::Duration;

use serde_json::json;

use super::journal::{Journal, Say};
use super::{Kill, kill_often};
use crate::migration;
use crate::support::*;

const UPGRADES: usize = 24;

#[test]
fn killed_while_a_record_is_upgraded() {
    kill_often(
        "upgrading",
        |place, seed| {
            for index in 0..UPGRADES {
                let older = migration::older(1 + index % migration::OLDER);
                copy_folder(&older.place.root, &place.root.join(format!("r{index}")));
            }
            Kill::new("upgrading", place, seed).after(160).run()
        },
        check_upgrading,
    );
}

/// Upgrades one record after the other, then waits to be killed.
pub fn upgrade_all(place: &Place, say: &mut Say) {
    say.ready();
    for number in 0..UPGRADES {
        let act = json!({"number": number});
        say.line("try", &act);
        let desk = Place::at(place.root.join(format!("r{number}"))).as_user("lead");
        say.line("did", &act);
        call(&desk, "lock", json!({}));
    }
    std::thread::sleep(Duration::from_secs(60));
}

fn check_upgrading(place: &Place, (did, tried): &Journal) {
    for act in did.iter().chain(tried) {
        let number = act["number"].as_u64().unwrap();
        let upgraded = Place::at(place.root.join(format!("r{number}")));
        migration::is_as_new(&upgraded);
    }
}
