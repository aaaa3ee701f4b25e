//! Another process works on a record, says what was acknowledged, and is killed
//! at a random moment. Then: everything it said is there, the check finds
//! nothing, and work goes on.
//!
//! `ATTUNE_KILLS` sets how many kills there are in all (20 without);
//! `ATTUNE_SEED` sets the acts. The moment of a kill is the scheduler's.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use attune_core::desk::Desk;
use attune_core::store::open;
use attune_core::vault::keys::KeyFile;
use attune_core::vault::recovery::RecoveryKey;
use serde_json::{Value, json};

use super::migration;
use super::support::*;

#[test]
fn what_is_acknowledged_is_on_disk() {
    let place = lived_in().place.copy();
    let desk = place.as_user("niamh");
    let pragmas = desk.write(|session| open::commit_pragmas(session.conn())).unwrap();
    assert_eq!(pragmas, ("wal".to_owned(), 2), "synchronous FULL is 2");
    let again = place.copy();
    drop(desk);
    let desk = again.desk();
    unlock(&desk, "lead").unwrap();
    call(&desk, "lock", json!({}));
    unlock(&desk, "lead").unwrap();
    assert_eq!(desk.write(|session| open::commit_pragmas(session.conn())).unwrap(), pragmas, "after a lock too");
}

#[test]
fn a_vault_that_was_just_made_is_durable_too() {
    let place = Place::new();
    let desk = team(&place);
    assert_eq!(desk.write(|session| open::commit_pragmas(session.conn())).unwrap(), ("wal".to_owned(), 2));
}

#[test]
fn killed_while_writing() {
    kill_often("writing", |place, seed| Kill::new("writing", place, seed).after(250).run(), check_writing);
}

#[test]
fn killed_while_locking_and_unlocking() {
    kill_often("locking", |place, seed| Kill::new("locking", place, seed).after(250).run(), check_writing);
}

#[test]
fn killed_while_users_change() {
    kill_often("users", |place, seed| Kill::new("users", place, seed).after(250).run(), check_users);
}

#[test]
fn killed_while_a_vault_is_made() {
    kill_often("making", |place, seed| Kill::new("making", place, seed).after(300).run(), check_making);
}

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

/// A user whose key was written and whose row was not, as a kill between the
/// two leaves it, can be added again under the same name.
#[test]
fn a_user_cut_short_can_be_added_again() {
    let place = lived_in().place.copy();
    let (mut keys, _) = KeyFile::load(&place.vault()).unwrap();
    let nobody = attune_core::ids::UserId(uuid::Uuid::from_u128(77));
    let cheap = attune_core::vault::keys::KdfParams::cheap();
    keys.set_entry(nobody, "orla", "one time only", &lived_in().key, true, cheap).unwrap();
    keys.save(&place.vault()).unwrap();
    assert_eq!(unlock_with(&place.desk(), "orla", "one time only").unwrap_err().code, "user_unfinished");
    let desk = place.as_user("lead");
    let request = json!({"name": "Orla", "signIn": "Orla", "role": "key_worker", "organisation": "The Trust"});
    let one_time = text(&call(&desk, "add_user", request)["passphrase"]);
    assert_eq!(findings(&desk), [""; 0]);
    unlock_with(&desk, "orla", &one_time).unwrap();
}

/// How many kills each of the five tests above does.
fn kills() -> u64 {
    let all: u64 = env::var("ATTUNE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20);
    all.div_ceil(5)
}

/// What the killed process had said: `(said, tried)`, where `tried` is what it
/// was doing when it was killed.
type Journal = (Vec<Value>, Option<Value>);

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

    const fn after(mut self, within_ms: usize) -> Self {
        self.within_ms = within_ms;
        self
    }

    fn run(self) -> Journal {
        let mut other = start("crash::the_one_that_is_killed", self.what, self.place, self.seed);
        let journal = self.place.root.join("journal");
        let begun = Instant::now();
        while fs::metadata(&journal).map_or(0, |meta| meta.len()) == 0 {
            assert!(begun.elapsed() < Duration::from_secs(30), "the other process began");
            std::thread::sleep(Duration::from_millis(1));
        }
        let wait = Dice(self.seed ^ 0xfeed).below(self.within_ms * 1000);
        std::thread::sleep(Duration::from_micros(wait as u64));
        kill(&mut other, self.place);
        read_journal(&journal)
    }
}

