//! Whether a text that several families read has a name of somebody of one of them.

use std::collections::BTreeSet;

use crate::person::Person;
use crate::typed::fold;

/// A part of a name with fewer letters than these is no name by itself.
const FEWEST: usize = 3;

/// The names of `people` in `text`, as they are in the record; a name alone, with
/// an `s` behind it or a part of a double name, in whichever spelling.
#[must_use]
pub fn named<'a>(text: &str, people: impl Iterator<Item = &'a Person>) -> BTreeSet<&'a str> {
    let text = format!(" {} ", fold::fold(text));
    let has = |words: &str| [format!(" {words} "), format!(" {words}s ")].iter().any(|word| text.contains(word));
    let is_in = |name: &&str| {
        let folded = fold::fold(name);
        let mut parts = folded.split(' ').filter(|part| part.chars().count() >= FEWEST);
        !folded.is_empty() && (has(&folded) || parts.any(has))
    };
    people.flat_map(|person| [person.family_name.as_str(), person.given.as_str(), person.preferred.as_str()]).filter(is_in).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::FamilyId;
    use crate::person::{PersonId, entering};
    use crate::time::Timestamp;

    fn person(family_name: &str, given: &str, preferred: &str) -> Person {
        let typed = serde_json::json!({"role": "mother", "familyName": "Somebody", "given": "Some"});
        let ids = (PersonId(uuid::Uuid::nil()), FamilyId(uuid::Uuid::nil()));
        let somebody = entering::enter(ids.0, ids.1, &serde_json::from_value(typed).unwrap(), Timestamp(0)).unwrap();
        Person { family_name: family_name.into(), given: given.into(), preferred: preferred.into(), ..somebody }
    }

    #[test]
    fn a_name_is_found_in_any_spelling_and_only_as_a_word() {
        let fiadh = person("O’Neill-Boyd", "Fiadh", "Fi");
        let cases = [
            ("Fiadh smiled at everybody.", &["Fiadh"][..]),
            ("FIADH’S blanket", &["Fiadh"]),
            ("fiádh", &["Fiadh"]),
            ("Mrs ONeill Boyd helped", &["O’Neill-Boyd"]),
            ("Miss Boyd", &["O’Neill-Boyd"]),
            ("Fi and the others", &["Fi"]),
            ("We sang. The babies were calm.", &[]),
            ("A fiddle, an oneillism, boydish", &[]),
        ];
        for (text, found) in cases {
            assert_eq!(named(text, [&fiadh].into_iter()).into_iter().collect::<Vec<_>>(), found, "{text}");
        }
        let nameless = person("", "", "");
        assert!(named("Whatever is said", [&nameless].into_iter()).is_empty());
    }
}
