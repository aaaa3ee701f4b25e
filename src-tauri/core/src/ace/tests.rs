use crate::ace::words::count_words;

#[test]
fn answers_are_told_side_by_side_and_never_added_up() {
    for (answers, words) in [
        (&[("yes", 1), ("no", 1), ("prefers not to say", 1), ("not asked", 7)][..], "1 yes, 1 no, 1 prefers not to say, 7 not asked"),
        (&[("yes", 0), ("no", 10), ("not asked", 0)], "10 no"),
        (&[("yes", 0), ("not asked", 10)], "10 not asked"),
    ] {
        assert_eq!(count_words(answers), words);
    }
}
