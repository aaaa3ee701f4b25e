//! The release as one printable A4 page of HTML, complete in itself.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{HIDDEN, HIDDEN_MEANS, NOT_INCLUDED, Release, printed};
use crate::publication::{Protected, WITHHELD};

/// The release as an HTML document for A4 paper, black on white: no script, nothing fetched, and
/// every given text escaped.
pub fn page(release: &Release) -> String {
    let Release { title, period, made, head, rule, tables } = release;
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (title) ", " (period) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (title) }
                    p { (period) ". " (made) "." }
                    p { (NOT_INCLUDED) ". " b { (HIDDEN) } " means " (HIDDEN_MEANS) "." }
                }
                main { @for table in tables { (section(table)) } }
                footer {
                    p { (rule) }
                    p { "Head of the log when this was made: " span.head { (head) } }
                }
            }
        }
    };
    page.into_string()
}

const STYLE: &str = "\
@page { size: A4; margin: 18mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 174mm; background: #fff; color: #000; font: 11pt/1.4 \"Liberation Sans\", Arial, sans-serif; }
@media screen { body { padding: 18mm 0; } }
h1 { margin: 0 0 2mm; font-size: 18pt; line-height: 1.2; }
p { margin: 0 0 2mm; }
header { margin-bottom: 8mm; border-bottom: 1pt solid #000; padding-bottom: 2mm; }
section { margin-bottom: 8mm; break-inside: avoid; }
h2 { margin: 0 0 2mm; font-size: 13pt; line-height: 1.2; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 1mm 2mm; border-bottom: 0.5pt solid #000; text-align: left; font-weight: normal; }
td, thead th { text-align: right; font-variant-numeric: tabular-nums; }
thead th { font-size: 10pt; }
tfoot th, tfoot td { border-bottom: 1pt solid #000; font-weight: bold; }
.note { margin-top: 2mm; font-size: 10pt; }
footer { border-top: 1pt solid #000; padding-top: 2mm; font-size: 9pt; }
.head { overflow-wrap: anywhere; }
";

fn section(table: &Protected) -> Markup {
    html! {
        section {
            h2 { (table.title()) }
            @match table.is_withheld().then_some(WITHHELD) {
                Some(why) => p { (why) },
                None => (grid(table)),
            }
            @if !table.note().is_empty() { p.note { (table.note()) } }
        }
    }
}

fn grid(table: &Protected) -> Markup {
    let cells: Vec<_> = table.cells().collect();
    html! {
        table {
            @for (line, column, cell) in cells { tr { th scope="row" { (table.place(line, column)) } td { (printed(cell)) } } }
        }
    }
}
