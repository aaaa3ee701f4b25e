//! A table as bars.

use maud::{Markup, html};

use super::{plain, printed};
use crate::publication::{Cell, Protected};

/// Where the bars begin, how long the longest is, and how wide the whole is.
const FROM: u32 = 220;
const LONGEST: u32 = 340;
const WIDTH: u32 = 640;
/// From one line to the next, and how thick a bar is.
const ROW: u32 = 24;
const THICK: u32 = 14;
/// How long every hidden bar is, whatever the scale.
const HATCHED: u32 = 48;
/// How many letters of a label there is room for in one of its two lines.
const LETTERS: usize = 30;

/// A table as horizontal bars, one for each place without the totals, in the order of the table: an
/// SVG element that is complete in itself, takes the colour of the text around it, and is read out
/// from its title and description. Empty for a withheld table.
///
/// Every hidden place has one and the same hatched bar, and the scale ends at the largest number that
/// is shown, so that nothing in it depends on what is hidden.
pub fn bars(table: &Protected) -> String {
    if table.is_withheld() {
        return String::new();
    }
    let rows = rows(table);
    let scale = Scale::of(table);
    let height = ROW * u32::try_from(rows.len()).unwrap_or(u32::MAX / ROW / 2) + 28;
    let drawing = html! {
        svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox=(format!("0 0 {WIDTH} {height}")) width=(WIDTH) height=(height)
            fill="currentColor" font-family="Liberation Sans, Arial, sans-serif" font-size="12" {
            title { (plain(table.title())) }
            desc { (described(table)) }
            (scale.drawn(height - 28))
            @for (number, row) in (0..).zip(&rows) { (row.drawn(ROW * number, &scale)) }
        }
    };
    drawing.into_string()
}

/// One row: the head of some bars, or a bar with its label.
struct Row {
    label: String,
    indent: u32,
    cell: Option<Cell>,
}

fn rows(table: &Protected) -> Vec<Row> {
    let mut rows = Vec::new();
    for (line, label) in table.lines().enumerate() {
        let columns = table.columns();
        rows.push(Row { label: plain(label), indent: 0, cell: columns.is_empty().then(|| table.cell(line, 0)) });
        rows.extend(columns.iter().enumerate().map(|(at, label)| Row {
            label: plain(label),
            indent: 12,
            cell: Some(table.cell(line, at)),
        }));
    }
    rows
}

/// The table in words, from what it shows.
fn described(table: &Protected) -> String {
    let place = |(line, column, cell): (usize, usize, Cell)| match cell {
        Cell::Hidden => format!("{}: hidden", plain(&table.place(line, column))),
        cell => format!("{}: {}", plain(&table.place(line, column)), printed(cell)),
    };
    let places: Vec<String> = table.cells().map(place).collect();
    format!("Bars of {}. {}. A hatched bar is hidden; its length says nothing.", plain(table.unit()), places.join("; "))
}

/// How numbers become lengths.
struct Scale {
    /// Between two marks.
    step: u64,
    /// How many steps the longest bar has; none if no number above zero is shown.
    steps: u64,
}

impl Scale {
    /// Up to the largest shown number that has a bar, in at most five steps of 1, 2 or 5 times a
    /// power of ten.
    fn of(table: &Protected) -> Self {
        let (lines, columns) = (table.lines().count(), table.spec.width());
        let shown = |(line, column, cell): (usize, usize, Cell)| match cell {
            Cell::Shown(number) if line < lines && column < columns => Some(number),
            _ => None,
        };
        let largest = table.cells().filter_map(shown).max().unwrap_or_default();
        let round = (0..19).map(|power| 10_u64.pow(power)).flat_map(|ten| [ten, ten.saturating_mul(2), ten.saturating_mul(5)]);
        let step = round.into_iter().find(|step| largest.div_ceil(*step) <= 5).unwrap_or(u64::MAX);
        Self { step, steps: largest.div_ceil(step) }
    }

    /// How long a bar is, in tenths of a unit of the drawing.
    fn tenths(&self, number: u64) -> u128 {
        let whole = u128::from(self.step) * u128::from(self.steps.max(1));
        u128::from(number) * u128::from(LONGEST) * 10 / whole
    }

    fn length(&self, number: u64) -> String {
        in_tenths(self.tenths(number))
    }

    /// Where the number of a bar begins.
    fn after(&self, number: u64) -> String {
        in_tenths(self.tenths(number) + u128::from(FROM + 6) * 10)
    }

    fn drawn(&self, bottom: u32) -> Markup {
        let marks: Vec<(String, u64)> = (0..=self.steps).map(|mark| (self.length(self.step * mark), self.step * mark)).collect();
        html! {
            g transform=(format!("translate({FROM} 0)")) aria-hidden="true" {
                path d=(format!("M0 0V{bottom}")) stroke="currentColor" fill="none" {}
                @if self.steps > 0 {
                    @for (x, number) in &marks {
                        path d=(format!("M{x} {bottom}v5")) stroke="currentColor" fill="none" {}
                        text x=(x) y=(bottom + 18) text-anchor="middle" font-size="11" { (number) }
                    }
                }
            }
        }
    }
}

fn in_tenths(tenths: u128) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

impl Row {
    fn drawn(&self, top: u32, scale: &Scale) -> Markup {
        let lines = in_two(&self.label);
        let last = lines.len() == 2;
        html! {
            g transform=(format!("translate(0 {top})")) aria-hidden="true" {
                @for (number, line) in (0..).zip(&lines) {
                    text x=(self.indent) y=(if last { 10 + 11 * number } else { 16 }) font-size=[last.then_some("10")] font-weight=[self.cell.is_none().then_some("bold")] { (line) }
                }
                @match self.cell {
                    Some(Cell::Shown(number)) => {
                        rect x=(FROM) y="5" width=(scale.length(number)) height=(THICK) {}
                        text x=(scale.after(number)) y="16" { (number) }
                    }
                    Some(Cell::Hidden) => {
                        path d=(hatched()) stroke="currentColor" fill="none" {}
                        text x=(FROM + HATCHED + 6) y="16" { (super::HIDDEN) }
                    }
                    Some(Cell::Nothing) | None => {}
                }
            }
        }
    }
}

