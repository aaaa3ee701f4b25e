use proptest::prelude::*;

use super::*;

const ABOUT: [&str; 3] = ["Aoife Practice", "aoife", "The Trust"];

#[test]
fn what_is_enough() {
    for (passphrase, enough, says) in [
        ("", false, "within a minute"),
        ("password", false, "within a minute"),
        ("aaaaaaaaaaaaaaaa", false, "within a minute"),
        ("aoife practice 2026", false, "minute"),
        ("x9$Kq!v2", false, ""),
        ("V7#pQ2!zL0w", false, ""),
        ("tall otter", false, ""),
        ("correct lantern", false, ""),
        ("Aoife-Practice-14/03/1988", false, "within a minute"),
        ("aoife practice 14 march 1988", false, ""),
        ("a.o.i.f.e p.r.a.c.t.i.c.e", false, ""),
        ("qwertyuiop asdfghjkl zxcvbnm", false, ""),
        ("q w e r t y u i o p a s d f", false, ""),
        ("1qaz 2wsx 3edc 4rfv", false, ""),
        ("correct horse battery staple", false, ""),
        ("Correct-Horse-Battery-Staple-1", false, ""),
        ("the quick brown fox jumps", false, ""),
        ("to be or not to be that is", false, ""),
        ("mary had a little lamb 2026!", false, ""),
        ("manchester united 1999", false, ""),
        ("antrim armagh derry down fermanagh tyrone", false, ""),
        ("monday tuesday wednesday thursday", false, ""),
        ("céad míle fáilte romhat", false, ""),
        ("go raibh maith agat a chara", false, ""),
        ("Aoife Niamh Caoimhe Siobhán", false, ""),
        ("one fish two fish red fish blue fish", false, ""),
        ("four unrelated words are easy", false, ""),
        ("ILoveMyDaughterAoife2019", false, ""),
        ("cactus winter rabbit flower kettle", true, ""),
        ("cactus rabbit flower kettle", true, ""),
        ("V7#pQ2!zL0wR5&k", true, ""),
        ("cuppa tea biscuits please", true, ""),
        ("otter lantern gravel", true, ""),
        ("otter lantern gravel seven", true, ""),
        ("seven quiet herons walking", true, "years"),
    ] {
        let strength = assess(passphrase, &ABOUT);
        assert_eq!(strength.enough, enough, "{passphrase}: {}", strength.words);
        assert!(strength.words.contains(says), "{passphrase}: {}", strength.words);
        assert!(strength.words.starts_with("A thief with this laptop"), "{}", strength.words);
        assert!(enough || strength.hint.is_some(), "{passphrase}");
    }
}

#[test]
fn what_a_thief_needs_is_said_in_plain_time() {
    for (seconds, says) in [
        (59.0, "within a minute"),
        (90.0, "about 2 minutes"),
        (HOUR, "about 1 hour "),
        (20.0 * HOUR, "about 20 hours"),
        (11.6 * DAY, "about 12 days"),
        (90.0 * DAY, "about 3 months"),
        (3.2 * YEAR, "about 3 years"),
        (LIFETIME, "not guess it in a lifetime"),
    ] {
        let words = words(seconds);
        assert!(words.contains(says), "{seconds}: {words}");
    }
}

/// The least that is accepted falls to a determined thief in under two
/// weeks, and the screen says so.
#[test]
fn the_least_that_is_enough_is_not_praised() {
    let least = 1e10 / GUESSES_A_SECOND;
    assert!(words(least).contains("about 12 days"), "{}", words(least));
}

#[test]
fn four_words_are_offered_that_will_do_and_never_the_same_twice() {
    let mut seen = std::collections::HashSet::new();
    for _ in 0..50 {
        let phrase = offered().expect("random");
        assert_eq!(phrase.split(' ').count(), OFFERED_WORDS, "{}", *phrase);
        assert!(phrase.split(' ').all(|word| WORD_LIST.lines().any(|listed| listed == word)));
        assert!(assess(&phrase, &ABOUT).enough, "{}", *phrase);
        assert!(seen.insert(phrase.to_string()));
    }
}

#[test]
fn the_list_is_long_and_has_each_word_once() {
    let words: std::collections::BTreeSet<&str> = WORD_LIST.lines().collect();
    assert_eq!(words.len(), WORD_LIST.lines().count());
    assert!(words.len() > 7_500, "{} words", words.len());
    assert!(words.iter().all(|word| word.len() >= 3 && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
}

#[test]
fn another_spelling_is_the_same_passphrase() {
    let one = temporary().expect("random");
    for typed in [one.to_lowercase(), one.replace('-', " "), one.replace('-', ""), format!(" {} ", one.replace('0', "O").to_lowercase())] {
        assert_eq!(*likeness(&typed), *likeness(&one), "{typed}");
    }
    for (typed, same) in [("Otter  LANTERN gravel", "otter lantern gravel"), ("ﬁne Sine\u{301}ad", "FINE sin\u{e9}ad"), ("a-b", "a b")] {
        assert_eq!(*likeness(typed), *likeness(same));
    }
    assert_ne!(*likeness("otter lantern gravel"), *likeness("otter lantern gravels"));
}

#[test]
fn the_hint_says_what_would_mend_it() {
    for (passphrase, says) in [
        ("x9$Kq!v2", "at least 15 characters"),
        ("aoifeaoifeaoife", "easy to guess"),
        ("asdfghjkl;'asdf", "Patterns on the keyboard"),
        ("zzzzzzzzzzzzzzzz", "Repeating"),
        ("13-04-198713-04-1987", "Repeating"),
        ("abcdefghijklmnop", "abc or 6543"),
    ] {
        let hint = assess(passphrase, &ABOUT).hint.expect("not enough");
        assert!(hint.contains(says), "{passphrase}: {hint}");
        assert!(hint.ends_with('.'), "{hint}");
    }
}

#[test]
fn one_spelling() {
    for (typed, same) in [
        ("Sine\u{301}ad rows west", "Sin\u{e9}ad rows west"),
        ("  otter lantern \n", "otter lantern"),
        ("otter\u{a0}lantern", "otter lantern"),
        ("ﬁne ＡＢＣ", "fine ABC"),
    ] {
        assert_eq!(*normalise(typed), same);
    }
    assert_ne!(*normalise("Otter"), *normalise("otter"));
    assert_eq!(*normalise("   "), "");
}

#[test]
fn a_one_time_passphrase_reads_in_any_manner() {
    let one = temporary().expect("random");
    assert_eq!(one.len(), 19);
    assert_eq!(one.split('-').count(), 4);
    assert_eq!(*normalise(&one), *one);
    for typed in [one.to_lowercase(), one.replace('-', ""), one.replace('-', " "), one.replace('0', "o").replace('1', "l")] {
        assert_eq!(*normalise(&typed), *one);
    }
    assert_ne!(*temporary().expect("random"), *one);
    assert!(assess(&one, &ABOUT).enough);
}

proptest! {
    #[test]
    fn like_is_like_its_normal_spelling(text in ".{0,40}") {
        prop_assert_eq!(&*likeness(&normalise(&text)), &*likeness(&text));
    }

    #[test]
    fn normal_is_normal(text in ".{0,40}") {
        let once = normalise(&text);
        prop_assert_eq!(&*normalise(&once), &*once);
    }

    #[test]
    fn enough_is_long_and_what_is_not_says_why(text in ".{0,30}") {
        let strength = assess(&text, &[]);
        prop_assert!(strength.enough || strength.hint.is_some());
        if strength.enough {
            prop_assert!(normalise(&text).chars().count() >= MIN_LENGTH);
        }
    }
}
