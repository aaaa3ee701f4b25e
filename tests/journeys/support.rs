//! A vault in a folder of its own, people to sign in as, and something to write.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use attune_core::api;
use attune_core::desk::{Desk, Quiet, Setup, practice};
use attune_core::error::Error;
use attune_core::family::{Episode, episodes};
use attune_core::ids::{ActId, RandomIds, SeededIds, SharedIds};
use attune_core::op::Op;
use attune_core::practice::Plan;
use attune_core::release::Period;
use attune_core::release::records::PeriodReady;
use attune_core::schema::SCHEMA;
use attune_core::session::Session;
use attune_core::store::open;
use attune_core::store::open::Durability;
use attune_core::store::tx::Tx;
use attune_core::store::verify::Finding;
use attune_core::time::{SetClock, Timestamp};
use attune_core::vault::identity;
use attune_core::vault::keys::{DatabaseKey, KdfParams, KeyFile};
use chrono::NaiveDate;
use rusqlite::Connection;
use rusqlite::types::Value as Sql;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Who is in the team of [`team`], with role and organisation.
pub const TEAM: [(&str, &str, &str); 7] = [
    ("lead", "service_lead", "The Trust"),
    ("niamh", "key_worker", "The Trust"),
    ("owen", "key_worker", "The charity"),
    ("tara", "therapist", "The Trust"),
    ("dara", "data_manager", "The charity"),
    ("iggy", "information_governance", "The Trust"),
    ("pip", "partner_worker", "Partner charity"),
];

/// Where one vault and one computer's own files for it are.
#[derive(Clone)]
pub struct Place {
    /// Holds the vault folder and the data home.
    pub root: PathBuf,
    /// The clock of its desks.
    pub clock: SetClock,
    _folder: Option<Arc<TempDir>>,
}

impl Place {
    /// In a new temporary folder.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { root: folder.path().to_owned(), clock: clock(), _folder: Some(Arc::new(folder)) }
    }

    /// In a folder that is somebody else's to remove.
    pub fn at(root: PathBuf) -> Self {
        Self { root, clock: clock(), _folder: None }
    }

    /// A copy of everything in a new temporary folder.
    pub fn copy(&self) -> Self {
        let copy = Self::new();
        copy_folder(&self.root, &copy.root);
        copy.clock.set(attune_core::time::Clock::now(&self.clock));
        copy
    }

    /// Another computer on which this one's folders can be reached.
    pub fn another(&self) -> Self {
        let root = self.root.join("another computer");
        fs::create_dir_all(&root).unwrap();
        Self { root, clock: self.clock.clone(), _folder: self._folder.clone() }
    }

    /// The vault folder.
    pub fn vault(&self) -> PathBuf {
        self.root.join("vault")
    }

    /// The data home.
    pub fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    /// The record file.
    pub fn record(&self) -> PathBuf {
        self.vault().join(open::FILE)
    }

    /// A new folder on this computer.
    pub fn folder(&self, name: &str) -> PathBuf {
        let folder = self.root.join(name);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// Where this computer keeps the identity and head of the vault.
    pub fn data_folder(&self) -> PathBuf {
        let all: Vec<_> = fs::read_dir(self.data().join("attune")).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(all.len(), 1, "one vault on this computer");
        all[0].clone()
    }

    /// A locked desk.
    pub fn desk(&self) -> Desk {
        Desk::with(Setup {
            folder: self.vault(),
            data_home: Some(self.data()),
            clock: Arc::new(self.clock.clone()),
            ids: SharedIds::of(RandomIds),
            kdf: KdfParams::cheap(),
            durability: Durability::Full,
        })
    }

    /// A desk with somebody of the team signed in.
    pub fn as_user(&self, sign_in: &str) -> Desk {
        let desk = self.desk();
        unlock(&desk, sign_in).unwrap_or_else(|error| panic!("{sign_in} signs in: {error}"));
        desk
    }

    /// Locks a desk and signs somebody else of the team in on a new one.
    pub fn desk_of(&self, sign_in: &str, before: Desk) -> Desk {
        before.lock().unwrap();
        self.as_user(sign_in)
    }

    /// The key of the database, got as the lead gets it.
    pub fn key(&self) -> DatabaseKey {
        KeyFile::load(&self.vault()).unwrap().0.unlock("lead", &passphrase("lead")).unwrap().key
    }

    /// The record, open to whoever holds the key.
    pub fn open_with(&self, key: &DatabaseKey) -> Connection {
        open::writer(&self.record(), key.expose(), Durability::Full).unwrap().raw()
    }

    /// A copy of the record in memory, for whoever may not touch the original.
    pub fn open_with_copy(&self, key: &DatabaseKey) -> Connection {
        let copy = self.copy();
        let conn = copy.open_with(key);
        // The connection outlives the folder, as it may on Unix.
        drop(copy);
        conn
    }

    /// What a check finds, without signing in.
    pub fn verify_with(&self, key: &DatabaseKey) -> Vec<Finding> {
        let verifier = || open::verifier(&self.record(), key.expose()).unwrap();
        attune_core::store::verify::verify(&verifier(), verifier(), &SCHEMA, &identity::verify, &|_, _| true).unwrap()
    }

    /// Moves the clock on.
    pub fn later(&self, minutes: i64) {
        let now = attune_core::time::Clock::now(&self.clock);
        self.clock.set(now.plus_minutes(minutes));
    }
}

