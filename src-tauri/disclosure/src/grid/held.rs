//! A pattern that is made safe by hiding more, and cheap by hiding less.

use super::flow::{ENDLESS, Flow};
use super::web::{Way, Web};

/// A pattern, and over which numbers each hidden one can go as far as it must.
pub(super) struct Held<'a> {
    web: &'a Web<'a>,
    flow: Flow,
    hidden: Vec<bool>,
    /// Cells that are not to be hidden.
    barred: Vec<bool>,
    /// Over which cells it goes, by cell and way; none if it is not known that it does.
    over: Vec<[Option<Vec<usize>>; 2]>,
}

impl<'a> Held<'a> {
    /// Nothing is known of the pattern yet.
    pub(super) fn new(web: &'a Web<'a>, hidden: Vec<bool>) -> Self {
        let barred: Vec<bool> = (0..hidden.len()).map(|cell| !web.grid.may_hide(cell)).collect();
        let flow = Flow::new(web, |cell| !barred[cell]);
        let mut held = Self { web, flow, over: vec![[None, None]; hidden.len()], hidden, barred };
        (0..held.hidden.len()).for_each(|cell| held.room(cell));
        held
    }

    /// The pattern.
    pub(super) fn into_hidden(self) -> Vec<bool> {
        self.hidden
    }

    /// Shows a cell, and does not hide it again.
    pub(super) fn bar(&mut self, cell: usize) {
        self.show(cell);
        self.barred[cell] = true;
    }

    /// Hides more until the pattern is safe, the cheapest way for one number after the other; says
    /// whether it came to that. A number that cannot be safe itself is shown again.
    pub(super) fn mend(&mut self, prices: &[f64]) -> bool {
        while let Some((cell, way)) = self.unheld() {
            if !self.extend(cell, way, prices) {
                if self.web.grid.must_hide[cell] {
                    return false;
                }
                self.bar(cell);
            }
        }
        true
    }

    /// Shows again what need not be hidden, the dearest first. The pattern must be safe, and stays so.
    pub(super) fn prune(&mut self, prices: &[f64]) {
        let mut beside: Vec<usize> = (0..self.hidden.len()).filter(|&cell| self.hidden[cell] && !self.web.grid.must_hide[cell]).collect();
        beside.sort_by(|&one, &other| prices[other].total_cmp(&prices[one]).then(one.cmp(&other)));
        for cell in beside {
            self.try_without(cell);
        }
    }

    fn room(&mut self, cell: usize) {
        let (up, down) = if self.hidden[cell] { (ENDLESS, self.web.above_floor(cell)) } else { (0, 0) };
        self.flow.set(cell, up, down);
    }

    fn need(&self, cell: usize, way: Way) -> u64 {
        self.web.need(cell, way, |part| self.hidden[part])
    }

    /// The first number that cannot go as far as it must.
    fn unheld(&mut self) -> Option<(usize, Way)> {
        let ways = (0..self.hidden.len()).flat_map(|cell| Way::BOTH.map(|way| (cell, way)));
        ways.into_iter().find(|&(cell, way)| self.hidden[cell] && self.over[cell][way as usize].is_none() && !self.hold(cell, way))
    }

    /// Whether a number can go as far as it must; remembers over which.
    fn hold(&mut self, cell: usize, way: Way) -> bool {
        let need = self.need(cell, way);
        let rooms = self.flow.rooms().to_vec();
        self.flow.set(cell, 0, 0);
        let (from, to) = way.around(self.web.ends[cell]);
        let there = self.flow.push(from, to, need) == need;
        if there {
            let used = |&other: &usize| other != cell && self.flow.rooms()[2 * other] != rooms[2 * other];
            self.over[cell][way as usize] = Some((0..self.hidden.len()).filter(used).collect());
        }
        self.flow.restore(&rooms);
        there
    }