/// The outline of a hidden bar and its hatching.
fn hatched() -> String {
    let (bottom, right) = (5 + THICK, FROM + HATCHED);
    let strokes = (FROM..right).step_by(8).map(|x| format!("M{x} {bottom}L{} 5", (x + THICK).min(right)));
    let strokes: String = strokes.collect();
    format!("M{FROM} 5H{right}V{bottom}H{FROM}Z{strokes}")
}

/// A label in one line, or in two with what does not fit cut off.
fn in_two(label: &str) -> Vec<String> {
    if label.chars().count() <= LETTERS {
        return vec![label.to_owned()];
    }
    let (mut lines, mut cut) = (vec![String::new()], false);
    for word in label.split_whitespace() {
        let last = lines.len() - 1;
        let line = &lines[last];
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if longer.chars().count() <= LETTERS {
            lines[last] = longer;
        } else if last == 0 && !line.is_empty() {
            lines.push(word.to_owned());
        } else {
            cut = true;
            lines[last] = longer;
            break;
        }
    }
    let last = lines.len() - 1;
    if cut || lines[last].chars().count() > LETTERS {
        lines[last] = lines[last].chars().take(LETTERS - 1).chain(['…']).collect();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::samples::{awkward, quarter, spec, year};

    fn one_way(cells: Vec<Cell>) -> Protected {
        Protected { spec: spec("t", "T", "infants", &["A", "B", "C"], &[]), banding: 0, cells }
    }

    #[test]
    fn bars_of_a_quarter() {
        let tables = quarter().publication.tables;
        insta::assert_snapshot!(bars(&tables[0]).replace("><", ">\n<"));
        insta::assert_snapshot!(bars(&tables[3]).replace("><", ">\n<"));
    }

    #[test]
    fn a_withheld_table_has_no_bars() {
        assert_eq!(bars(&quarter().publication.tables[2]), "");
    }

    #[test]
    fn every_hidden_bar_is_the_same_on_any_scale() {
        let hidden = hatched();
        for largest in [5, 40, 12_345] {
            let drawing = bars(&one_way(vec![Cell::Hidden, Cell::Shown(largest), Cell::Hidden, Cell::Hidden]));
            assert_eq!(drawing.matches(&hidden).count(), 2);
        }
    }

    #[test]
    fn the_scale_ends_at_the_largest_number_that_has_a_bar() {
        let shown = |cells| Scale::of(&one_way(cells));
        let scale = shown(vec![Cell::Shown(15), Cell::Shown(40), Cell::Hidden, Cell::Shown(900)]);
        assert_eq!((scale.step, scale.steps), (10, 4), "a total has no bar");
        let scale = shown(vec![Cell::Shown(7), Cell::Shown(0), Cell::Hidden, Cell::Hidden]);
        assert_eq!((scale.step, scale.steps, scale.length(7)), (2, 4, "297.5".to_owned()));
        let nothing = shown(vec![Cell::Hidden, Cell::Hidden, Cell::Shown(0), Cell::Shown(90)]);
        assert_eq!((nothing.steps, nothing.length(0)), (0, "0.0".to_owned()), "nothing is shown to scale by");
        assert_eq!(scale.after(7), "523.5", "a number is beside its bar, not on it");
        let huge = shown(vec![Cell::Shown(u64::MAX / 2), Cell::Hidden, Cell::Hidden, Cell::Hidden]);
        assert!(huge.steps <= 5);
    }

    #[test]
    fn the_description_says_each_number_that_is_shown_and_no_other() {
        let desc = described(&one_way(vec![Cell::Hidden, Cell::Shown(40), Cell::Hidden, Cell::Shown(60)]));
        assert_eq!(desc, "Bars of infants. A: hidden; B: 40; C: hidden; Total: 60. A hatched bar is hidden; its length says nothing.");
    }

    #[test]
    fn a_long_label_has_two_lines_and_is_cut() {
        assert_eq!(in_two("0–5 months"), ["0–5 months"]);
        assert_eq!(in_two("A parent who was in care as a child or now"), ["A parent who was in care as a", "child or now"]);
        let cut = in_two(&"word ".repeat(40));
        assert_eq!(cut.len(), 2);
        assert!(cut[1].ends_with('…') && cut.iter().all(|line| line.chars().count() <= LETTERS));
        let one = in_two(&"x".repeat(90));
        assert!(one.len() == 1 && one[0].chars().count() == LETTERS);
    }

    /// Inside a page an element of a drawing that is not closed takes in what follows, which is
    /// then not drawn.
    #[test]
    fn every_element_is_closed() {
        for drawing in quarter().publication.tables.iter().map(bars) {
            let mut open = Vec::new();
            for tag in drawing.split('<').skip(1) {
                match tag.strip_prefix('/') {
                    Some(closed) => assert_eq!(closed.split('>').next(), open.pop()),
                    None => open.push(tag.split([' ', '>']).next().unwrap()),
                }
            }
            assert!(open.is_empty());
        }
    }

    #[test]
    fn labels_are_escaped_and_nothing_is_fetched_or_run() {
        for release in [quarter(), year(), awkward()] {
            for drawing in release.publication.tables.iter().map(bars) {
                assert!(!["<script", "href", "url(", "style=", "onload", "<i>", "id="].iter().any(|bad| drawing.contains(bad)));
            }
        }
    }
}
