use proptest::prelude::*;

use super::*;

fn tokens(parts: &[&str]) -> Vec<String> {
    tokens_of(parts).into_iter().collect()
}

fn finds(query: &str, parts: &[&str]) -> bool {
    Query::parse(query).matches(&tokens_of(parts), "")
}

#[test]
fn folding_leaves_plain_letters() {
    for (text, folded) in [
        ("Sinéad", "sinead"),
        ("SINE\u{301}AD", "sinead"),
        ("O'Neill", "oneill"),
        ("O’Neill", "oneill"),
        ("O´Neill", "oneill"),
        ("Ó Néill", "o neill"),
        ("Hamilton-Boyd", "hamilton boyd"),
        ("  Ní\u{a0}Bhraonáin, ", "ni bhraonain"),
        ("Łukasz Żak", "lukasz zak"),
        ("Weiß / WEISS", "weiss weiss"),
        ("Øyvind Æsop", "oyvind aesop"),
        ("İpek Işık", "ipek isik"),
        ("Ｆｉ ﬁ", "fi fi"),
        ("...", ""),
        ("", ""),
    ] {
        assert_eq!(fold(text), folded, "{text}");
    }
}

#[test]
fn people_have_tokens_with_and_without_the_prefix() {
    assert_eq!(tokens(&["Fiadh", "O'Neill", "Fi"]), ["fi", "fiadh", "neill", "oneill"]);
    assert_eq!(tokens(&["Ó Néill"]), ["neill", "oneill"]);
    assert_eq!(tokens(&["McAlister"]), ["alister", "macalister", "mcalister"]);
    assert_eq!(tokens(&["MacAlister"]), ["alister", "macalister", "mcalister"]);
    assert_eq!(tokens(&["Mc Alister"]), ["alister", "macalister", "mcalister"]);
    assert_eq!(tokens(&["Macken"]), ["macken", "mcken"]);
    assert_eq!(tokens(&["Ní Bhraonáin"]), ["bhraonain", "nibhraonain"]);
    assert_eq!(tokens(&["de Paor"]), ["depaor", "paor"]);
    assert_eq!(tokens(&["Ó hUiginn"]), ["huiginn", "ohuiginn", "ouiginn", "uiginn"]);
    assert_eq!(tokens(&["Hamilton-Boyd", ""]), ["boyd", "hamiltonboyd"]);
    assert_eq!(tokens(&["St. John"]), ["john", "saintjohn", "stjohn"]);
    assert_eq!(tokens(&["D'Arcy"]), ["arcy", "darcy"]);
    assert!(tokens(&["", "'", " - "]).is_empty());
}

#[test]
fn spellings_of_one_name_find_each_other() {
    for spellings in [
        ["O'Neill", "ONEILL", "Ó Néill", "O Neill", "o’neill"],
        ["McAlister", "MacAlister", "Mc Alister", "Mac Alister", "MACALISTER"],
        ["Ní Bhraonáin", "NI BHRAONAIN", "ní bhraonain", "NíBhraonáin", "ni-bhraonain"],
        ["Hamilton-Boyd", "hamiltonboyd", "Hamilton Boyd", "HAMILTON-BOYD", "HamiltonBoyd"],
        ["van der Berg", "VanderBerg", "Van Der Berg", "vanderberg", "van-der-berg"],
        ["Mac Giolla Bhríde", "MacGiollaBhríde", "Mac Giolla Bhride", "Mc Giolla Bhríde", "MACGIOLLABHRIDE"],
        ["St John", "St. John", "ST JOHN", "st-john", "Saint John"],
        ["StJohn", "Saint John", "SaintJohn", "St John", "st john"],
    ] {
        for recorded in spellings {
            for query in spellings {
                assert!(finds(query, &["Sinéad", recorded]), "{query} finds {recorded}");
                assert!(finds(&format!("sinead {query}"), &["Sinéad", recorded]), "sinead {query} finds {recorded}");
                assert!(finds(&format!("{query} Sinéad"), &["Sinéad", recorded]), "{query} Sinéad finds {recorded}");
            }
        }
    }
}

#[test]
fn queries_find_by_the_beginnings_of_words_in_any_order() {
    let fiadh = ["Fiadh", "O'Neill", "Fi"];
    for query in ["O Neill", "oneill", "O'N", "neill o", "fi", "o fiadh", "FIADH ONEI", "o'neill, fiadh"] {
        assert!(finds(query, &fiadh), "{query}");
    }
    for query in ["", "  ", "'", "eill", "fiadh neal", "fiadh fiadha", "12"] {
        assert!(!finds(query, &fiadh), "{query}");
    }
    assert!(finds("sinead", &["Sinéad"]) && finds("Sinéad", &["Sinead"]));
    assert!(finds("boyd ham", &["Grace", "Hamilton-Boyd"]));
    assert!(finds("mcken", &["Macken"]) && !finds("ken", &["Macken"]));
}