/// The passphrase of somebody of the team.
pub fn passphrase(sign_in: &str) -> String {
    format!("lantern orbit mosaic thimble {sign_in}")
}

/// Monday 23 November 2026, 15:21.
pub fn now() -> Timestamp {
    Timestamp::from_local(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(15, 21, 0).unwrap())
}

fn clock() -> SetClock {
    SetClock::at(now())
}

/// Calls a command and answers all of `{value, touched, seen}`.
pub fn answer(desk: &Desk, command: &str, request: Value) -> Result<Value, Error> {
    answer_act(desk, command, request, None)
}

/// The same for an act with a number.
pub fn answer_act(desk: &Desk, command: &str, request: Value, act: Option<ActId>) -> Result<Value, Error> {
    let _nobody_spawns = SPAWNING.read().unwrap_or_else(PoisonError::into_inner);
    api::dispatch(desk, command, request, act, &Quiet)
}

/// Starts another process while no command runs here: until it has become its
/// own program it shares our open files, and with them their locks.
pub fn spawn(command: &mut Command) -> Child {
    let _alone = SPAWNING.write().unwrap_or_else(PoisonError::into_inner);
    command.spawn().unwrap()
}

static SPAWNING: RwLock<()> = RwLock::new(());

/// Calls a command that must do as asked, and answers its value.
#[track_caller]
pub fn call(desk: &Desk, command: &str, request: Value) -> Value {
    match answer(desk, command, request) {
        Ok(mut answer) => answer["value"].take(),
        Err(error) => panic!("{command}: {error}"),
    }
}

/// Calls a command that must refuse, and answers the code.
#[track_caller]
pub fn refused(desk: &Desk, command: &str, request: Value) -> String {
    match answer(desk, command, request) {
        Ok(_) => panic!("{command} was not refused"),
        Err(error) => error.code.to_string(),
    }
}

/// Signs somebody of the team in.
pub fn unlock(desk: &Desk, sign_in: &str) -> Result<Value, Error> {
    unlock_with(desk, sign_in, &passphrase(sign_in))
}

/// Signs somebody in by a passphrase.
pub fn unlock_with(desk: &Desk, sign_in: &str, passphrase: &str) -> Result<Value, Error> {
    answer(desk, "unlock", json!({"signIn": sign_in, "passphrase": passphrase}))
}

/// What the check of the record finds, in words.
pub fn findings(desk: &Desk) -> Vec<String> {
    let report = call(desk, "verify", json!({}));
    let words = |finding: &Value| format!("{}: {}", finding["place"].as_str().unwrap(), finding["words"].as_str().unwrap());
    report["findings"].as_array().unwrap().iter().map(words).collect()
}

