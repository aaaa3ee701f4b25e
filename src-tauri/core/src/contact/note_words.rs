//! How a contact is worded: title, who was there, sections.

use std::collections::HashMap;

use crate::codes::Code;
use crate::contact::{Contact, ContactEntry, InfantState, Outcome, Section};
use crate::group::kinds_words;
use crate::person::PersonId;

/// What people of the family are called, by id: `Fiadh`, `Róisín`.
pub type Called = HashMap<PersonId, String>;

/// What stays out of a copy for encompass, where the parent may read it: what is for
/// supervision, and what concerns others.
const NOT_COPIED: [&str; 2] = ["For supervision", "Liaison"];

/// What a partner worker reads of no note but their own: supervision, and how a
/// concern goes on.
const NOT_SHARED: [&str; 2] = ["For supervision", "What has changed"];

/// Whether a section of a colleague's note is read by a partner worker too.
#[must_use]
pub fn is_shared(section: &Section) -> bool {
    !NOT_SHARED.contains(&section.label.as_str())
}

/// The sections that are marked as interpretation.
const THINK: &str = "What I think (interpretation)";
const READING: &str = "Our reading of it (interpretation)";

/// `Home visit, 65min`; `Home visit: no access`.
#[must_use]
pub fn title(contact: &Contact) -> String {
    let of_group = contact.session.map(|_| format!("{} ({})", contact.kind.words(), kinds_words(&contact.did)));
    let kind = of_group.as_deref().unwrap_or_else(|| contact.kind.words());
    match (contact.outcome, contact.minutes) {
        (Outcome::Attended, Some(minutes)) => format!("{kind}, {minutes}min"),
        (Outcome::Attended, None) => kind.to_owned(),
        (outcome, _) => format!("{kind}: {}", lower_first(outcome.words())),
    }
}

/// `Fiadh (awake), Róisín, the interpreter. Conor was not there.`
#[must_use]
pub fn who(entry: &ContactEntry, called: &Called) -> String {
    let name = |id: &PersonId| called.get(id).cloned().unwrap_or_else(|| "someone no longer listed".to_owned());
    let state = |id: &PersonId| entry.infants.iter().find(|seen| seen.person == *id).map(|seen| seen.state);
    let mut there: Vec<String> = entry
        .present
        .iter()
        .map(|id| match state(id) {
            Some(state) => format!("{} ({})", name(id), lower_first(state.words())),
            None => name(id),
        })
        .collect();
    for seen in entry.infants.iter().filter(|seen| !entry.present.contains(&seen.person) && seen.state != InfantState::NotBorn) {
        there.push(format!("{} ({})", name(&seen.person), lower_first(seen.state.words())));
    }
    if !entry.others.trim().is_empty() {
        there.push(entry.others.trim().to_owned());
    }
    let mut words = there.join(", ");
    let absent: Vec<String> = entry.absent.iter().map(name).collect();
    if !absent.is_empty() {
        if !words.is_empty() {
            words.push_str(". ");
        }
        let were = if absent.len() == 1 { "was" } else { "were" };
        words.push_str(&format!("{} {were} not there.", join_and(&absent)));
    }
    words
}

/// What we did, of an entry that has it in words; none if nothing was chosen or typed.
#[must_use]
pub fn did(entry: &ContactEntry) -> Option<String> {
    Some(entry.did.join(" · ")).filter(|did| !did.trim().is_empty())
}

/// What was written at length, in the order of the screen, empty ones left out.
#[must_use]
pub fn prose(entry: &ContactEntry) -> Vec<Section> {
    sections_of(&[
        ("What I saw", &entry.saw),
        ("What they told me", &entry.told),
        ("What the baby told us", &entry.baby_told),
        (READING, &entry.baby_reading),
        ("What changed because of it", &entry.baby_changed),
        (THINK, &entry.think),
        ("Health", &entry.health),
        ("Feeding", &entry.feeding),
        ("Sleep", &entry.sleep),
        ("Home", &entry.home),
        ("Liaison", &entry.liaison),
        ("For supervision", &entry.supervision),
    ])
}

/// The written sections in the order of the screen, empty ones left out.
#[must_use]
pub fn sections(contact: &Contact) -> Vec<Section> {
    let entry = &contact.entry();
    // What kind of group it was is in the title.
    let did = did(entry).filter(|_| contact.session.is_none()).unwrap_or_default();
    let done = entry.plan_done.join("\n");
    let of_group = [("Led by", contact.led_by.as_str()), ("What the group did", contact.together.as_str())];
    let mut all = sections_of(&[("Place", &entry.place), ("What we did", &did)]);
    all.extend(sections_of(&of_group));
    all.extend(prose(entry));
    all.extend(sections_of(&[
        ("What has changed", &entry.changed),
        ("Why the infant was not seen", &entry.not_seen_why),
        ("Done since last time", &done),
        ("Plan", &entry.plan),
    ]));
    all
}

fn sections_of(all: &[(&str, &str)]) -> Vec<Section> {
    let written = all.iter().filter(|(_, text)| !text.trim().is_empty());
    written
        .map(|(label, text)| Section {
            label: (*label).to_owned(),
            text: text.trim().to_owned(),
            interpretation: [THINK, READING].contains(label),
            copied: !NOT_COPIED.contains(label),
        })
        .collect()
}

/// `one`, `one and two`, `one, two and three`.
#[must_use]
pub fn join_and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
