//! What it costs to hide a number. A secret decides between patterns that would cost much the same,
//! so that who runs the program again cannot tell from a pattern which counts it was made of
//! (Minami and Abe 2019).

use crate::spec::Spec;

/// The weights of one team.
#[derive(Clone, Copy)]
pub(crate) struct Weights<'a> {
    secret: &'a [u8; 32],
}

impl<'a> Weights<'a> {
    pub fn by(secret: &'a [u8; 32]) -> Self {
        Self { secret }
    }

    /// The weight of a place: about the logarithm of its count, thrice for a total, times a factor
    /// from ¼ to 4 that only the secret tells. For one specification it is the same in every preview
    /// and every quarter.
    pub fn of(&self, spec: &Spec, place: &str, count: u64, is_total: bool) -> u64 {
        let size = u64::from((u128::from(count) + 2).saturating_pow(4).ilog2()) * 4;
        let named = format!("{}\n{}\n{place}", spec.name, spec.version);
        let hash = blake3::keyed_hash(self.secret, named.as_bytes());
        let bytes: [u8; 8] = std::array::from_fn(|at| hash.as_bytes()[at]);
        let factor = 250 + u64::from_le_bytes(bytes) % 3751;
        size * factor * if is_total { 3 } else { 1 } / 100
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::spec;

    #[test]
    fn a_weight_is_the_same_whenever_it_is_asked_and_another_for_another_secret() {
        let (one, other) = ([1; 32], [2; 32]);
        let of = |secret, place| Weights::by(secret).of(&spec(4), place, 9, false);
        assert_eq!(of(&one, "A"), of(&one, "A"));
        assert_ne!(of(&one, "A"), of(&one, "B"));
        assert_ne!(of(&one, "A"), of(&other, "A"));
        assert_eq!(Weights::by(&one).of(&spec(4), "A", 9, true) / 3, of(&one, "A"));
    }

    #[test]
    fn a_larger_number_never_weighs_less() {
        let secret = [3; 32];
        let weights: Vec<u64> = (0..2000).map(|count| Weights::by(&secret).of(&spec(4), "A", count, false)).collect();
        assert!(weights.is_sorted());
        assert!(weights[0] > 0);
    }
}