/// Makes the vault of a whole team. The lead is signed in on the answered desk.
pub fn team(place: &Place) -> Desk {
    let desk = place.desk();
    let (lead, _, organisation) = TEAM[0];
    let request = json!({
        "team": "A team", "name": "Lead", "signIn": lead, "organisation": organisation,
        "passphrase": passphrase(lead), "autoLockMinutes": 10,
    });
    call(&desk, "create_vault", request);
    let mut given = Vec::new();
    for (sign_in, role, organisation) in &TEAM[1..] {
        let request = json!({"name": format!("{sign_in} of the team"), "signIn": sign_in, "role": role, "organisation": organisation});
        given.push((sign_in, text(&call(&desk, "add_user", request)["passphrase"])));
    }
    for (sign_in, one_time) in given {
        unlock_with(&desk, sign_in, &one_time).unwrap();
        call(&desk, "change_passphrase", json!({"present": one_time, "new": passphrase(sign_in)}));
    }
    unlock(&desk, lead).unwrap();
    desk
}

/// A user's id, as the signed-in lead sees it.
pub fn user_id(desk: &Desk, sign_in: &str) -> Value {
    let users = call(desk, "users", json!({}));
    let found = users["users"].as_array().unwrap().iter().find(|user| user["signIn"] == sign_in);
    found.unwrap_or_else(|| panic!("there is a {sign_in}"))["id"].clone()
}

/// A family to add: an infant and a mother.
pub fn family(family_name: &str) -> Value {
    let born = json!({"day": "11", "month": "10", "year": "2026"});
    json!({"people": [
        {"role": "infant", "familyName": family_name, "given": "Fiadh", "sex": "female", "born": born, "numberAbsent": "just_born"},
        {"role": "mother", "familyName": family_name, "given": "Róisín"},
    ]})
}

/// A note that can be signed now on a family that [`family`] made.
pub fn note(added: &Value, saw: &str) -> Value {
    json!({
        "kind": "home_visit", "outcome": "attended", "when": "yesterday 14:00-15:05", "place": "Home",
        "present": added["people"], "infants": [{"person": added["people"][0], "state": "awake"}],
        "did": ["play_observed"], "saw": saw, "safety": "no_new_concern", "plan": "Visit again.", "nextVisit": "+7d 10:30",
    })
}

/// The same note with a new concern.
pub fn note_with_concern(added: &Value, saw: &str) -> Value {
    let mut entry = note(added, saw);
    entry["safety"] = json!("new_or_worse");
    entry["concern"] = json!({
        "what": "What was seen.", "toldWhom": "The duty social worker", "toldWhen": "yesterday 15:10",
        "action": "Stayed.", "police": "not_informed", "policeWhyNot": "No offence.", "danger": "not_now", "parent": "told",
        "children": [added["people"][0]],
    });
    entry
}

/// Signs a note and answers its id.
pub fn sign(desk: &Desk, added: &Value, entry: Value) -> Value {
    call(desk, "sign_contact", json!({"episode": added["episode"], "entry": entry}))["contact"].clone()
}

/// A team with one family of niamh's, who is signed in.
pub fn one_family() -> (Place, Desk, Value) {
    let place = Place::new();
    let desk = team(&place);
    let therapist = user_id(&desk, "tara");
    unlock(&desk, "niamh").unwrap();
    let mut request = family("O’Neill");
    request["therapist"] = therapist;
    let added = call(&desk, "add_family", request);
    (place, desk, added)
}

/// A desk on a practice record of so few families that tests stay quick; the
/// same every time but for its keys.
pub fn practice_desk(place: &Place) -> Desk {
    let desk = Desk::with(Setup {
        folder: place.vault(),
        data_home: Some(place.data()),
        clock: Arc::new(place.clock.clone()),
        ids: SharedIds::of(SeededIds::new(11)),
        kdf: KdfParams::cheap(),
        durability: Durability::Full,
    });
    practice::fill(&desk, &Plan { families: 24, ..Plan::default() }, &Quiet).unwrap();
    desk
}