/// Starts an ignored test of this program in a process of its own, with homes
/// and temporary folders below the place.
pub fn start(test: &str, what: &str, place: &Place, seed: u64) -> Child {
    let said = File::create(place.root.join("said")).unwrap();
    let folder = |name: &str| {
        let folder = place.root.join("around").join(name);
        fs::create_dir_all(&folder).unwrap();
        folder
    };
    let mut other = Command::new(env::current_exe().unwrap());
    other
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env("ATTUNE_TEST_WHAT", what)
        .env("ATTUNE_TEST_ROOT", &place.root)
        .env("ATTUNE_TEST_SEED", seed.to_string())
        .env("HOME", folder("home"))
        .env("TMPDIR", folder("tmp"))
        .env("XDG_DATA_HOME", folder("data"))
        .env("XDG_CONFIG_HOME", folder("config"))
        .env("XDG_CACHE_HOME", folder("cache"))
        .env("XDG_STATE_HOME", folder("state"))
        .env("XDG_RUNTIME_DIR", folder("run"))
        .current_dir(folder("home"))
        .stdout(Stdio::from(said.try_clone().unwrap()))
        .stderr(Stdio::from(said));
    spawn(&mut other)
}

/// Kills a process that is still at work.
pub fn kill(other: &mut Child, place: &Place) {
    if let Some(status) = other.try_wait().unwrap() {
        let said = fs::read_to_string(place.root.join("said")).unwrap_or_default();
        panic!("the other process ended by itself ({status}): {said}");
    }
    other.kill().unwrap();
    other.wait().unwrap();
}

fn read_journal(path: &Path) -> Journal {
    let bytes = fs::read(path).unwrap();
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let (mut did, mut tried) = (Vec::new(), None);
    for line in std::str::from_utf8(&bytes[..whole]).unwrap().lines() {
        match line.split_once(' ') {
            Some(("did", act)) => {
                tried = None;
                did.push(serde_json::from_str(act).unwrap());
            }
            Some(("try", act)) => tried = Some(serde_json::from_str(act).unwrap()),
            _ => assert_eq!(line, "ready"),
        }
    }
    (did, tried)
}

// What follows until `check_…` is done by the process that is killed.

#[test]
#[ignore = "started by the tests above in a process of its own"]
fn the_one_that_is_killed() {
    let Ok(root) = env::var("ATTUNE_TEST_ROOT") else { return };
    let place = Place::at(root.into());
    let mut dice = Dice(env::var("ATTUNE_TEST_SEED").unwrap().parse().unwrap());
    let mut say = Say(File::options().create(true).append(true).open(place.root.join("journal")).unwrap());
    match env::var("ATTUNE_TEST_WHAT").unwrap().as_str() {
        "writing" => write_for_ever(&place, &mut dice, &mut say, 30),
        "locking" => write_for_ever(&place, &mut dice, &mut say, 2),
        "users" => change_users_for_ever(&place, &mut dice, &mut say),
        "making" => make_for_ever(&place, &mut say),
        "upgrading" => upgrade_all(&place, &mut say),
        what => panic!("{what}"),
    }
}

/// One write a line, so that a kill leaves whole lines.
struct Say(File);

impl Say {
    fn line(&mut self, word: &str, act: &Value) {
        self.0.write_all(format!("{word} {act}\n").as_bytes()).unwrap();
    }

    fn ready(&mut self) {
        self.0.write_all(b"ready\n").unwrap();
    }
}

