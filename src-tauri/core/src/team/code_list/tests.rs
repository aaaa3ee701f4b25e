use proptest::prelude::*;

use super::*;

fn listed(code: &str, words: &str) -> Listed {
    Listed { code: code.to_owned(), words: words.to_owned(), retired: false }
}

fn typed(code: &str, words: &str, retired: bool) -> EntryTyped {
    EntryTyped { code: code.to_owned(), words: words.to_owned(), retired }
}

#[test]
fn an_entry_is_reworded_retired_and_added_and_never_taken_away() {
    let standing = [listed("play_observed", "Play observed"), listed("liaison", "Liaison")];
    let next = |entries: &[EntryTyped]| next_entries(entries, &standing, "entries");
    let now =
        next(&[typed("", "Músic together", false), typed("play_observed", " Watched  play ", false), typed("liaison", "Liaison", true)]);
    let retired = Listed { retired: true, ..standing[1].clone() };
    assert_eq!(now.expect("changed"), [listed("music_together", "Músic together"), listed("play_observed", "Watched play"), retired]);

    let many = vec![typed("", "Play", true); MOST + 1];
    let rows: [(&[EntryTyped], &str, Option<&str>); 7] = [
        (&many, "list_too_many", Some("entries")),
        (&[typed("play_observed", "Play", false)], "list_entry_gone", Some("entries")),
        (
            &[typed("play_observed", "Play", false), typed("play_observed", "Play", true), typed("liaison", "L", false)],
            "list_entry_twice",
            Some("entries"),
        ),
        (&[typed("play_observed", " ", false), typed("liaison", "Liaison", false)], "list_no_words", Some("entries.0.words")),
        (&[typed("play_observed", "Liaison", false), typed("liaison", "LIAISON", false)], "list_twice", Some("entries.1.words")),
        (&[typed("play_observed", "Play", true), typed("liaison", "Liaison", true)], "list_empty", Some("entries")),
        (&[typed("made_up", "Play", false), typed("liaison", "Liaison", false)], "list_entry_unknown", Some("entries")),
    ];
    for (entries, code, field) in rows {
        let refused = next(entries).expect_err(code);
        assert_eq!((refused.code.as_str(), refused.field.as_deref()), (code, field));
    }
}

#[test]
fn what_was_chosen_keeps_its_words_and_own_words_have_no_code() {
    let entries = [listed("play_observed", "Play observed")];
    assert_eq!(Chosen::of(&entries, "play_observed"), Chosen { code: "play_observed".into(), words: "Play observed".into() });
    assert_eq!(Chosen::of(&entries, "Sang to her"), Chosen { code: String::new(), words: "Sang to her".into() });
}

proptest! {
    /// However often a list is changed, a code stays one entry's for good.
    #[test]
    fn no_code_is_given_twice(added in proptest::collection::vec(proptest::collection::vec("[a-zé ]{1,6}", 0..4), 1..5)) {
        let mut standing = first_entries(ListName::Activity).expect("the first entries");
        for new in added {
            let kept = standing.iter().map(|entry| typed(&entry.code, &entry.words, entry.retired));
            let entries: Vec<EntryTyped> = kept.chain(new.iter().map(|words| typed("", words, true))).collect();
            let Ok(next) = next_entries(&entries, &standing, "entries") else { continue };
            let codes: BTreeSet<&String> = next.iter().map(|entry| &entry.code).collect();
            prop_assert_eq!(codes.len(), next.len());
            prop_assert!(standing.iter().zip(&next).all(|(before, after)| before.code == after.code));
            standing = next;
        }
    }
}
