use proptest::prelude::*;

use super::*;
use crate::ids::RecordedId;
use crate::store::toy::{TOY, Visit};
use crate::store::{apply, migrate};

/// The visits of a family in the order in which they are told, arrived in that `order`.
fn told(order: &[usize], moments: &[(i64, u8)]) -> Vec<Uuid> {
    let conn = migrate::fresh(&TOY).unwrap();
    let family = FamilyId(Uuid::from_u128(5));
    for (oid, which) in (1..).zip(order) {
        let (hlc, device) = moments[*which];
        let device = DeviceId(Uuid::from_u128(device.into()));
        let moment = Moment { oid, hlc, device, wall: Timestamp(hlc), actor: UserId(Uuid::nil()) };
        let visit = Visit { id: RecordedId(row(*which)), family, saw: "She smiled".to_owned() };
        apply::create(&conn, &TOY, Visit::TABLE, row(*which), &visit.values(), moment, 0).unwrap();
    }
    assert_eq!(last::<Visit>(&conn, family).unwrap(), in_order(&conn, family).unwrap().pop());
    in_order::<Visit>(&conn, family).unwrap().iter().map(Record::row_id).collect()
}

fn row(which: usize) -> Uuid {
    Uuid::from_u128(1_000 + which as u128)
}

proptest! {
    /// In whichever order entries arrive, the same stands: the last by the
    /// log's clock, and of two computers at once the same one everywhere.
    #[test]
    fn the_order_of_arrival_changes_nothing_of_what_stands(
        (moments, shuffled) in proptest::collection::btree_set((1_i64..20, 1_u8..4), 1..12)
            .prop_map(|moments| moments.into_iter().collect::<Vec<_>>())
            .prop_flat_map(|moments| {
                let order: Vec<usize> = (0..moments.len()).collect();
                (Just(moments), Just(order).prop_shuffle())
            })
    ) {
        let by_moment: Vec<Uuid> = (0..moments.len()).map(row).collect();
        prop_assert_eq!(told(&shuffled, &moments), by_moment);
    }
}