/// Adds so many families, open since August with a visit in September, that the
/// figures of that quarter have tables; and a service lead has said that it is over.
pub fn families_for_a_summary(desk: &Desk) {
    for number in 0..24 {
        let mut request = family(&format!("Numbered {number}"));
        request["people"][0]["born"]["month"] = json!("6");
        let added = call(desk, "add_family", request);
        open_since(desk, &added, "2026-08-03");
        let mut entry = note(&added, "Long looks between the two of them.");
        entry["when"] = json!("15/9 14:00-15:00");
        entry["nextVisit"] = json!("");
        sign(desk, &added, entry);
    }
    is_over(desk, "2026-Q3");
}

/// Has a family that was added be open since another day.
pub fn open_since(desk: &Desk, added: &Value, day: &str) {
    let episode: uuid::Uuid = serde_json::from_value(added["episode"].clone()).unwrap();
    let opened = |session: &mut Session| -> Result<_, Error> {
        let before = episodes::find(session.conn(), episode.into())?.unwrap();
        let after = Episode { opened_on: day.parse().unwrap(), ..before.clone() };
        session.transact(Op::Allocate, |tx| tx.amend(&before, &after, attune_core::store::log::last_operation(tx)?))
    };
    desk.write(opened).unwrap();
}

/// A service lead says that a quarter is over, whoever is signed in.
pub fn is_over(desk: &Desk, period: &str) {
    let period = Period::parse(period).unwrap();
    let said = |tx: &Tx<'_>| tx.create(&PeriodReady { id: tx.new_id(), period, by: tx.actor(), at: tx.now() });
    desk.write(|session| session.transact(Op::SayPeriodReady, |tx| said(tx))).unwrap();
}

/// A vault with a little of everything in it, locked and sealed: made once and
/// copied by whoever wants to spoil it.
pub fn lived_in() -> &'static LivedIn {
    static MADE: OnceLock<LivedIn> = OnceLock::new();
    MADE.get_or_init(LivedIn::make)
}

/// See [`lived_in`].
pub struct LivedIn {
    /// Where it is. Copy it.
    pub place: Place,
    /// Its key.
    pub key: DatabaseKey,
    /// Its families as they were answered when they were added.
    pub families: Vec<Value>,
    /// A signed note of the first family.
    pub contact: Value,
}

impl LivedIn {
    fn make() -> Self {
        let place = Place::new();
        let desk = team(&place);
        let therapist = user_id(&desk, "tara");
        let mut families = Vec::new();
        let mut contact = Value::Null;
        for (index, (name, worker)) in [("O’Neill", "niamh"), ("Ó hUiginn", "niamh"), ("McAlister", "owen")].into_iter().enumerate() {
            unlock(&desk, worker).unwrap();
            let mut request = family(name);
            request["therapist"] = therapist.clone();
            let added = call(&desk, "add_family", request);
            for visit in 0..4 {
                place.later(20);
                let saw = format!("{name}: visit {visit}. She followed the red ball with her eyes.");
                let entry = if visit == 2 { note_with_concern(&added, &saw) } else { note(&added, &saw) };
                let signed = sign(&desk, &added, entry);
                if visit == 1 {
                    call(&desk, "add_details", json!({"contact": signed, "text": "Granny was there too."}));
                    contact = if index == 0 { signed } else { contact };
                } else if visit == 3 {
                    call(&desk, "retract_contact", json!({"contact": signed, "reason": "Wrong family"}));
                }
            }
            call(&desk, "set_flag", json!({"family": added["family"], "kind": "interpreter", "detail": "Tetum"}));
            call(&desk, "flags_checked", json!({"family": added["family"]}));
            amend_given(&desk, &added, 0, &format!("Fiadh {index}"));
            call(&desk, "save_draft", json!({"episode": added["episode"], "entry": {"saw": format!("draft {index}")}}));
            call(&desk, "story", json!({"family": added["family"]}));
            call(&desk, "caseload", json!({"mine": true, "filter": "open", "sort": "name"}));
            refused(&desk, "users", json!({}));
            families.push(added);
        }
        unlock(&desk, "tara").unwrap();
        let concerns = call(&desk, "concerns", json!({}));
        call(
            &desk,
            "answer_concern",
            json!({"concern": concerns["concerns"][0]["id"], "decision": "advice", "answer": "A joint visit on Thursday."}),
        );
        unlock(&desk, "owen").unwrap();
        let extra = json!({"role": "sibling", "familyName": "McAlister", "given": "Cara"});
        call(&desk, "add_person", json!({"family": families[2]["family"], "person": extra}));
        call(&desk, "lock", json!({}));
        let key = place.key();
        Self { place, key, families, contact }
    }
}

