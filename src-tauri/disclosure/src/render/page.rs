//! The release as one printable A4 page of HTML, complete in itself.

use super::{HIDDEN, HIDDEN_MEANS, NOT_INCLUDED, Release, printed};
use crate::protected::Protected;

/// The release as an HTML document for A4 paper, black on white: no script, nothing fetched, and
/// every given text escaped.
pub fn page(release: &Release) -> String {
    let [title, period, made, head, rule] =
        [&release.title, &release.period, &release.made, &release.head, &release.rule].map(|text| escaped(text));
    let tables: String = release.tables.iter().map(section).collect();
    format!(
        r#"<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}, {period}</title>
<style>
{STYLE}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<p>{period}. {made}.</p>
<p>{NOT_INCLUDED}. <b>{HIDDEN}</b> means {HIDDEN_MEANS}.</p>
</header>
<main>
{tables}</main>
<footer>
<p>{rule}</p>
<p>Head of the log when this was made: <span class="head">{head}</span></p>
</footer>
</body>
</html>
"#
    )
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

fn section(table: &Protected) -> String {
    let [title, note] = [table.title(), table.note()].map(escaped);
    let note = if note.is_empty() { note } else { format!("<p class=\"note\">{note}</p>\n") };
    let body = match (table.withheld(), table.total()) {
        (None, total) => grid(table, total),
        (why, _) => format!("<p>{}</p>\n", why.unwrap_or_default()),
    };
    format!("<section>\n<h2>{title}</h2>\n{body}{note}</section>\n")
}

fn grid(table: &Protected, total: Option<u64>) -> String {
    let unit = escaped(table.unit());
    let rows: String = table
        .rows()
        .map(|(label, cell)| format!("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", escaped(label), printed(cell)))
        .collect();
    let foot = total.map(|total| format!("<tfoot><tr><th scope=\"row\">Total</th><td>{total}</td></tr></tfoot>\n")).unwrap_or_default();
    format!("<table>\n<thead><tr><td></td><th scope=\"col\">{unit}</th></tr></thead>\n<tbody>\n{rows}</tbody>\n{foot}</table>\n")
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests::{awkward, quarter};

    #[test]
    fn a_quarter() {
        insta::assert_snapshot!(page(&quarter()));
    }

    #[test]
    fn a_withheld_table_and_texts_that_look_like_markup() {
        let page = page(&awkward());
        assert!(page.contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;</h1>"));
        assert!(page.contains("<h2>A small team</h2>\n<p>Not shown: fewer than 20 families.</p>"));
    }

    #[test]
    fn the_page_runs_nothing_and_fetches_nothing() {
        for page in [page(&quarter()), page(&awkward())] {
            for forbidden in ["<script", "<link", "<img", "src=", "href=", "url(", "@import", "javascript:"] {
                assert!(!page.contains(forbidden), "{forbidden}");
            }
        }
    }
}
