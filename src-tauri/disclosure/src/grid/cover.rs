//! What every safe pattern fulfils, as an inequality: enough of what gives room must be hidden.

/// A need that is squared without harm.
const MODEST: u64 = 1 << 20;

/// The sum of what its parts give is at least what is needed.
#[derive(Clone, Debug)]
pub(super) struct Cover {
    need: u64,
    parts: Vec<Part>,
}

/// Something that gives room, if a number is hidden, or if it is not.
#[derive(Clone, Copy, Debug)]
struct Part {
    variable: usize,
    if_hidden: bool,
    gives: u64,
}

impl Part {
    fn share(&self, x: &[f64]) -> f64 {
        if self.if_hidden { x[self.variable] } else { 1.0 - x[self.variable] }
    }
}

/// A linear inequality over what is hidden (1) and shown (0): the sum of its terms is at least
/// `least`. Each variable is in it once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cut {
    pub(super) terms: Vec<(usize, i64)>,
    pub(super) least: i64,
}

impl Cover {
    /// Nothing gives anything yet.
    pub(super) fn new(need: u64) -> Self {
        Self { need, parts: Vec::new() }
    }

    /// A hidden number gives this much.
    pub(super) fn hidden(&mut self, variable: usize, gives: u64) {
        self.parts.push(Part { variable, if_hidden: true, gives });
    }

    /// Nothing is needed if this is shown.
    pub(super) fn shown(&mut self, variable: usize) {
        self.parts.push(Part { variable, if_hidden: false, gives: u64::MAX });
    }

    /// So much is given in any case.
    pub(super) fn given(&mut self, gives: u64) {
        self.need = self.need.saturating_sub(gives);
    }

    /// The strongest inequality that is found to follow and that `x` breaks.
    pub(super) fn broken_by(mut self, x: &[f64]) -> Option<Cut> {
        self.merge();
        let mut shares: Vec<f64> =
            self.parts.iter().filter(|part| part.if_hidden).map(|part| part.share(x)).filter(|&share| share > 1e-6).collect();
        shares.sort_by(|one, other| other.total_cmp(one));
        shares.dedup();
        let mut best: Option<(f64, Self)> = None;
        for least in std::iter::once(f64::INFINITY).chain(shares) {
            let beside = self.beside(|part| part.if_hidden && part.share(x) >= least);
            if beside.need == 0 {
                break;
            }
            let mut divisors: Vec<u64> = beside.parts.iter().filter(|part| part.share(x) > 1e-6).map(|part| part.gives).collect();
            divisors.sort_unstable();
            divisors.dedup();
            divisors.retain(|by| !beside.need.is_multiple_of(*by) && beside.need <= MODEST);
            let rounded: Vec<Self> = divisors.into_iter().map(|by| beside.rounded(by)).collect();
            for cover in std::iter::once(beside).chain(rounded) {
                let depth = cover.depth(x);
                if depth > best.as_ref().map_or(1e-3, |(known, _)| known + 1e-9) {
                    best = Some((depth, cover));
                }
            }
        }
        best.map(|(_, cover)| cover.cut())
    }

    /// Puts together what a number gives when it is hidden and what it gives when it is not.
    fn merge(&mut self) {
        self.parts.sort_by_key(|part| (part.variable, part.if_hidden));
        let mut merged: Vec<Part> = Vec::with_capacity(self.parts.len());
        for mut part in self.parts.drain(..) {
            if let Some(shown) = merged.pop_if(|before| before.variable == part.variable) {
                // Shown gives all there is to give, hidden a part of it: that part is given anyhow.
                self.need = self.need.saturating_sub(part.gives);
                part = shown;
            }
            merged.push(part);
        }
        self.parts = merged;
    }

    /// What follows if some parts are taken to give all they can. No part gives more than is needed.
    fn beside(&self, given: impl Fn(&Part) -> bool) -> Self {
        let (given, mut parts): (Vec<Part>, Vec<Part>) = self.parts.iter().copied().partition(given);
        let need = given.iter().fold(self.need, |need, part| need.saturating_sub(part.gives));
        parts.iter_mut().for_each(|part| part.gives = part.gives.min(need));
        Self { need, parts }
    }

    /// What follows for whole numbers when all is divided: the rest that does not divide is given in
    /// full by what gives more than it (mixed integer rounding).
    fn rounded(&self, by: u64) -> Self {
        let rest = self.need % by;
        let divided = |part: &Part| Part { gives: rest * (part.gives / by) + rest.min(part.gives % by), ..*part };
        Self { need: rest * self.need.div_ceil(by), parts: self.parts.iter().map(divided).collect() }
    }

    /// How far `x` is on the wrong side.
    #[allow(clippy::cast_precision_loss)]
    fn depth(&self, x: &[f64]) -> f64 {
        let got: f64 = self.parts.iter().map(|part| part.gives as f64 * part.share(x)).sum();
        let length: f64 = self.parts.iter().map(|part| (part.gives as f64).powi(2)).sum();
        (self.need as f64 - got) / length.sqrt().max(1.0)
    }

    fn cut(&self) -> Cut {
        let signed = |gives: u64| i64::try_from(gives).unwrap_or(i64::MAX);
        let mut cut = Cut { terms: Vec::with_capacity(self.parts.len()), least: signed(self.need) };
        for part in self.parts.iter().filter(|part| part.gives > 0) {
            let gives = signed(part.gives);
            if !part.if_hidden {
                cut.least -= gives;
            }
            cut.terms.push((part.variable, if part.if_hidden { gives } else { -gives }));
        }
        cut
    }
}
