//! All that is known of the numbers behind the publications, as whole numbers and sums of them.

mod tied;

use std::collections::{BTreeMap, BTreeSet};

use attune_proof::{Cell as Place, Difference, Fact, HIDDEN, Proof, Sum, Variable};

use crate::ask::{Known, Link};
use crate::publication::{Cell, Protected, Publication, When};
use crate::spec::{Counts, OverTime, Spec};

/// The statement of a proof that has no witnesses yet.
#[derive(Debug)]
pub(crate) struct World {
    pub proof: Proof,
    /// The day of each variable.
    pub when: Vec<When>,
    /// The totals that several tables can share: their variables.
    pub totals: BTreeSet<usize>,
}

/// What is known beside the publications.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Besides<'a> {
    /// Who knows it, for the proof.
    pub subject: &'a str,
    pub links: &'a [Link],
    /// How many came, went and changed; nothing for an outsider.
    pub known: &'a [Known],
    /// Whether exact numbers of two frames of one period are told apart: for an outsider, who does not know what was put right.
    pub corrections: bool,
    /// How many units a specification counts in all on a day: who knows who came and went can count
    /// them. Nothing for an outsider.
    pub totals: &'a Totals,
}

/// Some tables of a publication.
#[derive(Clone, Debug)]
pub(crate) struct Seen<'a> {
    pub publication: &'a Publication,
    pub tables: Vec<&'a Protected>,
}

impl<'a> Seen<'a> {
    /// All of it.
    pub fn all(publication: &'a Publication) -> Self {
        Self { publication, tables: publication.tables.iter().collect() }
    }
}

/// The totals that are known: of each specification on each day.
pub(crate) type Totals = BTreeMap<(String, When), i64>;

impl World {
    /// What somebody knows who has seen all of these.
    pub fn of(seen: &[Seen<'_>], besides: Besides<'_>) -> Self {
        let threshold = seen.last().map_or(5, |last| last.publication.rule.threshold);
        let mut building = Building::new(besides, threshold);
        for one in seen {
            building.publication(one);
        }
        building.over_time();
        building.world.proof.differences = building.nested();
        if besides.corrections {
            let corrected = building.corrected();
            building.world.proof.differences.extend(corrected);
        }
        building.world
    }
}

/// One specification on one day, with the number by which its places go.
type Frame = (String, u32, When);

/// Some places of a specification, with the number by which its places go.
type Places = (String, u32, Vec<usize>);

struct Building<'a> {
    besides: Besides<'a>,
    world: World,
    /// The variables of each frame, place by place; none where nothing can be.
    frames: BTreeMap<Frame, Vec<Option<usize>>>,
    specs: BTreeMap<Frame, &'a Spec>,
    /// The total of what is counted alike, by the first of the specifications that are linked.
    totals: BTreeMap<(String, When), usize>,
    /// The cell of the total of each table that stands, by its specification and day.
    whole: Vec<(String, When, usize)>,
    /// The cells that print an exact number, by what they count: the places of a specification, none for how many there are in all.
    exact: BTreeMap<Places, Vec<(When, usize)>>,
}

impl<'a> Building<'a> {
    fn new(besides: Besides<'a>, threshold: u32) -> Self {
        let proof = Proof {
            format: 1,
            subject: besides.subject.to_owned(),
            threshold,
            variables: Vec::new(),
            facts: Vec::new(),
            cells: Vec::new(),
            differences: Vec::new(),
            witnesses: Vec::new(),
            digest: String::new(),
        };
        let world = World { proof, when: Vec::new(), totals: BTreeSet::new() };
        Self {
            besides,
            world,
            frames: BTreeMap::new(),
            specs: BTreeMap::new(),
            totals: BTreeMap::new(),
            whole: Vec::new(),
            exact: BTreeMap::new(),
        }
    }

    fn variable(&mut self, name: String, when: When) -> usize {
        self.world.proof.variables.push(Variable { name, least: 0, most: None });
        self.world.when.push(when);
        self.world.proof.variables.len() - 1
    }

    fn fact(&mut self, says: impl Into<String>, sum: Sum, least: Option<i64>, most: Option<i64>) {
        self.world.proof.facts.push(Fact { says: says.into(), sum, least, most });
    }

