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

/// What every computer must come to for the same operation, of whichever version:
/// a change of these two means that no chain written before holds.
#[test]
fn the_hash_of_an_operation_stays_the_same_bytes() {
    let id = |number: u128| Uuid::from_u128(number);
    let fields = [
        ("family_name", Value::Text("Example".into())),
        ("born_on", Value::Text("2026-10-01".into())),
        ("birth_order", Value::Integer(2)),
        ("family", Value::Blob(id(7).as_bytes().to_vec())),
        ("number", Value::Null),
    ];
    let created = Write::Create(fields.map(|(column, value)| (column.into(), value)).to_vec());
    let amended =
        Write::Amend { column: "given".into(), value: Value::Text("Róisín".into()), base: Base { device: id(1), seq: 3, index: 1 } };
    let change = |row_id, write| Change { table: "person".into(), row_id, write };
    let commit = payload_commit(&[9; 16], Some("as told"), &[change(id(8), created), change(id(6), amended)]);
    let header = Header {
        device: id(1),
        scope: id(7),
        seq: 4,
        dev_seq: 12,
        hlc: 1_795_000_000_000 << 16 | 5,
        wall_ms: 1_795_000_000_000,
        offset_min: 60,
        actor: id(2),
        op: "add_person".into(),
        schema_v: 11,
        deps: vec![(id(3), id(7), 2)],
        act: Some(id(5)),
    };
    assert_eq!(hex::encode(commit), "18988a30b830e27b877b2d7a0f7e90cc812e68e89b1d4595ada083485dbf3394");
    assert_eq!(hex::encode(operation_hash(&[4; 32], &header, &commit)), "ebbb9bf80ed5a4ddac4732a127e764374764f88888855decebe65cab2ef32c25");
}