    fn hide(&mut self, cell: usize) {
        self.hidden[cell] = true;
        self.room(cell);
        // A margin must be able to come down further, the more of its parts are hidden.
        self.web.wholes[cell].iter().for_each(|&whole| self.over[whole][Way::Down as usize] = None);
    }

    fn show(&mut self, cell: usize) {
        self.hidden[cell] = false;
        self.room(cell);
        self.over[cell] = [None, None];
        for over in self.over.iter_mut().flatten().filter(|over| over.as_ref().is_some_and(|over| over.contains(&cell))) {
            *over = None;
        }
    }

    /// Shows a number if the pattern stays safe.
    fn try_without(&mut self, cell: usize) {
        let own = std::mem::take(&mut self.over[cell]);
        self.hidden[cell] = false;
        self.room(cell);
        let mut before: Vec<(usize, Way, Vec<usize>)> = Vec::new();
        for other in 0..self.hidden.len() {
            for way in Way::BOTH {
                let over = &mut self.over[other][way as usize];
                if over.as_ref().is_some_and(|over| over.contains(&cell)) {
                    before.extend(over.take().map(|over| (other, way, over)));
                }
            }
        }
        let stays = (0..before.len()).all(|index| self.hold(before[index].0, before[index].1));
        if !stays {
            self.hidden[cell] = true;
            self.room(cell);
            self.over[cell] = own;
            for (other, way, over) in before {
                self.over[other][way as usize] = Some(over);
            }
        }
    }

    /// Hides what lies on the cheapest ways for a number, until it can go as far as it must.
    fn extend(&mut self, cell: usize, way: Way, prices: &[f64]) -> bool {
        let (from, to) = way.around(self.web.ends[cell]);
        loop {
            let need = self.need(cell, way);
            let rooms = self.flow.rooms().to_vec();
            self.flow.set(cell, 0, 0);
            let short = need - self.flow.push(from, to, need);
            let path = if short == 0 { Some(Vec::new()) } else { self.path(cell, (from, to), short, prices) };
            self.flow.restore(&rooms);
            match path {
                Some(path) if path.is_empty() => return true,
                Some(path) => path.into_iter().for_each(|other| self.hide(other)),
                None => return false,
            }
        }
    }

    /// What to hide so that more can go between two knots: on the way that costs the least for what
    /// is `short`.
    #[allow(clippy::cast_precision_loss)]
    fn path(&self, cell: usize, (from, to): (usize, usize), short: u64, prices: &[f64]) -> Option<Vec<usize>> {
        let mut cost = vec![f64::INFINITY; self.web.knots];
        let mut came: Vec<Option<(usize, usize)>> = vec![None; self.web.knots];
        let mut done = vec![false; self.web.knots];
        cost[from] = 0.0;
        loop {
            let near = (0..self.web.knots).filter(|&knot| !done[knot] && cost[knot] < f64::INFINITY);
            let knot = near.min_by(|&one, &other| cost[one].total_cmp(&cost[other]))?;
            if knot == to {
                break;
            }
            done[knot] = true;
            for (other, &(tail, head)) in self.web.ends.iter().enumerate() {
                let (next, up) = match knot {
                    _ if other == cell || self.barred[other] => continue,
                    knot if knot == tail => (head, true),
                    knot if knot == head => (tail, false),
                    _ => continue,
                };
                let room = match (self.hidden[other], up) {
                    (true, _) => self.flow.rooms()[2 * other + usize::from(!up)],
                    (false, true) => ENDLESS,
                    (false, false) => self.web.above_floor(other),
                };
                let price = if self.hidden[other] { 0.0 } else { prices[other] };
                let reached = cost[knot] + price * short.div_ceil(room.max(1)) as f64;
                if room > 0 && reached < cost[next] {
                    cost[next] = reached;
                    came[next] = Some((knot, other));
                }
            }
        }
        let mut path = Vec::new();
        let mut knot = to;
        while let Some((before, other)) = came[knot] {
            if !self.hidden[other] {
                path.push(other);
            }
            knot = before;
        }
        (!path.is_empty()).then_some(path)
    }
}