#[test]
fn a_letter_that_was_pasted_is_not_looked_for() {
    assert!(Query::parse(&"zed ".repeat(1_000)).too_long && Query::parse(&"7".repeat(60_000)).too_long);
    assert!(!Query::parse("Sinéad Ní Bhraonáin-Hamilton and her mother, 999 000 0018").too_long);
}

#[test]
fn a_note_is_found_by_every_word_that_was_typed() {
    for (text, words) in [
        ("12 weeks", vec!["12", "weeks"]),
        ("Flat 2b", vec!["flat", "2b"]),
        ("S117", vec!["s117"]),
        ("HCN9990000018", vec!["hcn9990000018"]),
        ("12", vec![]),
        ("-", vec![]),
    ] {
        assert_eq!(Query::parse(text).words, words, "{text}");
    }
}

#[test]
fn digits_are_a_fragment_of_the_number() {
    for (text, digits, tokens) in [
        ("999 000 0018", Some("9990000018"), 0),
        ("999-000", Some("999000"), 0),
        ("oneill 018", Some("018"), 1),
        ("oneill 01", Some("01"), 1),
        ("H&C No. 999 000 0018", Some("9990000018"), 0),
        ("HCN: 9990000018", Some("9990000018"), 0),
        ("Health and Care Number 999 000 0018 O’Neill", Some("9990000018"), 1),
        ("HCN9990000018", Some("9990000018"), 0),
        ("H&C9990000018", Some("9990000018"), 0),
        ("HCNo. 999 000 0018", Some("9990000018"), 0),
        ("Health & Social Care Nr 999 000 0018", Some("9990000018"), 0),
        ("s117", None, 1),
        ("12", None, 0),
        ("flat 2b", None, 2),
    ] {
        let query = Query::parse(text);
        assert_eq!((query.digits.as_deref(), query.tokens.len()), (digits, tokens), "{text}");
    }
    let tokens = tokens_of(&["O'Neill"]);
    assert!(Query::parse("000 001").matches(&tokens, "9990000018"));
    assert!(Query::parse("neill 0018").matches(&tokens, "9990000018"));
    assert!(!Query::parse("neill 0019").matches(&tokens, "9990000018"));
    assert!(!Query::parse("0018").matches(&tokens, ""));
}

/// Names of the letters, prefixes and joints of this island and others.
fn names() -> impl Strategy<Value = String> {
    let prefix = prop::sample::select(vec!["", "O'", "Ó ", "O ", "Mac ", "Mac", "Mc", "Ní ", "Nic ", "de ", "Ó h"]);
    let pair = (prefix, "[A-Za-zÁÉÍÓÚáéíóúßżŁñ]{1,10}").prop_map(|(prefix, rest)| format!("{prefix}{rest}"));
    prop::collection::vec(pair, 1..3).prop_map(|pairs| pairs.join("-"))
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in "\\PC{0,30}|.{0,30}") {
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded);
    }

    #[test]
    fn any_text_has_clean_tokens(text in "\\PC{0,30}|.{0,30}", other in ".{0,10}") {
        let query = Query::parse(&text);
        let terms = query.terms().into_iter().flatten();
        for token in tokens_of(&[&text, &other]).into_iter().chain(terms).chain(query.tokens.clone()) {
            prop_assert!(!token.is_empty() && token.chars().all(char::is_alphanumeric), "“{}”", token);
        }
        let enough = if query.tokens.is_empty() { 3 } else { 1 };
        prop_assert!(query.digits.is_none_or(|digits| digits.len() >= enough && is_digits(&digits)));
    }

    #[test]
    fn a_person_is_found_by_the_name_as_recorded(given in names(), family in names()) {
        for query in [format!("{given} {family}"), format!("{family}, {given}"), family.to_uppercase(), given.to_lowercase()] {
            prop_assert!(finds(&query, &[&given, &family]), "“{}”", query);
        }
    }

    #[test]
    fn beginnings_of_tokens_find_in_any_order(given in names(), family in names(), picks in prop::collection::vec((0..99_usize, 1..12_usize), 1..4)) {
        let person = tokens(&[&given, &family]);
        let query: Vec<String> = picks.into_iter().map(|(pick, len)| person[pick % person.len()].chars().take(len).collect()).collect();
        prop_assert!(finds(&query.join(" "), &[&given, &family]), "“{}”", query.join(" "));
    }

    #[test]
    fn more_letters_never_find_more(given in names(), family in names(), query in "[a-zé' ]{0,8}", more in "[a-zé]") {
        if finds(&format!("{query}{more}"), &[&given, &family]) && !fold(&query).is_empty() && !query.ends_with(' ') {
            prop_assert!(finds(&query, &[&given, &family]));
        }
    }

    #[test]
    fn accents_and_case_do_not_matter(name in names()) {
        let bare: String = name.nfd().filter(|c| !is_combining_mark(*c)).collect();
        prop_assert_eq!(fold(&bare), fold(&name));
        prop_assert_eq!(fold(&name.to_uppercase()), fold(&name));
    }
}