    fn is(&mut self, says: impl Into<String>, sum: Sum, value: i64) {
        self.fact(says, sum, Some(value), Some(value));
    }

    fn publication(&mut self, seen: &Seen<'a>) {
        let publication = seen.publication;
        for table in seen.tables.iter().filter(|table| !table.is_withheld()) {
            self.frame(table.spec(), publication.when, publication.rule.smallest_frame);
            let last = self.table(publication, table);
            self.whole.push((table.name().to_owned(), publication.when, last));
        }
    }

    /// The differences of nested totals of one period, whichever tables of these units stand, in whichever publication, and of
    /// whichever frame: between two of them little may have changed.
    fn nested(&self) -> Vec<Difference> {
        let mut differences = Vec::new();
        let mut told = BTreeSet::new();
        let printed = |cell: usize| (self.world.proof.cells[cell].printed.as_str(), self.world.proof.cells[cell].base);
        for link in self.besides.links {
            let Link::Nested { many, few, says } = link else { continue };
            let fewer = self.totals_like(few);
            for (day, of) in self.totals_like(many) {
                for &(other, less) in fewer.iter().filter(|(other, _)| other.quarter == day.quarter) {
                    if told.insert((many, day, other, printed(of), printed(less))) {
                        differences.push(Difference { says: says.clone(), of, less });
                    }
                }
            }
        }
        differences
    }

    /// The differences of exact numbers of one place between the frames of one period: what was put right since.
    fn corrected(&self) -> Vec<Difference> {
        let mut differences = Vec::new();
        for ((spec, ..), cells) in &self.exact {
            for (at, &(later, of)) in cells.iter().enumerate() {
                for &(_, less) in cells[..at].iter().filter(|(other, _)| other.quarter == later.quarter && *other != later) {
                    differences.push(Difference { says: format!("{spec}: what was entered or taken out later"), of, less });
                }
            }
        }
        differences
    }

    /// The totals of all tables that count the same units as this one.
    fn totals_like(&self, spec: &str) -> Vec<(When, usize)> {
        let unit = self.unit_of(spec);
        let is_like = |other: &str| other == spec || (unit.is_some() && self.unit_of(other) == unit);
        self.whole.iter().filter(|(other, ..)| is_like(other)).map(|(_, day, cell)| (*day, *cell)).collect()
    }

    /// The specification that stands for all that count the same units as this one.
    fn unit_of(&self, spec: &str) -> Option<String> {
        let mut same = BTreeSet::from([spec]);
        loop {
            let before = same.len();
            for link in self.besides.links {
                let Link::Same { one, other } = link else { continue };
                if same.contains(one.as_str()) || same.contains(other.as_str()) {
                    same.extend([one.as_str(), other.as_str()]);
                }
            }
            if same.len() == before {
                break;
            }
        }
        (same.len() > 1).then(|| same.first().map(|&first| first.to_owned())).flatten()
    }

    fn total_of(&mut self, spec: &Spec, when: When) -> Option<usize> {
        let unit = match self.unit_of(&spec.name) {
            Some(unit) => unit,
            None if spec.several => spec.name.clone(),
            None => return None,
        };
        if let Some(&total) = self.totals.get(&(unit.clone(), when)) {
            return Some(total);
        }
        let total = self.variable(format!("{} {unit}: all", at(when)), when);
        self.world.totals.insert(total);
        self.totals.insert((unit, when), total);
        Some(total)
    }

    /// How many are counted in all, as a sum.
    fn all_of(&mut self, spec: &Spec, when: When, places: &[Option<usize>]) -> Sum {
        match self.total_of(spec, when) {
            Some(total) => vec![(total, 1)],
            None => places.iter().flatten().map(|variable| (*variable, 1)).collect(),
        }
    }

    /// What a specification counts on a day. Versions with the same places count the same, and go by the number of the first of them.
    fn key(&self, spec: &Spec, when: When) -> Frame {
        let of_name = || self.specs.iter().filter(|(frame, _)| frame.0 == spec.name);
        let like = of_name().find(|(_, other)| other.has_places_of(spec)).map(|(frame, _)| frame.1);
        let taken = of_name().map(|(frame, _)| frame.1 + 1).max().unwrap_or(0);
        (spec.name.clone(), like.unwrap_or(spec.version.max(taken)), when)
    }