fn write_for_ever(place: &Place, dice: &mut Dice, say: &mut Say, lock_one_in: usize) {
    let families: Vec<Value> = serde_json::from_slice(&fs::read(place.root.join("families.json")).unwrap()).unwrap();
    let mine = &families[..2];
    place.later(DAY);
    let desk = place.as_user("niamh");
    let mut signed: Vec<Value> = Vec::new();
    say.ready();
    for number in 0_u64.. {
        place.later(1);
        let added = dice.pick(mine);
        let episode = &added["episode"];
        let words = format!("number {number}: she turned to her mother’s voice");
        if dice.below(lock_one_in) == 0 {
            call(&desk, "lock", json!({}));
            unlock(&desk, "niamh").unwrap();
            continue;
        }
        match dice.below(6) {
            0 | 1 => {
                let act = json!({"act": "draft", "episode": episode, "text": words});
                say.line("try", &act);
                call(&desk, "save_draft", json!({"episode": episode, "entry": note(added, &words)}));
                say.line("did", &act);
            }
            2 => {
                let mut act = json!({"act": "sign", "episode": episode, "text": words});
                say.line("try", &act);
                act["contact"] = sign(&desk, added, note(added, &words));
                say.line("did", &act);
                signed.push(act["contact"].clone());
            }
            3 if !signed.is_empty() => {
                let act = json!({"act": "details", "contact": dice.pick(&signed), "text": words});
                say.line("try", &act);
                call(&desk, "add_details", json!({"contact": act["contact"], "text": words}));
                say.line("did", &act);
            }
            4 => {
                let (person, seen) = person_form(&desk, added, 0);
                let mut entry = person["entry"].clone();
                entry["given"] = json!(format!("Fiadh {number}"));
                let act = json!({"act": "amend", "family": added, "given": entry["given"]});
                say.line("try", &act);
                call(&desk, "amend_person", json!({"id": person["id"], "person": entry, "seen": seen}));
                say.line("did", &act);
            }
            _ => {
                place.later(15);
                let at = attune_core::time::Clock::now(&place.clock).0;
                let act = json!({"act": "look", "at": at});
                say.line("try", &act);
                call(&desk, "story", json!({"family": added["family"]}));
                say.line("did", &act);
            }
        }
    }
}

fn change_users_for_ever(place: &Place, dice: &mut Dice, say: &mut Say) {
    let desk = place.as_user("lead");
    let mut members: Vec<(String, String)> = ["niamh", "owen", "pip"].iter().map(|name| ((*name).to_owned(), passphrase(name))).collect();
    say.ready();
    for number in 0_u64.. {
        let one = dice.below(members.len());
        match dice.below(7) {
            0 | 1 => {
                let sign_in = format!("new {number}");
                let mut act = json!({"act": "add", "signIn": sign_in});
                say.line("try", &act);
                let request = json!({"name": "New", "signIn": sign_in, "role": "key_worker", "organisation": "The Trust"});
                act["passphrase"] = call(&desk, "add_user", request)["passphrase"].clone();
                say.line("did", &act);
                members.push((sign_in, text(&act["passphrase"])));
            }
            2 => {
                let mut act = json!({"act": "reset", "signIn": members[one].0});
                say.line("try", &act);
                act["passphrase"] = call(&desk, "reset_passphrase", json!({"user": user_id(&desk, &members[one].0)}))["passphrase"].clone();
                say.line("did", &act);
                members[one].1 = text(&act["passphrase"]);
            }
            3 | 4 => {
                let (sign_in, present) = members[one].clone();
                let new = format!("thimble mosaic orbit {number} lantern");
                unlock_with(&desk, &sign_in, &present).unwrap();
                let act = json!({"act": "change", "signIn": sign_in, "passphrase": new});
                say.line("try", &act);
                call(&desk, "change_passphrase", json!({"present": present, "new": new}));
                say.line("did", &act);
                members[one].1 = new;
                unlock(&desk, "lead").unwrap();
            }
            5 if members.len() > 2 => {
                let act = json!({"act": "leave", "signIn": members[one].0});
                say.line("try", &act);
                leave(&desk, &members[one].0);
                say.line("did", &act);
                members.remove(one);
            }
            _ => {
                let mut act = json!({"act": "recovery"});
                say.line("try", &act);
                act["key"] = call(&desk, "new_recovery_key", json!({}))["recoveryKey"].clone();
                say.line("did", &act);
            }
        }
    }
}

fn leave(desk: &Desk, sign_in: &str) {
    let users = answer(desk, "users", json!({})).unwrap();
    let user = users["value"]["users"].as_array().unwrap().iter().find(|user| user["signIn"] == sign_in).unwrap();
    let request = json!({
        "user": user["id"], "name": user["name"], "role": user["role"], "organisation": user["organisation"],
        "active": false, "seen": users["seen"],
    });
    call(desk, "amend_user", request);
}

