//! How much can go from one knot to another: the largest flow, in whole numbers.

use std::collections::VecDeque;

use super::web::Web;

/// More than any sum of counts: room without an end.
pub(super) const ENDLESS: u64 = u64::MAX / 4;

const UNSEEN: usize = usize::MAX;

/// Room for units along each number of a web, both ways. Number `n` has the arc `2n` along it and
/// `2n + 1` against it.
pub(super) struct Flow {
    head: Vec<usize>,
    leaving: Vec<Vec<usize>>,
    room: Vec<u64>,
    /// By which arc the last search came to each knot.
    came: Vec<usize>,
    queue: VecDeque<usize>,
}

impl Flow {
    /// Along the numbers that are `open`, with no room yet.
    pub(super) fn new(web: &Web<'_>, open: impl Fn(usize) -> bool) -> Self {
        let mut leaving = vec![Vec::new(); web.knots];
        let mut head = Vec::with_capacity(2 * web.ends.len());
        for (cell, &(from, to)) in web.ends.iter().enumerate() {
            head.extend([to, from]);
            if open(cell) {
                leaving[from].push(2 * cell);
                leaving[to].push(2 * cell + 1);
            }
        }
        Self { room: vec![0; head.len()], came: vec![UNSEEN; web.knots], queue: VecDeque::new(), head, leaving }
    }

    /// Gives a number room to get more and to get less.
    pub(super) fn set(&mut self, cell: usize, up: u64, down: u64) {
        self.room[2 * cell] = up;
        self.room[2 * cell + 1] = down;
    }

    /// By how much a number can still get less.
    #[cfg(test)]
    pub(super) fn down(&self, cell: usize) -> u64 {
        self.room[2 * cell + 1]
    }

    /// The room everywhere, to come back to.
    pub(super) fn rooms(&self) -> &[u64] {
        &self.room
    }

    /// Comes back to it.
    pub(super) fn restore(&mut self, rooms: &[u64]) {
        self.room.copy_from_slice(rooms);
    }

    /// Sends as much as can go, at most `want`, and says how much that was.
    pub(super) fn push(&mut self, from: usize, to: usize, want: u64) -> u64 {
        let mut sent = 0;
        while sent < want && self.search(from, to) {
            let mut most = want - sent;
            let mut knot = to;
            while knot != from {
                most = most.min(self.room[self.came[knot]]);
                knot = self.head[self.came[knot] ^ 1];
            }
            knot = to;
            while knot != from {
                let arc = self.came[knot];
                self.room[arc] -= most;
                self.room[arc ^ 1] += most;
                knot = self.head[arc ^ 1];
            }
            sent += most;
        }
        sent
    }

    /// Whether something could still come to a knot, after less was sent than was wanted.
    pub(super) fn reaches(&self, knot: usize) -> bool {
        self.came[knot] != UNSEEN
    }

    fn search(&mut self, from: usize, to: usize) -> bool {
        self.came.fill(UNSEEN);
        self.came[from] = from;
        self.queue.clear();
        self.queue.push_back(from);
        while let Some(knot) = self.queue.pop_front() {
            for &arc in &self.leaving[knot] {
                let next = self.head[arc];
                if self.room[arc] > 0 && self.came[next] == UNSEEN {
                    self.came[next] = arc;
                    if next == to {
                        return true;
                    }
                    self.queue.push_back(next);
                }
            }
        }
        false
    }
}