    /// The variables of a specification on a day, and how they add up.
    fn frame(&mut self, spec: &'a Spec, when: When, frame: u32) {
        let key = self.key(spec, when);
        if self.frames.contains_key(&key) {
            return;
        }
        let width = spec.width();
        let mut places = Vec::new();
        for (class, label) in spec.classes.iter().enumerate() {
            for column in 0..width {
                let name = spec.columns.get(column).map_or_else(|| label.clone(), |column| format!("{label} · {column}"));
                let possible = !spec.impossible.contains(&(class, column));
                places.push(possible.then(|| self.variable(format!("{} {} {}: {name}", at(when), spec.name, key.1), when)));
            }
        }
        if let Some(total) = self.total_of(spec, when) {
            let says = format!("{}: each is counted once", spec.title);
            let lines: Vec<Vec<Option<usize>>> =
                if spec.several { places.chunks(width).map(<[_]>::to_vec).collect() } else { vec![places.clone()] };
            for line in lines {
                let sum = line.iter().flatten().map(|variable| (*variable, 1)).chain([(total, -1)]).collect();
                self.is(says.clone(), sum, 0);
            }
        }
        let whole = |link: &Link| matches!(link, Link::Whole { spec: whole } if *whole == spec.name);
        if spec.several || self.besides.links.iter().any(whole) {
            let all = self.all_of(spec, when, &places);
            self.fact(format!("{}: no table is made of fewer", spec.title), all, Some(i64::from(frame)), None);
        }
        if let Some(&known) = self.besides.totals.get(&(spec.name.clone(), when)) {
            let says = format!("{}: {known} in all", spec.title);
            let all = self.all_of(spec, when, &places);
            self.is(says, all, known);
        }
        self.frames.insert(key.clone(), places);
        self.specs.insert(key, spec);
    }

    /// Writes the cells of a table, and answers which is its total.
    fn table(&mut self, publication: &Publication, table: &Protected) -> usize {
        let spec = table.spec();
        let key = self.key(spec, publication.when);
        let frame = self.frames[&key].clone();
        let lines = &spec.bandings[table.banding].lines;
        let width = spec.width();
        let first = self.world.proof.cells.len();
        let mut at = BTreeMap::new();
        for (line, column, cell) in table.cells() {
            let inner = line < lines.len() && column < width;
            let banded = |line: usize| match lines.get(line) {
                Some(one) => spec.places(one, (column < width && !spec.columns.is_empty()).then_some(column)),
                None => Vec::new(),
            };
            let variables: Vec<usize> = if line < lines.len() {
                banded(line).into_iter().filter_map(|place| frame[place]).collect()
            } else if spec.several {
                self.totals_of(spec, publication.when)
            } else {
                (0..lines.len()).flat_map(banded).filter_map(|place| frame[place]).collect()
            };
            let own = match spec.counts {
                Counts::Units(own) if inner => own,
                _ => 0,
            };
            let number = self.world.proof.cells.len();
            at.insert((line, column), number);
            if let (Cell::Shown(_), 1) = (cell, publication.rule.base) {
                let mut places = if line < lines.len() { banded(line) } else { (0..lines.len()).flat_map(banded).collect() };
                places.sort_unstable();
                self.exact.entry((key.0.clone(), key.1, places)).or_default().push((publication.when, number));
            }
            self.world.proof.cells.push(Place {
                release: publication.name.clone(),
                table: table.title().to_owned(),
                line: table.place(line, column),
                sum: variables.into_iter().map(|variable| (variable, 1)).collect(),
                printed: match cell {
                    Cell::Shown(number) => number.to_string(),
                    Cell::Hidden | Cell::Nothing => HIDDEN.to_owned(),
                },
                base: publication.rule.base,
                from: match spec.counts {
                    Counts::Units(_) => publication.rule.threshold,
                    Counts::Sums => publication.rule.threshold.max(publication.rule.sums_from),
                },
                floor: table.floor(),
                own,
                parts: Vec::new(),
            });
        }
        if !spec.several {
            self.margins(&at, lines.len(), width);
        }
        at.into_values().max().unwrap_or(first)
    }

