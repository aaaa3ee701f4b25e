use proptest::prelude::*;

use super::*;
use crate::typed::{is_unreadable, line};

const TWIN_1: Option<BirthOrder> = Some(BirthOrder { place: 1, of: 2 });
const TWIN_2: Option<BirthOrder> = Some(BirthOrder { place: 2, of: 2 });

fn named(family: &str, given: &str, preferred: &str) -> Name {
    name(family, given, preferred, GivenStatus::Known)
}

fn unnamed(family: &str) -> Name {
    name(family, "", "", GivenStatus::NotYetGiven)
}

fn name(family: &str, given: &str, preferred: &str, given_status: GivenStatus) -> Name {
    let part = |text: &str| line(text, usize::MAX).unwrap_or_default();
    let some = |text: &str| Some(part(text)).filter(|text| !text.is_empty());
    Name { family: part(family), given: some(given), preferred: some(preferred), given_status, birth_order: None }
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
fn a_name_of_any_length_is_shown() {
    assert_eq!(family_display(&"'a".repeat(100_000)).chars().count(), 200_000);
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
    fn what_is_shown_may_be_recorded_again(family in families(), given in "[A-Za-zéá'-][A-Za-zéá' -]{0,20}") {
        let shown = named(&family, &given, "").display();
        let (family, given) = shown.split_once(", ").unwrap_or((&shown, ""));
        prop_assert_eq!(named(family, given, "").display(), shown.clone());
    }

    #[test]
    fn anything_recorded_gets_an_answer(family in "\\PC{0,30}|.{0,30}", given in ".{0,30}") {
        let name = named(&family, &given, &given);
        prop_assume!(!name.family.is_empty());
        prop_assert!(!name.clone().born(TWIN_1).display().contains(is_unreadable));
        prop_assert!(!name.initials().is_empty() && !name.familiar().is_empty());
    }
}
