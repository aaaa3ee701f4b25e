//! Nothing that is typed can be read on the disk. A word that nobody uses is
//! typed into every text field of every command by a process of its own, whose
//! home, temporary and data folders are then searched: while it works, after it
//! was killed, and after the record was locked.
//!
//! Which fields are text is read from the generated types, so that a new field
//! fails here until it is typed in.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use attune_core::api::COMMANDS;
use attune_core::desk::Desk;
use attune_core::error::Error;
use serde_json::{Value, json};

use super::process;
use super::support::*;

/// In the forms a name is kept and shown in.
const WORDS: [&str; 6] = ["quézorb", "Quézorb", "QUÉZORB", "quezorb", "Quezorb", "QUEZORB"];

/// A person chooses these folders, and their names stand on the disk.
const FOLDERS: [&str; 3] = ["set_export_folder folder", "back_up folder", "restore_backup folder"];

#[test]
fn what_is_typed_is_in_no_file() {
    let place = Place::new();
    let mut other = process::start("canary::the_one_that_types", "typing", &place, 5);
    let begun = Instant::now();
    while !place.root.join("typed").exists() {
        if other.ended() || begun.elapsed() > Duration::from_secs(600) {
            panic!("{}", fs::read_to_string(place.root.join("said")).unwrap());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let typed = fs::read_to_string(place.root.join("typed")).unwrap();
    let typed: BTreeSet<&str> = typed.lines().collect();
    let wanted = text_fields();
    assert!(wanted.len() > 80, "{}", wanted.len());
    let missing: Vec<&String> =
        wanted.iter().filter(|field| !typed.contains(field.as_str()) && !FOLDERS.contains(&field.as_str())).collect();
    assert!(missing.is_empty(), "type these too, in `type_everything`: {missing:#?}");

    assert_eq!(readable(&place.root), [""; 0], "while it works");
    std::thread::sleep(Duration::from_millis(150));
    process::kill(other, &place);
    assert!(place.vault().join("record.db-wal").exists(), "it was in the middle of its work");
    assert_eq!(readable(&place.root), [""; 0], "after it was killed");

    let exported: Vec<_> = files(&place.root.join("out")).into_keys().collect();
    assert_eq!(exported.len(), 4, "a release is four files: {exported:?}");
    for path in exported.iter().filter(|path| path.extension().is_some_and(|ending| ending != "xlsx")) {
        let words = String::from_utf8(fs::read(path).unwrap()).unwrap();
        assert!(words.contains("Home visit"), "it has its tables: {words}");
    }

    let desk = place.desk();
    let session = unlock_with(&desk, LEAD, THIRD_PASSPHRASE).unwrap();
    assert!(WORDS.iter().any(|word| session.to_string().contains(word)), "it can be read by who signs in");
    assert_eq!(findings(&desk), [""; 0]);
    let found = call(&desk, "find", json!({"query": "quezorb"}));
    assert!(!found["people"].as_array().unwrap().is_empty() && !found["notes"].as_array().unwrap().is_empty(), "and found");
    call(&desk, "lock", json!({}));
    assert!(!place.vault().join("record.db-wal").exists());
    assert_eq!(readable(&place.root), [""; 0], "after it was locked");
}

/// A control: the search finds the word in each way it could be written.
#[test]
fn a_planted_word_is_found_in_every_encoding() {
    let folder = tempfile::tempdir().unwrap();
    let sentence = "Signed by Quézorb today";
    let wide = |order: fn(u16) -> [u8; 2]| sentence.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let mut planted: Vec<Vec<u8>> = vec![
        sentence.as_bytes().to_vec(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
        b"name=Qu%C3%A9zorb".to_vec(),
        b"name=qu%c3%a9zorb".to_vec(),
        b"{\"name\": \"Qu\\u00e9zorb\"}".to_vec(),
        b"QUEZORB".to_vec(),
    ];
    for shift in 0..3 {
        planted.push(base64(&[vec![b'x'; shift], sentence.as_bytes().to_vec()].concat()).into_bytes());
        planted.push(base64(&[vec![b'x'; shift], wide(u16::to_le_bytes)].concat()).into_bytes());
    }
    for (number, bytes) in planted.iter().enumerate() {
        let path = folder.path().join(format!("planted {number}"));
        fs::write(&path, [vec![0xfe; 4099], bytes.clone(), vec![7; 9]].concat()).unwrap();
        assert_eq!(readable(folder.path()).len(), 1, "planted {number}");
        fs::remove_file(path).unwrap();
    }
    fs::write(folder.path().join("quézorb.txt"), "").unwrap();
    assert_eq!(readable(folder.path()).len(), 1, "in the name of a file");
}

/// The files below a folder in which a form of the word can be read.
fn readable(folder: &Path) -> Vec<String> {
    let needles = needles();
    let mut found = Vec::new();
    for (path, bytes) in files(folder) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned().into_bytes();
        for (how, needle) in &needles {
            if contains(&bytes, needle) || contains(&name, needle) {
                found.push(format!("{} ({how})", path.display()));
                break;
            }
        }
    }
    found
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == needle[0]) {
        if rest[at..].starts_with(needle) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

fn needles() -> Vec<(String, Vec<u8>)> {
    let mut needles = Vec::new();
    for word in WORDS {
        let little: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let percent: String =
            word.bytes().map(|byte| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect();
        let escaped: String = word.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) }).collect();
        for (encoding, bytes) in [("UTF-8", word.as_bytes().to_vec()), ("UTF-16LE", little.clone()), ("UTF-16BE", big)] {
            for shift in 0..3 {
                // Only the letters that this word alone decides.
                let text = base64(&[vec![0; shift], bytes.clone()].concat());
                let first = (shift * 8).div_ceil(6);
                let last = (shift + bytes.len()) * 8 / 6;
                needles.push((format!("{encoding} in base64"), text.as_bytes()[first..last].to_vec()));
            }
            needles.push((encoding.to_owned(), bytes));
        }
        needles.push(("percent-encoded".to_owned(), percent.replace("%C3%A9", "%c3%a9").replace("%C3%89", "%c3%89").into_bytes()));
        needles.push(("percent-encoded".to_owned(), percent.into_bytes()));
        needles.push(("escaped".to_owned(), escaped.to_uppercase().replace("\\U", "\\u").into_bytes()));
        needles.push(("escaped".to_owned(), escaped.into_bytes()));
    }
    needles
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letter = |group: u32, place: u32| char::from(LETTERS[(group >> (18 - 6 * place) & 63) as usize]);
    bytes
        .chunks(3)
        .map(|three| {
            let group = three.iter().enumerate().fold(0, |group, (index, byte)| group | u32::from(*byte) << (16 - 8 * index));
            (0..4).map(|place| if place as usize <= three.len() { letter(group, place) } else { '=' }).collect::<String>()
        })
        .collect()
}

// Which fields there are.

/// Every text field of every command: `sign_contact entry.saw`.
fn text_fields() -> BTreeSet<String> {
    let mut fields = BTreeSet::new();
    for command in COMMANDS {
        let mut paths = Vec::new();
        assert!(type_of(command.request).exists(), "run tools/generated.sh first: there is no {}.ts", command.request);
        fields_of(command.request, "", &mut paths);
        fields.extend(paths.into_iter().map(|path| format!("{} {path}", command.name)));
    }
    fields
}

fn type_of(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../ui/src/ipc/generated/{name}.ts"))
}

fn fields_of(name: &str, before: &str, paths: &mut Vec<String>) {
    let Ok(source) = fs::read_to_string(type_of(name)) else { return };
    let mut code = String::new();
    let mut rest = source.as_str();
    while let Some((head, tail)) = rest.split_once("/*") {
        code += head;
        rest = tail.split_once("*/").map_or("", |(_, tail)| tail);
    }
    code += rest;
    let Some((_, body)) = code.split_once(&format!("export type {name} = {{")) else { return };
    for field in body.trim_end().trim_end_matches("};").split(',') {
        let Some((field, kind)) = field.split_once(':') else { continue };
        let (mut field, mut kind) =
            (format!("{before}{}", field.trim().trim_end_matches('?')), kind.trim().trim_end_matches("| null").trim());
        if let Some(inner) = kind.strip_prefix("Array<").and_then(|inner| inner.strip_suffix('>')) {
            field += "[]";
            kind = inner;
        }
        if kind == "string" {
            paths.push(field);
        } else {
            fields_of(kind, &format!("{field}."), paths);
        }
    }
}

// What follows is done by the other process.

const LEAD: &str = "quézorb lead";
const PASSPHRASE: &str = "quézorb lantern orbit mosaic";
const NEW_PASSPHRASE: &str = "quézorb thimble mosaic orbit";
const THIRD_PASSPHRASE: &str = "walnut ferry Quézorb trombone thimble";

#[test]
#[ignore = "started by what_is_typed_is_in_no_file in a process of its own"]
fn the_one_that_types() {
    let Ok(root) = env::var("ATTUNE_TEST_ROOT") else { return };
    let place = Place::at(root.into());
    let mut typist = Typist { desk: place.desk(), typed: BTreeSet::new(), requests: BTreeMap::new() };
    let episode = type_everything(&place, &mut typist);
    typist.try_the_rest();
    unlock_with(&typist.desk, LEAD, THIRD_PASSPHRASE).unwrap();
    let mut list = fs::File::create(place.root.join("typed.part")).unwrap();
    list.write_all(typist.typed.into_iter().collect::<Vec<_>>().join("\n").as_bytes()).unwrap();
    fs::rename(place.root.join("typed.part"), place.root.join("typed")).unwrap();
    for number in 0_u64.. {
        call(&typist.desk, "save_draft", json!({"episode": episode, "entry": {"saw": format!("Quézorb says {number}")}}));
    }
}

/// Calls commands and keeps which fields it typed the word into.
struct Typist {
    desk: Desk,
    typed: BTreeSet<String>,
    requests: BTreeMap<String, Value>,
}

impl Typist {
    /// A request that is done.
    #[track_caller]
    fn does(&mut self, command: &str, request: Value) -> Value {
        match self.tries(command, request.clone()) {
            Ok(mut answer) => {
                self.requests.insert(command.to_owned(), request);
                answer["value"].take()
            }
            Err(error) => panic!("{command}: {error}"),
        }
    }

    /// A request that may be refused, without a word of it in the refusal.
    fn tries(&mut self, command: &str, request: Value) -> Result<Value, Error> {
        let mut paths = Vec::new();
        typed_paths(&request, "", &mut paths);
        let answered = answer(&self.desk, command, request);
        if let Err(error) = &answered {
            let said = format!("{error:?}");
            assert!(!WORDS.iter().any(|word| said.contains(word)), "{command} repeats what was typed: {said}");
        }
        if !matches!(&answered, Err(error) if ["bad_request", "denied", "locked"].contains(&error.code.as_str())) {
            self.typed.extend(paths.into_iter().map(|path| format!("{command} {path}")));
        }
        answered
    }

    /// Types the word into each field that takes no such word, one at a time:
    /// dates, numbers, choices. All are refused, and must not be kept either.
    fn try_the_rest(&mut self) {
        for field in text_fields() {
            if self.typed.contains(&field) || FOLDERS.contains(&field.as_str()) {
                continue;
            }
            let (command, path) = field.split_once(' ').unwrap();
            let mut request = self.requests.get(command).cloned().unwrap_or_else(|| json!({}));
            put(&mut request, path, json!("Quézorb"));
            drop(self.tries(command, request));
        }
    }

    fn signs_in(&mut self, sign_in: &str, passphrase: &str) {
        self.does("unlock", json!({"signIn": sign_in, "passphrase": passphrase, "goOnBecause": "Quézorb, in vain"}));
    }
}

fn typed_paths(value: &Value, path: &str, paths: &mut Vec<String>) {
    match value {
        Value::String(text) if WORDS.iter().any(|word| text.contains(word)) => paths.push(path.to_owned()),
        Value::Array(all) => all.iter().for_each(|each| typed_paths(each, &format!("{path}[]"), paths)),
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                typed_paths(value, &name, paths);
            }
        }
        _ => {}
    }
}