    /// Says of each total which cells it is the sum of.
    fn margins(&mut self, at: &BTreeMap<(usize, usize), usize>, lines: usize, width: usize) {
        let two_way = at.contains_key(&(0, width));
        for (&(line, column), &cell) in at {
            let parts: Vec<usize> = at
                .iter()
                .filter(|((l, c), _)| *l < lines && *c < width)
                .filter(|((l, c), _)| (line == lines || *l == line) && (!two_way || column == width || *c == column))
                .map(|(_, part)| *part)
                .filter(|part| *part != cell)
                .collect();
            if line == lines || column == width {
                self.world.proof.cells[cell].parts = parts;
            }
        }
    }

    fn totals_of(&mut self, spec: &Spec, when: When) -> Vec<usize> {
        self.total_of(spec, when).into_iter().collect()
    }

    /// Ties each day of a specification to the one before it.
    fn over_time(&mut self) {
        let frames: Vec<Frame> = self.frames.keys().cloned().collect();
        for frame in &frames {
            self.over_periods(frame);
        }
        for pair in frames.windows(2) {
            let [earlier, later] = pair else { continue };
            if (&earlier.0, earlier.1) != (&later.0, later.1) {
                continue;
            }
            let spec = self.specs[later];
            let is_of_both = |known: &&Known| known.spec == spec.name && known.from == earlier.2 && known.to == later.2;
            let Some(known) = self.besides.known.iter().find(is_of_both).cloned() else { continue };
            let quarters = later.2.quarter.abs_diff(earlier.2.quarter);
            match &spec.over_time {
                OverTime::Day { moves: true, .. } if known.moved.is_empty() => {}
                OverTime::Day { next, moves } => self.between(spec, earlier, later, &Reach::after(next, quarters), *moves, &known),
                // The same period, as it was recorded at two times.
                OverTime::Period | OverTime::Periods { .. } if quarters == 0 => {
                    let stays = Reach::after(&vec![Vec::new(); spec.classes.len()], 0);
                    self.between(spec, earlier, later, &stays, false, &known);
                }
                OverTime::Period | OverTime::Periods { .. } => {}
            }
        }
    }

    /// Ties a table over several periods to those of the single periods that were published.
    fn over_periods(&mut self, whole: &Frame) {
        let spec = self.specs[whole];
        let OverTime::Periods { of, count } = &spec.over_time else { return };
        let first = whole.2.quarter - i32::try_from(*count).unwrap_or(i32::MAX) + 1;
        let mut latest: BTreeMap<i32, Frame> = BTreeMap::new();
        for frame in self.frames.keys().filter(|frame| frame.0 == *of && (first..=whole.2.quarter).contains(&frame.2.quarter)) {
            latest.insert(frame.2.quarter, frame.clone());
        }
        let known = self.besides.known.iter().find(|known| known.spec == spec.name && known.from == whole.2 && known.to == whole.2);
        let (more, less) = known.map_or((0, 0), |known| (signed(known.joined), signed(known.left)));
        let complete = latest.len() == *count as usize;
        let says = format!("{} of {} is the sum of {count} periods", spec.name, at(whole.2));
        let mut apart: Sum = Vec::new();
        for place in 0..self.frames[whole].len() {
            let parts = latest.values().filter_map(|frame| self.frames[frame].get(place).copied().flatten());
            let sum: Sum = self.frames[whole][place].iter().map(|whole| (*whole, 1)).chain(parts.map(|part| (part, -1))).collect();
            apart.extend(sum.iter().copied());
            self.fact(says.clone(), sum, Some(-less), complete.then_some(more));
        }
        if complete {
            self.is(format!("{says}, with {more} recorded later and {less} taken back"), apart, more - less);
        }
    }

    fn between(&mut self, spec: &Spec, earlier: &Frame, later: &Frame, reach: &Reach, moves: bool, known: &Known) {
        let width = spec.width();
        let lines: Vec<Vec<usize>> =
            if spec.several { (0..spec.classes.len()).map(|class| vec![class]).collect() } else { vec![(0..spec.classes.len()).collect()] };
        for (number, line) in lines.iter().enumerate() {
            let places: Vec<usize> = line.iter().flat_map(|class| (0..width).map(move |column| class * width + column)).collect();
            let moved = known.moved.get(number).copied().unwrap_or(0);
            let natural = |from: usize, to: usize| from % width == to % width && reach.leads(from / width, to / width);
            let counts = Counted { joined: known.joined, left: known.left, moved: if moves { moved } else { 0 } };
            self.flows(earlier, later, &places, &natural, counts);
        }
    }

