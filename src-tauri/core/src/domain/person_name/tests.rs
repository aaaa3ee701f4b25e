use proptest::prelude::*;

use super::*;

const TWIN_1: Option<BirthOrder> = Some(BirthOrder { place: 1, of: 2 });
const TWIN_2: Option<BirthOrder> = Some(BirthOrder { place: 2, of: 2 });

fn named(family: &str, given: &str, preferred: &str) -> Name {
    Name::new(family, given, preferred, GivenStatus::Known).expect("a name")
}

fn unnamed(family: &str) -> Name {
    Name::new(family, "", "", GivenStatus::NotYetGiven).expect("a name")
}

#[test]
fn prefixes_keep_their_case() {
    for (typed, shown, initials) in [
        ("Wilson", "WILSON", "W"),
        ("wilson", "WILSON", "W"),
        ("Hamilton-Boyd", "HAMILTON-BOYD", "H-B"),
        ("Soares e Silva", "SOARES e SILVA", "S e S"),
        ("O'Neill", "O’NEILL", "O’N"),
        ("o`neill", "O’NEILL", "O’N"),
        ("O´NEILL", "O’NEILL", "O’N"),
        ("O Neill", "O NEILL", "O N"),
        ("Ó Néill", "Ó NÉILL", "Ó N"),
        ("O\u{301} Ne\u{301}ill", "Ó NÉILL", "Ó N"),
        ("Ó hUiginn", "Ó hUIGINN", "Ó hU"),
        ("ó huiginn", "Ó hUIGINN", "Ó hU"),
        ("Ó HUIGINN", "Ó HUIGINN", "Ó H"),
        ("Ó hÉalaithe", "Ó hÉALAITHE", "Ó hÉ"),
        ("O'hAgan", "O’hAGAN", "O’hA"),
        ("O'Hagan", "O’HAGAN", "O’H"),
        ("Ní Bhraonáin", "NÍ BHRAONÁIN", "NÍ B"),
        ("Uí Cheallaigh", "UÍ CHEALLAIGH", "UÍ C"),
        ("Nic Giolla", "Nic GIOLLA", "Nic G"),
        ("Mac Giolla Bhríde", "Mac GIOLLA BHRÍDE", "Mac G B"),
        ("mac giolla", "Mac GIOLLA", "Mac G"),
        ("MAC GIOLLA", "Mac GIOLLA", "Mac G"),
        ("Mac an tSaoir", "Mac an tSAOIR", "Mac an tS"),
        ("Mac an Bhaird", "Mac an BHAIRD", "Mac an B"),
        ("McAlister", "McALISTER", "McA"),
        ("mcalister", "McALISTER", "McA"),
        ("MCALISTER", "McALISTER", "McA"),
        ("Mc Alister", "Mc ALISTER", "Mc A"),
        ("MacNeill", "MacNEILL", "MacN"),
        ("Mac Neill", "Mac NEILL", "Mac N"),
        ("MACNEILL", "MACNEILL", "M"),
        ("Macken", "MACKEN", "M"),
        ("McAlister-MacNeill", "McALISTER-MacNEILL", "McA-MacN"),
        ("FitzGerald", "FitzGERALD", "FitzG"),
        ("Fitzgerald", "FITZGERALD", "F"),
        ("de Paor", "de PAOR", "de P"),
        ("De Paor", "DE PAOR", "D P"),
        ("D'Arcy", "D’ARCY", "D’A"),
        ("van der Berg", "van der BERG", "van der B"),
        ("van 't Hoff", "van ’t HOFF", "van ’t H"),
        ("al-Hassan", "al-HASSAN", "al-H"),
        ("Le", "LE", "L"),
        ("le", "LE", "L"),
        ("Mac", "MAC", "M"),
        ("Kowalska-Żak", "KOWALSKA-ŻAK", "K-Ż"),
        ("Weiß", "WEISS", "W"),
    ] {
        assert_eq!(family_display(typed), shown, "{typed}");
        assert_eq!(family_display(shown), shown, "{shown} again");
        assert_eq!(named(typed, "", "").initials(), initials, "{typed}");
    }
}