fn put(target: &mut Value, path: &str, value: Value) {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let list = name.ends_with("[]");
    let inside = &mut target[name.trim_end_matches("[]")];
    if list && rest.is_some() && inside.is_null() {
        *inside = json!([{}]);
    }
    match (list, rest) {
        (true, None) => *inside = json!([value]),
        (false, None) => *inside = value,
        (true, Some(rest)) => put(&mut inside[0], rest, value),
        (false, Some(rest)) => put(inside, rest, value),
    }
}

/// A sentence of a field, told apart from those of the others.
fn words(field: &str) -> String {
    format!("Quézorb in {field}, twenty letters and more")
}

/// Does a team's work in every text field, and answers an episode to write in.
fn type_everything(place: &Place, typist: &mut Typist) -> Value {
    let created = typist.does(
        "create_vault",
        json!({
            "team": "Quézorb team", "name": "Quézorb Lead", "signIn": LEAD, "organisation": "Quézorb Trust",
            "passphrase": PASSPHRASE, "autoLockMinutes": 10,
        }),
    );
    typist.does("set_display", json!({"theme": "day", "density": "compact", "zoom": 110}));
    typist.does("assess_passphrase", json!({"passphrase": PASSPHRASE, "about": ["Quézorb"]}));
    typist.does("change_passphrase", json!({"present": PASSPHRASE, "new": NEW_PASSPHRASE}));
    let seen = answer(&typist.desk, "settings", json!({})).unwrap()["seen"].clone();
    let list = typist.does("lists", json!({}))["lists"][0].clone();
    let mut entries = list["entries"].clone();
    entries[0]["words"] = json!(words("words"));
    entries.as_array_mut().unwrap().push(json!({"code": "", "words": words("more words"), "retired": true}));
    typist.does("change_list", json!({"list": list["list"], "version": list["version"], "entries": entries}));
    let model = typist.does("step_model", json!({}));
    let mut steps = model["steps"].clone();
    for field in ["name", "definition", "services"] {
        steps[0][field] = json!(words(field));
    }
    steps[0]["indicators"][0]["words"] = json!(words("indicator"));
    typist.does("change_step_model", json!({"version": model["version"], "label": words("label"), "steps": steps}));
    typist.does("change_settings", json!({"team": "Quézorb team of two", "autoLockMinutes": 9, "seen": seen}));
    let worker = typist.does(
        "add_user",
        json!({"name": "Quézorb Worker", "signIn": "quézorb worker", "role": "key_worker", "organisation": "Quézorb charity"}),
    );
    let seen = answer(&typist.desk, "users", json!({})).unwrap()["seen"].clone();
    typist.does(
        "amend_user",
        json!({
            "user": worker["user"], "name": "Quézorb Key Worker", "role": "key_worker", "organisation": "Quézorb charity too",
            "active": true, "seen": seen,
        }),
    );
    let governance =
        json!({"name": "Quézorb Reader", "signIn": "quézorb reader", "role": "information_governance", "organisation": "Quézorb Trust"});
    let governance = typist.does("add_user", governance);
    typist.signs_in("quézorb reader", &text(&governance["passphrase"]));
    typist.does("change_passphrase", json!({"present": governance["passphrase"], "new": PASSPHRASE}));
    typist.does("families_index", json!({"part": "Quézorb"}));
    typist.signs_in("quézorb worker", &text(&worker["passphrase"]));
    typist.does("change_passphrase", json!({"present": worker["passphrase"], "new": PASSPHRASE}));

    let mut request = family("Quézorb");
    for person in request["people"].as_array_mut().unwrap() {
        person["given"] = json!("Quézorbette");
        person["preferred"] = json!("Quézorbie");
        person["needs"] = json!([{"kind": "hearing", "detail": words("detail")}]);
    }
    let added = typist.does("add_family", request);
    let (family_id, episode) = (added["family"].clone(), added["episode"].clone());
    let sibling = json!({"role": "sibling", "familyName": "Quézorb", "given": "Quézorbo", "preferred": "Quézo quézorb", "needs": [{"kind": "sight", "detail": words("detail")}]});
    typist.does("echo_person", json!({"family": family_id, "person": sibling, "beside": [sibling]}));
    typist.does("add_person", json!({"family": family_id, "person": sibling}));
    let (person, seen) = person_form(&typist.desk, &added, 1);
    let mut entry = person["entry"].clone();
    for field in ["familyName", "given", "preferred"] {
        entry[field] = json!(format!("Quézorb {field}"));
    }
    entry["needs"][0]["detail"] = json!(words("detail"));
    typist.does("amend_person", json!({"id": person["id"], "person": entry, "seen": seen}));
    typist.does("set_flag", json!({"family": family_id, "kind": "interpreter", "detail": words("detail"), "reviewOn": "+30d"}));

    let mut full = note_with_concern(&added, "");
    full["infants"] = json!([{"person": added["people"][0], "state": "not_seen"}]);
    for field in [
        "place",
        "others",
        "notSeenWhy",
        "saw",
        "told",
        "babyTold",
        "babyReading",
        "babyChanged",
        "think",
        "plan",
        "health",
        "feeding",
        "sleep",
        "home",
        "liaison",
        "supervision",
    ] {
        full[field] = json!(words(field));
    }
    full["present"] = json!([added["people"][1]]);
    full["did"] = json!(["play_observed", words("did")]);
    full["planDone"] = json!([words("planDone")]);
    for field in ["what", "toldWhom", "action", "policeWhyNot"] {
        full["concern"][field] = json!(words(field));
    }
    let mut draft = full.clone();
    for field in ["when", "until", "nextVisit"] {
        draft[field] = json!(words(field));
    }
    draft["concern"]["toldWhen"] = json!(words("toldWhen"));
    typist.does("save_draft", json!({"episode": episode, "entry": draft}));
    typist.does("check_contact", json!({"episode": episode, "entry": draft}));
    let form = json!({"family": null, "form": "add_family", "of": words("of")});
    let mut kept = form.clone();
    kept["act"] = json!("01936f00-0000-4000-8000-0000000000a1");
    kept["body"] = json!(words("body"));
    typist.does("keep_form", kept.clone());
    typist.does("kept_form", form.clone());
    typist.does("discard_form", form);
    // And one that stands when it is killed.
    typist.does("keep_form", kept);
    let signed = typist.does("sign_contact", json!({"episode": episode, "entry": full}))["contact"].clone();
    typist.does("add_details", json!({"contact": signed, "text": words("details")}));
    let wrong = typist.does("sign_contact", json!({"episode": episode, "entry": note(&added, &words("saw"))}))["contact"].clone();
    typist.does("retract_contact", json!({"contact": wrong, "reason": words("reason")}));
    let line = json!({
        "family": family_id, "outcome": "attended", "present": [added["people"][1]], "words": words("words"), "others": words("others"),
        "infants": [{"person": added["people"][0], "state": "not_seen"}], "notSeenWhy": words("notSeenWhy"),
    });
    let group = json!({
        "kinds": [words("kinds")], "when": "yesterday 09:00-10:00", "until": "", "place": words("place"), "ledBy": words("ledBy"),
        "together": words("together"), "families": [line], "namesChecked": true,
    });
    let mut unread = group.clone();
    (unread["when"], unread["until"]) = (json!(words("when")), json!(words("until")));
    typist.does("check_group", unread.clone());
    drop(typist.tries("sign_group", unread));
    typist.does("sign_group", group.clone());
    typist.does("check_group", group);
    let flag = typist.does("banner", json!({"family": family_id}))["flags"]["flags"][0]["id"].clone();
    drop(typist.tries("end_flag", json!({"flag": flag, "reason": words("reason")})));
    typist.does("mark_in_error", json!({"row": flag, "reason": words("reason")}));
    drop(typist.tries(
        "close_follow_up",
        json!({"family": family_id, "known": words("known"), "tried": words("tried"), "reason": words("reason")}),
    ));
    drop(typist.tries("record_loss", json!({"person": added["people"][1], "kind": "death", "lostOn": words("lostOn")})));
    typist.does("find", json!({"query": "Quézorb"}));
    drop(typist.tries("parse_when", json!({"text": "Quézorb", "until": "Quézorb", "lean": "past"})));
    more_that_is_screened(typist, &added);

    typist.signs_in(LEAD, NEW_PASSPHRASE);
    drop(typist.tries("take_over_note", json!({"episode": episode, "begunBy": worker["user"], "reason": words("reason")})));
    drop(typist.tries("cover", json!({"user": worker["user"], "coveredBy": null, "until": words("until"), "reason": words("reason")})));
    let concern = typist.does("concerns", json!({}))["concerns"][0]["id"].clone();
    typist.does("answer_concern", json!({"concern": concern, "decision": "advice", "answer": words("answer")}));
    release(place, typist);
    go_on(place, typist, &episode);

    let recovery: Vec<String> = created["recoveryKey"].as_array().unwrap().iter().map(text).collect();
    typist.does(
        "recover",
        json!({"recoveryKey": recovery.join("-"), "signIn": LEAD, "passphrase": THIRD_PASSPHRASE, "goOnBecause": words("goOnBecause")}),
    );
    drop(typist.tries("recover", json!({"recoveryKey": "Quézorb", "signIn": LEAD, "passphrase": PASSPHRASE})));
    let restore = json!({"folder": place.root.join("none"), "signIn": LEAD, "passphrase": PASSPHRASE, "recoveryKey": "Quézorb", "goOnBecause": words("goOnBecause")});
    drop(typist.tries("restore_backup", restore));
    typist.signs_in(LEAD, THIRD_PASSPHRASE);
    episode
}