/// Changes the given name of a person of a family that was added.
pub fn amend_given(desk: &Desk, added: &Value, index: usize, given: &str) -> Value {
    let (person, seen) = person_form(desk, added, index);
    let mut entry = person["entry"].clone();
    entry["given"] = json!(given);
    call(desk, "amend_person", json!({"id": person["id"], "person": entry, "seen": seen}))
}

/// A person of a family as the form shows them, and the position it was read at.
pub fn person_form(desk: &Desk, added: &Value, index: usize) -> (Value, Value) {
    let view = answer(desk, "people", json!({"family": added["family"]})).unwrap();
    let people = view["value"]["people"].as_array().unwrap();
    let person = people.iter().find(|person| person["id"] == added["people"][index]).unwrap();
    (person.clone(), view["seen"].clone())
}

/// Everything a record holds, table by table, as text: what must not go
/// missing. The pages of the word index are left out; it is checked by Find.
pub fn everything(conn: &Connection) -> BTreeMap<String, Vec<String>> {
    let tables =
        texts(conn, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'contact_text*'");
    tables
        .into_iter()
        .map(|table| {
            let rows = rows(conn, &format!("SELECT * FROM {table}"));
            (table, rows)
        })
        .collect()
}

/// The rows of a query as sorted lines of text.
pub fn rows(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).unwrap();
    let columns = statement.column_count();
    let line = |row: &rusqlite::Row<'_>| (0..columns).map(|c| row.get::<_, Sql>(c)).collect::<rusqlite::Result<Vec<_>>>();
    let mut lines: Vec<String> = statement.query_map([], line).unwrap().map(|row| format!("{:?}", row.unwrap())).collect();
    lines.sort();
    lines
}

/// The first column of a query.
pub fn texts(conn: &Connection, sql: &str) -> Vec<String> {
    conn.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// One number.
pub fn count(conn: &Connection, sql: &str) -> i64 {
    conn.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// The text of a JSON string.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is text")).to_owned()
}

/// Copies a folder and what is in it, the shared-memory file left out: it is
/// made anew from the write-ahead log.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else if !entry.file_name().to_string_lossy().ends_with("-shm") {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every file below a folder with its bytes.
pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    if let Ok(entries) = fs::read_dir(folder) {
        for entry in entries.map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                found.extend(files(&entry.path()));
            } else {
                found.insert(entry.path(), fs::read(entry.path()).unwrap_or_default());
            }
        }
    }
    found
}

/// A small source of chance whose seed can be told: SplitMix64.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `below`.
    pub fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }

    /// One of a list.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// A change of a user in which nobody for now takes the families they give away, and what they leave unfinished was read.
pub fn handed_over(desk: &Desk, mut amended: Value) -> Value {
    let asked = json!({"user": amended["user"], "role": amended["role"], "active": amended["active"]});
    let held = call(desk, "leaving", asked)["families"].clone();
    let nobody = held.as_array().unwrap().iter().map(|family| json!({"episode": family["episode"], "place": family["place"], "to": null}));
    amended["handOver"] = nobody.collect();
    amended["unfinishedRead"] = json!(true);
    amended
}
