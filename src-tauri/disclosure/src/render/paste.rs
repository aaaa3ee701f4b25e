//! One table to paste into a document.

use maud::html;

use super::{Grid, HIDDEN, HIDDEN_MEANS, Release, grid, plain, printed};
use crate::publication::{Protected, WITHHELD};

/// One table in the two forms that a clipboard carries side by side. A word processor or an email
/// takes the one with a real table, with heads and a caption that a screen reader finds; whatever
/// takes only text gets columns parted by tabs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// A fragment of HTML, complete in itself.
    pub html: String,
    /// The same as text, lines ending in LF, cells parted by tabs.
    pub text: String,
}

/// A table of a release to paste. What it counts, of which period, what [`HIDDEN`] means and the rule
/// go with it, because the rest of the release does not.
pub fn paste(release: &Release, table: &Protected) -> Pasted {
    let caption = format!("{}. Counts of {}, {}", plain(table.title()), plain(table.unit()), plain(&release.period));
    if table.is_withheld() {
        return Pasted { html: html! { p { b { (caption) } } p { (WITHHELD) } }.into_string(), text: format!("{caption}\n{WITHHELD}\n") };
    }
    let below = [plain(table.note()), format!("{HIDDEN} means {HIDDEN_MEANS}."), release.publication.rule.words()];
    let below: Vec<&String> = below.iter().filter(|words| !words.is_empty()).collect();
    let Grid { heads, lines } = grid(table);

    // A spreadsheet that is given the fragment would run a label as a formula, or make a date of it.
    let as_text = r"mso-number-format:'\@'; text-align: left";
    let html = html! {
        table border="1" cellspacing="0" cellpadding="4" {
            caption { (caption) }
            thead { tr { th scope="col" style=(as_text) { "Line" } @for head in &heads { th scope="col" style=(as_text) { (head) } } } }
            tbody {
                @for (label, cells) in &lines {
                    tr { th scope="row" style=(as_text) { (label) } @for cell in cells { td align="right" { (printed(*cell)) } } }
                }
            }
        }
        @for words in &below { p { (words) } }
    };

    let mut text = vec![super::sheet::inert(&caption)];
    let line = |cells: Vec<String>| cells.join("\t");
    text.push(line(["Line".to_owned()].into_iter().chain(heads.iter().map(|head| super::sheet::inert(head))).collect()));
    for (label, cells) in &lines {
        text.push(line([super::sheet::inert(label)].into_iter().chain(cells.iter().map(|cell| printed(*cell))).collect()));
    }
    text.extend(below.into_iter().map(|words| super::sheet::inert(words)));
    Pasted { html: html.into_string(), text: text.into_iter().map(|line| line + "\n").collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::samples::{awkward, quarter};

    #[test]
    fn tables_of_a_quarter() {
        let release = quarter();
        let pasted: Vec<Pasted> = release.publication.tables.iter().map(|table| paste(&release, table)).collect();
        insta::assert_snapshot!(pasted.iter().map(|pasted| pasted.text.clone()).collect::<Vec<_>>().join("\n"));
        insta::assert_snapshot!(pasted[1].html.replace("><", ">\n<"));
    }

    #[test]
    fn labels_neither_run_nor_break_a_line_nor_become_a_column() {
        let release = awkward();
        let Pasted { html, text } = paste(&release, &release.publication.tables[0]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2 + 8 + 3);
        assert!(lines[1..10].iter().all(|line| line.matches('\t').count() == 3));
        assert!(lines.iter().all(|line| !line.trim_start().starts_with(['=', '+', '-', '@'])));
        assert!(!html.contains("<script") && !html.contains("<i>"));
        assert_eq!(html.matches(r"mso-number-format:'\@'").count(), 4 + 8);
    }
}