    fn flows(&mut self, earlier: &Frame, later: &Frame, places: &[usize], natural: &dyn Fn(usize, usize) -> bool, counted: Counted) {
        let (from, to) = (self.frames[earlier].clone(), self.frames[later].clone());
        let says = format!("{} from {} to {}", later.0, at(earlier.2), at(later.2));
        let when = later.2;
        let mut leaving: Vec<Sum> = places.iter().map(|_| Sum::new()).collect();
        let mut arriving = leaving.clone();
        let (mut joined, mut left, mut gone, mut come) = (Sum::new(), Sum::new(), Sum::new(), Sum::new());
        let mut through: Vec<Sum> = leaving.clone();
        for (one, &p) in places.iter().enumerate() {
            if from[p].is_some() {
                if counted.left > 0 {
                    let variable = self.variable(format!("{says}: left {p}"), when);
                    leaving[one].push((variable, 1));
                    left.push((variable, 1));
                }
                if counted.moved > 0 {
                    let variable = self.variable(format!("{says}: moved from {p}"), when);
                    leaving[one].push((variable, 1));
                    gone.push((variable, 1));
                    for (other, &q) in places.iter().enumerate() {
                        if natural(p, q) && to[q].is_some() {
                            through[other].push((variable, 1));
                        }
                    }
                }
            }
            if to[p].is_some() {
                if counted.joined > 0 {
                    let variable = self.variable(format!("{says}: joined {p}"), when);
                    arriving[one].push((variable, 1));
                    joined.push((variable, 1));
                }
                if counted.moved > 0 {
                    let variable = self.variable(format!("{says}: moved to {p}"), when);
                    arriving[one].push((variable, 1));
                    come.push((variable, 1));
                    through[one].push((variable, 1));
                }
            }
            for (other, &q) in places.iter().enumerate() {
                if natural(p, q) && from[p].is_some() && to[q].is_some() {
                    let variable = self.variable(format!("{says}: {p} to {q}"), when);
                    leaving[one].push((variable, 1));
                    arriving[other].push((variable, 1));
                }
            }
        }
        for (one, &p) in places.iter().enumerate() {
            for (here, sum) in [(from[p], &mut leaving[one]), (to[p], &mut arriving[one])] {
                if let Some(here) = here {
                    sum.push((here, -1));
                    self.is(says.clone(), sum.clone(), 0);
                }
            }
            if counted.moved > 0 && to[p].is_some() {
                self.fact(format!("{says}: who moved went elsewhere"), through[one].clone(), None, Some(signed(counted.moved)));
            }
        }
        for (sum, number, what) in [
            (joined, counted.joined, "joined"),
            (left, counted.left, "left"),
            (gone, counted.moved, "moved"),
            (come, counted.moved, "moved"),
        ] {
            if number > 0 {
                self.is(format!("{says}: {number} {what}"), sum, signed(number));
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Counted {
    joined: u64,
    left: u64,
    moved: u64,
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Which classes lead to which after some quarters.
struct Reach(Vec<BTreeSet<usize>>);

impl Reach {
    fn after(next: &[Vec<usize>], quarters: u32) -> Self {
        let mut reach: Vec<BTreeSet<usize>> = (0..next.len()).map(|class| BTreeSet::from([class])).collect();
        for _ in 0..quarters {
            for classes in &mut reach {
                *classes = classes.iter().flat_map(|class| next[*class].iter().copied()).collect();
            }
        }
        Self(reach)
    }

    fn leads(&self, from: usize, to: usize) -> bool {
        self.0.get(from).is_some_and(|classes| classes.contains(&to))
    }
}

fn at(when: When) -> String {
    match when.frame {
        0 => format!("quarter {}", when.quarter),
        frame => format!("quarter {} again {frame}", when.quarter),
    }
}
