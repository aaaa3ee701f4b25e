//! By how much the bound rose when a variable was decided: what to decide next is guessed from it.

/// Seen less often, it is tried out.
const SELDOM: f64 = 8.0;

/// For each variable, shown and hidden: the sum of the rises for a whole step, and how many.
pub(super) struct Rises {
    seen: Vec<[(f64, f64); 2]>,
    all: [(f64, f64); 2],
}

impl Rises {
    /// Nothing was seen yet.
    pub(super) fn new(variables: usize) -> Self {
        Self { seen: vec![[(0.0, 0.0); 2]; variables], all: [(0.0, 0.0); 2] }
    }

    /// Whether little is known of a variable.
    pub(super) fn seldom(&self, variable: usize, hidden: bool) -> bool {
        self.seen[variable][usize::from(hidden)].1 < SELDOM
    }

    /// The bound rose, when a variable went from `x` to one of its bounds.
    pub(super) fn see(&mut self, variable: usize, hidden: bool, rise: f64, x: f64) {
        let step = far(x, hidden);
        if step > 1e-6 {
            for seen in [&mut self.seen[variable], &mut self.all] {
                seen[usize::from(hidden)].0 += rise / step;
                seen[usize::from(hidden)].1 += 1.0;
            }
        }
    }

    /// How much is to be expected of deciding a variable, in both branches.
    pub(super) fn score(&self, variable: usize, x: f64) -> f64 {
        let expected = |hidden: bool| {
            let own = self.seen[variable][usize::from(hidden)];
            let (sum, times) = if own.1 > 0.0 { own } else { self.all[usize::from(hidden)] };
            far(x, hidden) * if times > 0.0 { sum / times } else { 1.0 } + 1e-3 * far(x, hidden)
        };
        expected(false) * expected(true)
    }
}

fn far(x: f64, hidden: bool) -> f64 {
    let x = x.clamp(0.0, 1.0);
    if hidden { 1.0 - x } else { x }
}