/// Priority groups, placement and the ACE conversation.
fn more_that_is_screened(typist: &mut Typist, added: &Value) {
    let (family_id, infant, mother) = (&added["family"], &added["people"][0], &added["people"][1]);
    let priority =
        json!({"family": family_id, "person": null, "group": "poverty", "answer": "confirmed", "period": "now", "source": words("source")});
    typist.does("answer_priority", priority);
    let place = json!({
        "family": family_id, "step": 2, "rationale": words("rationale"), "indicators": [], "parentView": words("parentView"),
        "infantShows": words("infantShows"), "reviewOn": "",
    });
    typist.does("place", place);
    let down = json!({
        "family": family_id, "step": 1, "rationale": words("rationale"), "indicators": [], "parentView": words("parentView"),
        "infantShows": words("infantShows"), "receivingService": words("receivingService"), "acceptedBy": words("acceptedBy"), "reviewOn": "",
    });
    typist.does("place", down);
    let ace = json!({"person": mother, "here": ["nobody"], "safe": true, "wantsTo": true, "adult": true, "sitting": "declined", "answers": [], "protective": [], "words": words("words")});
    typist.does("record_ace", ace);
    let known = json!({
        "family": family_id, "who": "not_recorded", "known": ["harms"], "words": words("words"), "learnedOn": "today", "source": words("source"),
    });
    let mut unread = known.clone();
    unread["learnedOn"] = json!(words("learnedOn"));
    drop(typist.tries("record_harm", unread));
    typist.does("record_harm", known);
    let suspected = json!([{"category": "violence_at_home", "answer": "suspected"}]);
    let exposure = json!({
        "person": infant, "answers": suspected, "words": words("words"), "safety": "no_concern",
        "because": format!("{} who is kept safe", words("because")),
    });
    typist.does("record_exposure", exposure);
    let concern = json!({
        "children": [infant], "danger": "now", "what": words("what"), "toldWhom": words("toldWhom"), "toldWhen": "today 9:00",
        "action": words("action"), "police": "not_informed", "policeWhyNot": words("policeWhyNot"), "parent": "not_told",
        "parentWhyNot": words("parentWhyNot"),
    });
    let raised = json!({
        "person": infant, "answers": suspected, "words": words("words"), "safety": "new_concern", "concern": concern, "because": words("because"),
    });
    let mut unread = raised.clone();
    unread["concern"]["toldWhen"] = json!(words("toldWhen"));
    drop(typist.tries("record_exposure", unread));
    typist.does("record_exposure", raised);
}

