//! Which families a user is shown, in lists, searches and Today: their own and
//! those shared with them, no other.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::practice::{family_ids, open_cases, open_families, practice_place, share, shared_place, signed_in};
use crate::support::{call, refused, text, user_id};

#[test]
fn a_partner_worker_sees_shared_families_only() {
    let (place, theirs) = practice_place();
    let lead = signed_in(&place, "lead");
    let pip = user_id(&lead, "pip");
    let families = open_families(&lead);
    let workers =
        families.iter().map(|family| (text(family), call(&lead, "people", json!({"family": family}))["episode"]["partnerWorker"] == pip));
    let shared: BTreeSet<String> = workers.filter(|(_, theirs)| *theirs).map(|(family, _)| family).collect();
    assert!(!shared.is_empty() && shared.len() < families.len() && !shared.contains(&text(&theirs.family)));
    drop(lead);
    let desk = signed_in(&place, "pip");
    for mine in [true, false] {
        assert_eq!(family_ids(&call(&desk, "caseload", open_cases(mine))), shared);
    }
    for family in &shared {
        call(&desk, "story", json!({"family": family}));
        for command in ["add_person", "set_flag", "ace", "place", "answer_priority", "allocate"] {
            assert_eq!(
                refused(&desk, command, json!({"family": family})),
                "denied",
                "a partner worker changes nothing but notes: {command}"
            );
        }
    }
    // The family is taken back: it closes at once.
    drop(desk);
    let lead = signed_in(&place, "lead");
    let family = json!(shared.first().unwrap());
    share(&lead, &family, &[("partnerWorker", Value::Null)]);
    drop(lead);
    let desk = signed_in(&place, "pip");
    assert_eq!(refused(&desk, "story", json!({"family": family})), "not_yours");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Whoever is allocated to whom: what a user's lists, searches and Today
    /// name are that user's families and no other.
    #[test]
    fn lists_name_no_foreign_family(
        workers in prop::collection::vec((0_usize..3, 0_usize..2, 0_usize..2), 8),
        reader in 0_usize..5,
        word in prop::sample::select(vec!["mum", "she", "the", "visit", "plan", "feed", "999", "a"]),
    ) {
        let (place, _) = shared_place();
        let lead = signed_in(place, "lead");
        let users: Vec<(&str, Value)> = ["niamh", "owen", "pip", "tara", "lead"].map(|name| (name, user_id(&lead, name))).to_vec();
        let id = |name: &str| users.iter().find(|user| user.0 == name).unwrap().1.clone();
        let (name, me) = users[reader].clone();
        let opens_all = matches!(name, "tara" | "lead");
        let (mut allowed, mut names) = (BTreeSet::new(), BTreeSet::new());
        for (family, (key, therapist, partner)) in open_families(&lead).iter().zip(&workers) {
            let chosen = [
                ("keyWorker", [id("niamh"), id("owen"), Value::Null][*key].clone()),
                ("therapist", [id("tara"), Value::Null][*therapist].clone()),
                ("partnerWorker", [id("pip"), Value::Null][*partner].clone()),
            ];
            share(&lead, family, &chosen);
            if opens_all || chosen.iter().any(|(_, user)| *user == me) {
                allowed.insert(text(family));
            }
            let people = call(&lead, "people", json!({"family": family}));
            names.insert(text(&people["people"][0]["entry"]["familyName"]));
        }
        drop(lead);
        let desk = signed_in(place, name);
        prop_assert_eq!(&family_ids(&call(&desk, "caseload", open_cases(false))), &allowed, "{} sees the whole of theirs", name);
        let mut seen = BTreeSet::new();
        for filter in ["open", "flagged", "no_visit_14_days", "not_booked", "drafts", "unborn"] {
            for mine in [true, false] {
                seen.extend(family_ids(&call(&desk, "caseload", json!({"mine": mine, "filter": filter, "sort": "name"}))));
            }
        }
        for query in names.iter().map(String::as_str).chain([word]) {
            seen.extend(family_ids(&call(&desk, "find", json!({"query": query}))));
        }
        // One's own unsigned note stays, whoever the family was given to.
        let mut today = call(&desk, "today", json!({}));
        today["drafts"] = json!([]);
        seen.extend(family_ids(&today));
        if name != "pip" {
            seen.extend(family_ids(&call(&desk, "concerns", json!({}))));
        }
        let foreign: Vec<&String> = seen.difference(&allowed).collect();
        prop_assert!(foreign.is_empty(), "{} is shown {:?}", name, foreign);
    }
}
