//! What hangs together.

/// Numbers from 0 on, and which of them hang together.
pub(crate) struct Union(Vec<usize>);

impl Union {
    /// None with any other.
    pub fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    /// One of those that it hangs together with, the same for all of them.
    pub fn root(&mut self, mut one: usize) -> usize {
        while self.0[one] != one {
            self.0[one] = self.0[self.0[one]];
            one = self.0[one];
        }
        one
    }

    /// Two that hang together, and all that hang together with them.
    pub fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one] = other;
    }
}