fn make_for_ever(place: &Place, say: &mut Say) {
    say.ready();
    for number in 0_u64.. {
        let place = Place::at(place.root.join(format!("v{number}")));
        fs::create_dir_all(&place.root).unwrap();
        let mut act = json!({"act": "make", "number": number});
        say.line("try", &act);
        let desk = place.desk();
        act["recovery"] = call(&desk, "create_vault", new_vault())["recoveryKey"].clone();
        say.line("did", &act);
        call(&desk, "lock", json!({}));
    }
}

fn new_vault() -> Value {
    json!({
        "team": "A team", "name": "Lead", "signIn": "lead", "organisation": "The Trust",
        "passphrase": passphrase("lead"), "autoLockMinutes": 10,
    })
}

const UPGRADES: usize = 24;
const DAY: i64 = 24 * 60;

fn upgrade_all(place: &Place, say: &mut Say) {
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

// What follows is asked after the kill.

fn check_writing(place: &Place, (did, tried): &Journal) {
    place.later(70 * DAY);
    let base = lived_in();
    let desk = place.as_user("niamh");
    assert_eq!(call(&desk, "session", json!({}))["notices"], json!([]));
    let acts = |name: &str| did.iter().filter(|act| act["act"] == name).cloned().collect::<Vec<_>>();
    let was_at = |name: &str| tried.as_ref().filter(|act| act["act"] == name);

    for act in acts("sign") {
        let view = call(&desk, "contact", json!({"contact": act["contact"]}));
        assert!(view["sections"].to_string().contains(act["text"].as_str().unwrap()), "a signed note is as it was signed");
    }
    for act in acts("details") {
        let view = call(&desk, "contact", json!({"contact": act["contact"]}));
        assert!(view["addenda"].as_array().unwrap().iter().any(|added| added["text"] == act["text"]), "the details are there");
    }
    let held = desk.write(|session| Ok(rows(session.conn(), "SELECT id FROM contact").len())).unwrap();
    let before = 12 + acts("sign").len();
    assert!(held == before || held == before + 1 && was_at("sign").is_some(), "{held} notes, {before} acknowledged");

    for act in acts("look") {
        let at = act["at"].as_i64().unwrap();
        let found = desk.write(|session| Ok(rows(session.conn(), &format!("SELECT aid FROM access WHERE wall_ms = {at}")))).unwrap();
        assert!(!found.is_empty(), "what was shown was logged before");
    }

    for (index, added) in base.families[..2].iter().enumerate() {
        let of = |act: &&Value| act["episode"] == added["episode"];
        let last = did.iter().filter(of).rfind(|act| act["act"] == "draft" || act["act"] == "sign");
        let expected = match last {
            None => json!(format!("draft {index}")),
            Some(act) if act["act"] == "draft" => act["text"].clone(),
            Some(_) => Value::Null,
        };
        let mut possible = vec![expected];
        if let Some(act) = was_at("draft").filter(of) {
            possible.push(act["text"].clone());
        }
        if was_at("sign").filter(of).is_some() {
            possible.push(Value::Null);
        }
        let form = call(&desk, "open_note", json!({"family": added["family"]}));
        let draft = if form["draftSaved"].is_null() { Value::Null } else { form["entry"]["saw"].clone() };
        assert!(possible.contains(&draft), "the draft is {draft}, of {possible:?}");

        let given = |act: &&Value| act["act"] == "amend" && act["family"] == *added;
        let mut possible = vec![did.iter().rfind(given).map_or_else(|| json!(format!("Fiadh {index}")), |act| act["given"].clone())];
        possible.extend(tried.as_ref().filter(given).map(|act| act["given"].clone()));
        let (person, _) = person_form(&desk, added, 0);
        assert!(possible.contains(&person["entry"]["given"]), "the name is {}, of {possible:?}", person["entry"]["given"]);
    }
    still_whole(&desk);
}

fn check_users(place: &Place, (did, tried): &Journal) {
    let mut standing: BTreeMap<String, Option<String>> =
        ["niamh", "owen", "pip", "tara", "lead"].iter().map(|name| ((*name).to_owned(), Some(passphrase(name)))).collect();
    for act in did.iter().filter(|act| act["act"] != "recovery") {
        standing.insert(text(&act["signIn"]), act["passphrase"].as_str().map(str::to_owned));
    }
    let midway = tried.as_ref().map(|act| (text(&act["act"]), act["signIn"].as_str().unwrap_or_default().to_owned()));
    let desk = place.as_user("lead");
    let notices = call(&desk, "session", json!({}))["notices"].as_array().unwrap().len();
    assert!(notices == 0 || midway.is_some(), "nothing was mended that was not cut short");

    for (sign_in, passphrase) in &standing {
        if midway.as_ref().is_some_and(|(_, name)| name == sign_in) {
            continue;
        }
        match passphrase {
            Some(passphrase) => drop(unlock_with(&desk, sign_in, passphrase).unwrap_or_else(|error| panic!("{sign_in}: {error}"))),
            None => assert_eq!(unlock_with(&desk, sign_in, "anything").unwrap_err().code, "wrong_passphrase"),
        }
    }
    unlock(&desk, "lead").unwrap();
    if let Some((act, sign_in)) = midway {
        finish(&desk, &act, &sign_in, standing.get(&sign_in).cloned().flatten(), tried.as_ref().unwrap());
    }
    let last_key = did.iter().rfind(|act| act["act"] == "recovery");
    if let (Some(act), false) = (last_key, tried.as_ref().is_some_and(|act| act["act"] == "recovery")) {
        assert!(opens(place, &act["key"]), "the printed recovery key opens the record");
    }
    unlock(&desk, "lead").unwrap();
    still_whole(&desk);
}

/// What was cut short was done, or was not, or can be done again.
fn finish(desk: &Desk, act: &str, sign_in: &str, before: Option<String>, tried: &Value) {
    let signs_in = |passphrase: &str| {
        let done = unlock_with(desk, sign_in, passphrase).is_ok();
        unlock(desk, "lead").unwrap();
        done
    };
    let listed = |desk: &Desk| call(desk, "users", json!({}))["users"].as_array().unwrap().iter().any(|user| user["signIn"] == sign_in);
    match act {
        "add" if !listed(desk) => {
            let request = json!({"name": "New", "signIn": sign_in, "role": "key_worker", "organisation": "The Trust"});
            let one_time = text(&call(desk, "add_user", request)["passphrase"]);
            assert!(signs_in(&one_time), "added again");
        }
        "change" => {
            assert!(signs_in(&before.unwrap()) || signs_in(&text(&tried["passphrase"])), "the old passphrase or the new");
        }
        "leave" => {
            leave(desk, sign_in);
            assert!(!signs_in(&before.unwrap()), "has left");
        }
        "add" | "reset" => {
            let one_time = text(&call(desk, "reset_passphrase", json!({"user": user_id(desk, sign_in)}))["passphrase"]);
            assert!(signs_in(&one_time), "reset again");
        }
        _ => {}
    }
}

fn opens(place: &Place, printed: &Value) -> bool {
    let lines: Vec<String> = printed.as_array().unwrap().iter().map(text).collect();
    let key = RecoveryKey::parse(&lines.join("-")).unwrap();
    KeyFile::load(&place.vault()).unwrap().0.open_with_recovery(&key).is_ok()
}

fn check_making(place: &Place, (did, tried): &Journal) {
    for act in did {
        let place = Place::at(place.root.join(format!("v{}", act["number"])));
        assert!(opens(&place, &act["recovery"]), "its recovery key opens it");
        let desk = place.as_user("lead");
        still_whole(&desk);
    }
    if let Some(act) = tried {
        let place = Place::at(place.root.join(format!("v{}", act["number"])));
        let desk = place.desk();
        let state = call(&desk, "vault_state", json!({}));
        assert_eq!(state["problem"], Value::Null, "none or whole, never half");
        if state["state"] == "none" {
            call(&desk, "create_vault", new_vault());
        } else {
            unlock(&desk, "lead").unwrap();
        }
        still_whole(&desk);
        let beside: Vec<_> = fs::read_dir(&place.root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(!beside.iter().any(|name| name.to_string_lossy().contains("making")), "{beside:?}");
    }
}

fn check_upgrading(place: &Place, (did, tried): &Journal) {
    for act in did.iter().chain(tried) {
        let number = act["number"].as_u64().unwrap();
        let upgraded = Place::at(place.root.join(format!("r{number}")));
        migration::is_as_new(&upgraded);
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
