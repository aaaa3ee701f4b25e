use proptest::prelude::*;

use super::*;

fn code(text: &str) -> Option<&'static str> {
    text.parse::<HealthCareNumber>().err().map(|refusal| refusal.code().as_str())
}

fn begin(first_nine: u64) -> Option<HealthCareNumber> {
    HealthCareNumber::from_first_nine(first_nine)
}

#[test]
fn published_check_digits_hold() {
    for (first_nine, check) in [
        (943_476_591, 9),
        (999_000_001, 8),
        (999_000_002, 6),
        (999_000_003, 4),
        (999_000_004, 2),
        (999_000_005, 0),
        (987_654_432, 2),
        (999_012_345, 4),
        (320_000_001, 5),
    ] {
        assert_eq!(begin(first_nine), Some(HealthCareNumber(first_nine * 10 + check)), "{first_nine}");
    }
    assert_eq!(begin(999_000_000), None);
}

#[test]
fn any_spacing_is_read_and_nothing_else() {
    for text in ["9990000018", "999 000 0018", " 999-000-0018 ", "99 90 00 00 18", "999\u{a0}000\u{2013}0018\u{200b}"] {
        assert_eq!(text.parse::<HealthCareNumber>().map(|number| number.to_string()), Ok("999 000 0018".to_owned()));
    }
    for (text, refusal) in [
        ("", "hcn_length"),
        ("999 000 001", "hcn_length"),
        ("999 000 00180", "hcn_length"),
        ("999 000 001O", "hcn_letters"),
        ("999/000/0018", "hcn_letters"),
        ("٩٩٩ ٠٠٠ ٠٠١٨", "hcn_letters"),
        ("999 000 0019", "hcn_check_digit"),
        ("999 000 0081", "hcn_check_digit"),
        ("000 000 0000", "hcn_placeholder"),
    ] {
        assert_eq!(code(text), Some(refusal), "{text}");
    }
    for check in 0..10 {
        assert_eq!(code(&format!("999000000{check}")), Some("hcn_check_digit"), "would be 10");
    }
}

#[test]
fn the_range_says_where_a_number_comes_from() {
    for (first_nine, range) in [
        (10_101_000, NumberRange::Scotland),
        (311_299_990, NumberRange::Scotland),
        (321_000_000, NumberRange::NorthernIreland),
        (320_000_001, NumberRange::NorthernIreland),
        (400_000_000, NumberRange::EnglandWales),
        (499_999_999, NumberRange::EnglandWales),
        (500_000_000, NumberRange::Unknown),
        (600_000_000, NumberRange::EnglandWales),
        (799_999_999, NumberRange::EnglandWales),
        (800_000_000, NumberRange::Unknown),
        (999_000_001, NumberRange::Test),
        (11_300_000, NumberRange::Unknown),
    ] {
        let number = (first_nine..).find_map(begin).expect("a number");
        assert_eq!(number.range(), range, "{first_nine}");
        assert_eq!(number.warning().is_none(), range == NumberRange::NorthernIreland);
    }
}

#[test]
fn practice_numbers_are_valid_and_all_different() {
    let numbers: Vec<_> = HealthCareNumber::practice().take(500).collect();
    assert_eq!(numbers.first().map(|number| number.digits()).as_deref(), Some("9990000018"));
    assert_eq!(numbers.len(), 500);
    assert!(numbers.is_sorted_by(|a, b| a < b));
    assert!(numbers.iter().all(|number| number.range() == NumberRange::Test && code(&number.digits()).is_none()));
}

#[test]
fn json_is_ten_digits_and_debugging_shows_none() {
    let number = HealthCareNumber::practice().next().expect("the first");
    assert_eq!(serde_json::to_string(&number).expect("json"), "\"9990000018\"");
    assert_eq!(serde_json::from_str::<HealthCareNumber>("\"999 000 0018\"").expect("a number"), number);
    assert!(serde_json::from_str::<HealthCareNumber>("\"9990000019\"").is_err());
    assert_eq!(format!("{number:?}"), "HealthCareNumber(Test)");
}

fn numbers() -> impl Strategy<Value = HealthCareNumber> {
    (1..999_999_990_u64).prop_map(|from| (from..).find_map(begin).expect("one follows"))
}

proptest! {
    #[test]
    fn one_wrong_digit_is_always_found(number in numbers(), place in 0..10_usize, step in 1..10_u8) {
        let mut digits = number.digits().into_bytes();
        digits[place] = b'0' + (digits[place] - b'0' + step) % 10;
        prop_assert!(code(&String::from_utf8(digits).expect("digits")).is_some());
    }

    #[test]
    fn two_swapped_neighbours_are_always_found(number in numbers(), place in 0..9_usize) {
        let mut digits = number.digits().into_bytes();
        digits.swap(place, place + 1);
        let swapped = String::from_utf8(digits).expect("digits");
        prop_assert_eq!(code(&swapped).is_none(), swapped == number.digits());
    }

    #[test]
    fn what_is_shown_reads_back(number in numbers()) {
        prop_assert_eq!(number.to_string().parse(), Ok(number));
        prop_assert_eq!(number.digits().parse(), Ok(number));
    }

    #[test]
    fn anything_typed_gets_an_answer(text in ".{0,40}") {
        if let Ok(number) = text.parse::<HealthCareNumber>() {
            let typed: String = text.chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(number.digits(), typed, "never corrected");
        }
    }
}
