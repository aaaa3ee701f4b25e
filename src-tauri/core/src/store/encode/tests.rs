use proptest::prelude::*;

use super::*;

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::Integer),
        any::<String>().prop_map(Value::Text),
        any::<Vec<u8>>().prop_map(Value::Blob),
    ]
}

proptest! {
    #[test]
    fn a_packed_row_unpacks_to_itself(fields in prop::collection::vec((1_i64..5000, any_value()), 0..20)) {
        prop_assert_eq!(unpack_row(&pack_row(&fields)).unwrap(), fields);
    }

    #[test]
    fn unpacking_rubbish_is_an_error_not_a_panic(bytes: Vec<u8>) {
        let _ = unpack_row(&bytes);
        let _ = unpack_deps(&bytes);
    }

    #[test]
    fn a_commitment_fixes_every_value(a in any_value(), b in any_value()) {
        let change = |value| Change { table: "person".into(), row_id: Uuid::nil(), write: Write::Create(vec![("given".into(), value)]) };
        let same = payload_commit(&[1], None, &[change(a.clone())]) == payload_commit(&[1], None, &[change(b.clone())]);
        prop_assert_eq!(same, a == b);
    }
}
