//! The release as printable A4 pages of HTML, complete in themselves.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Grid, HIDDEN, HIDDEN_MEANS, NOT_INCLUDED, Release, bars, facts, grid, plain, printed, specified};
use crate::publication::{Cell, Protected, WITHHELD};

/// The release as an HTML document for A4 paper, black on white: no script, nothing fetched, and
/// every given text escaped. Pages are numbered where the browser can; on each page a table is named
/// with its number and how many there are.
pub fn page(release: &Release) -> String {
    let tables = &release.publication.tables;
    let said = ["Title", "Period", "Made", "Not in this file", HIDDEN];
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (plain(&release.title)) ", " (plain(&release.period)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (plain(&release.title)) }
                    p { (plain(&release.period)) ". " (plain(&release.made)) "." }
                    p { (NOT_INCLUDED) ". " b { (HIDDEN) } " means " (HIDDEN_MEANS) "." }
                }
                main {
                    @for (number, table) in (1..).zip(tables) { (section(table, &format!("Table {number} of {}", tables.len()), &release.period)) }
                }
                footer {
                    h2 { "About this release" }
                    dl {
                        dt { "Release" } dd { (plain(&release.publication.name)) }
                        @for (what, words) in facts(release).iter().filter(|(what, _)| !said.contains(what)) { dt { (what) } dd { (words) } }
                    }
                }
            }
        }
    };
    page.into_string()
}

const STYLE: &str = "\
@page { size: A4; margin: 18mm; @bottom-right { content: \"Page \" counter(page) \" of \" counter(pages); font: 9pt \"Liberation Sans\", Arial, sans-serif; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 174mm; background: #fff; color: #000; font: 11pt/1.4 \"Liberation Sans\", Arial, sans-serif; }
@media screen { body { padding: 18mm 5mm; } }
h1, h2, dt, dd, th { overflow-wrap: anywhere; unicode-bidi: isolate; }
h1 { margin: 0 0 2mm; font-size: 18pt; line-height: 1.2; }
h2 { margin: 0 0 2mm; font-size: 13pt; line-height: 1.2; }
p { margin: 0 0 2mm; }
header { margin-bottom: 8mm; border-bottom: 1pt solid #000; padding-bottom: 2mm; }
section { margin-bottom: 10mm; }
h2 { break-after: avoid; }
table { width: 100%; border-collapse: collapse; break-inside: avoid; }
caption { padding-bottom: 1mm; text-align: left; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: 1mm 2mm; border-bottom: 0.5pt solid #000; text-align: left; vertical-align: top; font-weight: normal; }
td, thead th + th { text-align: right; font-variant-numeric: tabular-nums; }
thead th { min-width: 18mm; font-size: 10pt; vertical-align: bottom; }
.total th, .total td { border-bottom: 1pt solid #000; font-weight: bold; }
figure { margin: 4mm 0 0; break-inside: avoid; }
figcaption { margin-bottom: 1mm; font-size: 10pt; }
svg { display: block; width: 100%; height: auto; }
.note, .spec { margin-top: 2mm; font-size: 10pt; }
footer { border-top: 1pt solid #000; padding-top: 2mm; font-size: 9pt; }
dl { display: grid; grid-template-columns: 30mm 1fr; gap: 1mm 2mm; margin: 0; }
dd { margin: 0; }
";

fn section(table: &Protected, number: &str, period: &str) -> Markup {
    html! {
        section {
            h2 { (number) ". " (plain(table.title())) }
            @if table.is_withheld() {
                p { (WITHHELD) }
            } @else {
                (rows(table, number, period))
                figure { figcaption { (number) " as bars" } (PreEscaped(bars(table))) }
            }
            @if !table.note().is_empty() { p.note { (plain(table.note())) } }
            p.spec { (specified(table)) }
        }
    }
}

/// The table as rows and columns. Its number is repeated with the heads where a page breaks.
fn rows(table: &Protected, number: &str, period: &str) -> Markup {
    let Grid { heads, lines } = grid(table);
    let last = lines.len() - 1;
    let cells = |cells: &[Cell]| html! { @for cell in cells { td { (printed(*cell)) } } };
    html! {
        table {
            caption { "Counts of " (plain(table.unit())) ", " (plain(period)) }
            thead { tr { th scope="col" { (number) } @for head in heads { th scope="col" { (head) } } } }
            tbody {
                @for (line, (label, shown)) in lines.iter().enumerate() {
                    tr.total[line == last] { th scope="row" { (label) } (cells(shown)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::samples::{awkward, quarter, year};

    #[test]
    fn a_quarter() {
        insta::assert_snapshot!(page(&quarter()).replace("><", ">\n<"));
    }

    #[test]
    fn a_year() {
        insta::assert_snapshot!(page(&year()).replace("><", ">\n<"));
    }

    #[test]
    fn a_withheld_table_and_texts_that_look_like_markup() {
        let page = page(&awkward());
        assert!(page.contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;</h1>"));
        assert!(page.contains("<h2>Table 2 of 2. A small team</h2><p>This table is not in this release.</p>"));
        assert!(page.contains("&lt;/style&gt;&lt;b&gt;"));
        assert_eq!(page.matches("</style>").count(), 1);
        assert!(!page.contains('\u{202e}'));
    }

    #[test]
    fn the_page_runs_nothing_and_fetches_nothing() {
        for page in [page(&quarter()), page(&year()), page(&awkward())] {
            for forbidden in ["<script", "<link", "<img", "src=", "href=", "url(", "@import", "javascript:", "<i>"] {
                assert!(!page.contains(forbidden), "{forbidden}");
            }
        }
    }

    #[test]
    fn each_place_has_a_head_for_its_line_and_its_column() {
        let page = page(&quarter());
        let tables: Vec<&str> = page.split("<table>").skip(1).map(|rest| rest.split("</table>").next().unwrap_or_default()).collect();
        for (table, (columns, lines)) in tables.iter().zip([(1, 5), (4, 4), (4, 4)]) {
            assert_eq!(table.matches("<th scope=\"col\">").count(), columns + 1);
            assert_eq!(table.matches("<th scope=\"row\">").count(), lines);
            assert_eq!(table.matches("<td>").count(), columns * lines);
        }
        assert_eq!(tables.len(), 3);
    }
}