#[test]
fn names_are_family_comma_given() {
    let fiadh = named(" O'Neill ", "Fiadh", "Fi");
    assert_eq!((fiadh.display().as_str(), fiadh.familiar().as_str()), ("O’NEILL, Fiadh", "Fi"));
    assert_eq!(fiadh.initials(), "O’N, F");
    let ruth = named("Wilson", "Ruth  Anne", "");
    assert_eq!(
        (ruth.clone().born(TWIN_2).display().as_str(), ruth.clone().born(TWIN_2).familiar().as_str()),
        ("WILSON, Ruth Anne (twin 2)", "Ruth Anne")
    );
    assert_eq!(ruth.clone().born(TWIN_2).initials(), "W, R (twin 2)");
    let baby = unnamed("Wilson");
    assert_eq!((baby.display().as_str(), baby.familiar().as_str()), ("WILSON, Baby", "Baby"));
    assert_eq!(
        (baby.clone().born(TWIN_1).display().as_str(), baby.clone().born(TWIN_1).familiar().as_str()),
        ("WILSON, Baby (twin 1)", "Baby (twin 1)")
    );
    assert_eq!(baby.clone().born(TWIN_1).initials(), "W, B (twin 1)");
    let carer = named("McAlister", "", "");
    assert_eq!((carer.display().as_str(), carer.familiar().as_str()), ("McALISTER", "McALISTER"));
    assert_eq!(named("Ryan", "D'Arcy", "").familiar(), "D’Arcy");
    assert_eq!(BirthOrder { place: 3, of: 3 }.words(), "triplet 3");
    assert_eq!([1, 2, 3].map(|place| BirthOrder::from(place).words()), ["twin 1", "twin 2", "triplet 3"]);
    assert_eq!(BirthOrder { place: 3, of: 4 }.words(), "baby 3 of 4");
}

#[test]
fn what_cannot_be_a_name_is_refused() {
    let new = |family: &str, given: &str, preferred: &str| Name::new(family, given, preferred, GivenStatus::Known).err();
    let long = "é".repeat(70);
    assert_eq!(new(&long, &long, &long), None);
    for (refused, code) in [
        (new("", "Fiadh", ""), "name_family_missing"),
        (new(" \u{a0}", "Fiadh", ""), "name_family_missing"),
        (new("--", "Fiadh", ""), "name_family_missing"),
        (new(&format!("{long}e"), "", ""), "name_too_long"),
        (new("Wil\nson", "", ""), "name_unreadable"),
        (new("Wilson", "Ru\u{202e}th", ""), "name_unreadable"),
        (new("Wilson", "Ruth", "R\u{0}"), "name_unreadable"),
        (Name::new("Wilson", "Ruth", "", GivenStatus::NotYetGiven).err(), "name_given_twice"),
    ] {
        assert_eq!(refused.map(NameRefused::code), Some(code));
    }
    assert_eq!(family_display(&"'a".repeat(100_000)).chars().count(), 200_000);
    assert_eq!(new("Wilson", "Ru\tth", "").map(NameRefused::part), Some(NamePart::Given));
    assert_eq!(NameRefused::TooLong(NamePart::Given).to_string().split('.').next(), Some("The given name is longer than 70 characters"));
}

/// Family names of the letters, prefixes and joints of this island and others.
fn families() -> impl Strategy<Value = String> {
    let prefix = prop::sample::select(vec![
        "", "O'", "Ó ", "ó h", "Mac ", "Mac", "mac", "Mc", "MC", "Ní ", "de ", "van der ", "Fitz", "Mac an t", "al-",
    ]);
    let pair = (prefix, "[A-Za-zÁÉÍÓÚáéíóúßżŁñ'’]{1,12}").prop_map(|(prefix, rest)| format!("{prefix}{rest}"));
    prop::collection::vec(pair, 1..4).prop_map(|pairs| pairs.join("-"))
}

proptest! {
    #[test]
    fn showing_twice_changes_nothing(family in families()) {
        let shown = family_display(&family);
        prop_assert_eq!(family_display(&shown), shown);
    }

    #[test]
    fn nothing_is_lost_but_case(family in families()) {
        let plain = |text: &str| apostrophes(text).to_uppercase();
        prop_assert_eq!(plain(&family_display(&family)), plain(&family));
    }

    #[test]
    fn what_is_shown_may_be_recorded_again(family in families(), given in "[A-Za-zéá' -]{0,20}") {
        if let Ok(name) = Name::new(&family, &given, "", GivenStatus::Known) {
            let shown = name.display();
            let (family, given) = shown.split_once(", ").unwrap_or((&shown, ""));
            let again = Name::new(family, given, "", GivenStatus::Known).expect("a name");
            prop_assert_eq!(again.display(), shown);
        }
    }

    #[test]
    fn anything_typed_gets_an_answer(family in "\\PC{0,30}|.{0,30}", given in ".{0,30}") {
        let _ = family_display(&family);
        if let Ok(name) = Name::new(&family, &given, &given, GivenStatus::Known) {
            prop_assert!(!name.clone().born(TWIN_1).display().contains(is_unreadable));
            prop_assert!(!name.initials().is_empty() && !name.familiar().is_empty());
        }
    }
}