/// Enough families for a summary with tables, and the summary.
fn release(place: &Place, typist: &mut Typist) {
    for number in 0..24 {
        let mut request = family(&format!("Quézorb {number}"));
        request["people"][0]["born"]["month"] = json!("6");
        let added = typist.does("add_family", request);
        open_since(&typist.desk, &added, "2026-08-03");
        let mut entry = note(&added, &words("saw"));
        entry["when"] = json!("15/9 14:00-15:00");
        entry["nextVisit"] = json!("");
        typist.does("sign_contact", json!({"episode": added["episode"], "entry": entry}));
    }
    let out = place.root.join("out");
    fs::create_dir_all(&out).unwrap();
    typist.does("set_export_folder", json!({"folder": out}));
    drop(typist.tries("summary", json!({"period": "Quézorb"})));
    typist.does("say_period_ready", json!({"period": "2026-Q3"}));
    drop(typist.tries("year_plan", json!({"year": "Quézorb"})));
    drop(typist.tries("plan_year", json!({"year": "2026-27", "tables": [{"name": "Quézorb", "banding": 0}]})));
    drop(typist.tries("plan_year", json!({"year": "Quézorb", "tables": [{"name": "contacts", "banding": 0}]})));
    let left = json!([{"period": "Quézorb", "csv": words("csv")}]);
    drop(typist.tries("take_release_seat", json!({"reason": words("reason"), "left": left})));
    drop(typist.tries("leave_release_seat", json!({"reason": words("reason")})));
    drop(typist.tries("take_release_seat", json!({"reason": words("reason"), "left": [], "takenBack": ["Quézorb"]})));
    typist.does("take_release_seat", json!({"reason": words("reason"), "left": []}));
    drop(typist.tries("look_at_figures", json!({"period": "2026-Q3", "tables": [{"name": "Quézorb", "banding": 0}]})));
    typist.does("look_at_figures", json!({"period": "2026-Q3", "tables": [{"name": "contacts", "banding": 0}]}));
    typist.does("make_frame_anew", json!({"period": "2026-Q3", "reason": words("reason")}));
    let release = json!({
        "period": "2026-Q3", "reason": words("reason"), "tables": [{"name": "contacts", "banding": 0}], "outside": false, "recipient": words("recipient"), "licence": null,
        "expiresOn": "", "corrects": null,
    });
    let mut unread = release.clone();
    unread["expiresOn"] = json!(words("expiresOn"));
    drop(typist.tries("release_summary", unread));
    let released = typist.does("release_summary", release)["id"].clone();
    drop(typist.tries("decline_release", json!({"release": released, "reason": words("reason")})));
    typist.does("withdraw_release", json!({"release": released, "reason": words("reason")}));
}

/// Records go missing, and the lead goes on with a reason.
fn go_on(place: &Place, typist: &mut Typist, episode: &Value) {
    call(&typist.desk, "lock", json!({}));
    let before = place.root.join("before");
    copy_folder(&place.vault(), &before);
    unlock_with(&typist.desk, LEAD, NEW_PASSPHRASE).unwrap();
    call(&typist.desk, "save_draft", json!({"episode": episode, "entry": {"saw": words("lost")}}));
    call(&typist.desk, "lock", json!({}));
    fs::remove_dir_all(place.vault()).unwrap();
    fs::rename(before, place.vault()).unwrap();
    assert_eq!(unlock_with(&typist.desk, LEAD, NEW_PASSPHRASE).unwrap_err().code, "records_missing");
    typist.does("unlock", json!({"signIn": LEAD, "passphrase": NEW_PASSPHRASE, "goOnBecause": words("goOnBecause")}));
}
