//! The release as an Excel workbook.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::{Grid, HIDDEN, HIDDEN_MEANS, Release, facts, grid, plain, printed, specified};
use crate::publication::{Cell, Protected, WITHHELD};

/// The most letters a cell of a workbook holds.
const LETTERS: usize = 32_767;

/// A table has more lines or columns than a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// The release as XLSX: a sheet "About", then a sheet "Table 1", "Table 2" … for each table, with the
/// heads frozen. Numbers are numbers; labels and hidden places are text. There is no author, no
/// formula, no link, nothing hidden, and the same release has the same bytes.
///
/// # Errors
/// [`TooLarge`]: over a million lines, or over 16,000 columns.
pub fn xlsx(release: &Release) -> Result<Vec<u8>, TooLarge> {
    written(release).map_err(|_| TooLarge)
}

type Written<T> = Result<T, XlsxError>;

fn written(release: &Release) -> Written<Vec<u8>> {
    let mut book = Workbook::new();
    // The writer would say when it ran; every file says this day instead.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    about(book.add_worksheet(), release)?;
    for (number, table) in release.publication.tables.iter().enumerate() {
        sheet(book.add_worksheet(), number + 1, table, &release.period)?;
    }
    book.save_to_buffer()
}

/// How cells look. Labels are in a text format, so that they stay text when somebody edits them.
struct Looks {
    title: Format,
    head: Format,
    label: Format,
    text: Format,
    number: Format,
    hidden: Format,
}

fn looks() -> Looks {
    let text = Format::new().set_num_format("@").set_align(FormatAlign::Top);
    let bold = text.clone().set_bold();
    Looks {
        title: bold.clone().set_font_size(14),
        head: bold.clone().set_text_wrap().set_border_bottom(FormatBorder::Thin),
        label: text.clone().set_text_wrap(),
        text: text.clone(),
        number: Format::new().set_num_format("0").set_align(FormatAlign::Top).set_align(FormatAlign::Right),
        hidden: text.set_align(FormatAlign::Right),
    }
}

fn about(sheet: &mut Worksheet, release: &Release) -> Written<()> {
    let looks = looks();
    page(sheet.set_name("About")?, "About");
    sheet.set_column_width(0, 24)?.set_column_width(1, 96)?;
    write(sheet, 0, 0, "About this release", &looks.head)?;
    write(sheet, 0, 1, "", &looks.head)?;
    sheet.set_freeze_panes(1, 0)?;
    let tables = (1..).zip(&release.publication.tables);
    let tables = tables.map(|(number, table)| (format!("Table {number}"), format!("{} ({})", plain(table.title()), specified(table))));
    let name = ("Release".to_owned(), plain(&release.publication.name));
    let facts = facts(release).into_iter().map(|(what, words)| (what.to_owned(), words));
    for (row, (what, words)) in (1..).zip(facts.chain([name]).chain(tables)) {
        write(sheet, row, 0, &what, &looks.label)?;
        write(sheet, row, 1, &words, &looks.label)?;
    }
    Ok(())
}

/// Where the head of a table is: below its title and what it counts.
const HEAD: u32 = 3;

fn sheet(sheet: &mut Worksheet, number: usize, table: &Protected, period: &str) -> Written<()> {
    let looks = looks();
    let name = format!("Table {number}");
    page(sheet.set_name(&name)?, &name);
    sheet.set_column_width(0, 40)?;
    write(sheet, 0, 0, &plain(table.title()), &looks.title)?;
    write(sheet, 1, 0, &format!("Counts of {}, {}", plain(table.unit()), plain(period)), &looks.text)?;
    let below = if table.is_withheld() {
        write(sheet, HEAD, 0, WITHHELD, &looks.text)?;
        HEAD + 2
    } else {
        let Grid { heads, lines } = grid(table);
        sheet.set_freeze_panes(HEAD + 1, 1)?.set_repeat_rows(HEAD, HEAD)?;
        write(sheet, HEAD, 0, "Line", &looks.head)?;
        for (column, head) in (1_u16..).zip(&heads) {
            sheet.set_column_width(column, 16)?;
            write(sheet, HEAD, column, head, &looks.head.clone().set_align(FormatAlign::Right))?;
        }
        for (row, (label, cells)) in (HEAD + 1..).zip(&lines) {
            write(sheet, row, 0, label, &looks.label)?;
            for (column, cell) in (1_u16..).zip(cells) {
                place(sheet, row, column, *cell, &looks)?;
            }
        }
        let lines = u32::try_from(lines.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
        write(sheet, HEAD + lines + 2, 0, &format!("{HIDDEN} means {HIDDEN_MEANS}."), &looks.text)?;
        HEAD + lines + 3
    };
    if !table.note().is_empty() {
        write(sheet, below, 0, &plain(table.note()), &looks.text)?;
    }
    Ok(())
}

fn place(sheet: &mut Worksheet, row: u32, column: u16, cell: Cell, looks: &Looks) -> Written<()> {
    // A workbook keeps numbers as floating point, exact to 2^53.
    match cell {
        Cell::Shown(number) if number < 1 << 53 => sheet.write_number_with_format(row, column, number as f64, &looks.number).map(|_| ()),
        Cell::Nothing => Ok(()),
        cell => write(sheet, row, column, &printed(cell), &looks.hidden),
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Written<()> {
    let fits = text.chars().map(char::len_utf16).sum::<usize>() <= LETTERS;
    let cut: String = if fits { text.to_owned() } else { text.chars().take(LETTERS / 2 - 1).chain(['…']).collect() };
    sheet.write_string_with_format(row, column, cut, format).map(|_| ())
}

/// A4 across, as wide as one page, with its name and number below.
fn page(sheet: &mut Worksheet, name: &str) {
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_footer(format!("&L{name}&RPage &P of &N"));
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use calamine::{Data, Reader, SheetVisible, Xlsx};

    use super::*;
    use crate::render::csv;
    use crate::render::samples::{awkward, quarter, year};

    fn open(release: &Release) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(xlsx(release).unwrap())).unwrap()
    }

    /// Each sheet as lines of text, numbers with a mark that they are.
    fn read(release: &Release) -> String {
        let mut book = open(release);
        let mut text = String::new();
        for name in book.sheet_names() {
            let range = book.worksheet_range(&name).unwrap();
            text += &format!("# {name}\n");
            for row in range.rows() {
                let cells = row.iter().map(|cell| match cell {
                    Data::Float(number) => format!("#{number}"),
                    Data::Int(number) => format!("#{number}"),
                    Data::String(text) => text.clone(),
                    Data::Empty => String::new(),
                    other => panic!("{other:?} is neither text nor number"),
                });
                text += cells.collect::<Vec<_>>().join(" | ").trim_end_matches([' ', '|']);
                text += "\n";
            }
        }
        text
    }

    #[test]
    fn a_quarter() {
        insta::assert_snapshot!(read(&quarter()));
    }

    #[test]
    fn a_year() {
        insta::assert_snapshot!(read(&year()));
    }

    #[test]
    fn awkward_labels_are_text() {
        insta::assert_snapshot!(read(&awkward()));
    }

    #[test]
    fn the_same_release_has_the_same_bytes() {
        assert_eq!(xlsx(&quarter()), xlsx(&quarter()));
        assert_ne!(xlsx(&quarter()), xlsx(&year()));
    }

    #[test]
    fn it_has_the_figures_of_the_csv_file() {
        for release in [quarter(), year(), awkward()] {
            let mut book = open(&release);
            let mut figures = Vec::new();
            for (number, table) in (1..).zip(&release.publication.tables).filter(|(_, table)| !table.is_withheld()) {
                let range = book.worksheet_range(&format!("Table {number}")).unwrap();
                let heads = grid(table).heads.len();
                let lines = table.lines().count();
                for (line, row) in range.rows().skip(HEAD as usize + 1).take(lines + 1).enumerate() {
                    for cell in row[1..=heads].iter().filter(|cell| **cell != Data::Empty) {
                        let label = if line == lines { "Total".to_owned() } else { row[0].to_string() };
                        figures.push((table.title().to_owned(), label.clone(), cell.to_string()));
                    }
                }
            }
            let bytes = csv(&release);
            let mut reader = csv::ReaderBuilder::new().from_reader(&bytes["\u{feff}".len()..]);
            let lines: Vec<csv::StringRecord> =
                reader.records().map(Result::unwrap).filter(|line| !line[3].is_empty() && &line[0] != "Specification").collect();
            assert_eq!(lines.len(), figures.len());
            for (line, (title, label, value)) in lines.iter().zip(figures) {
                assert_eq!(line[0].trim_start_matches('\''), title);
                assert!(line[1].trim_start_matches('\'').starts_with(&label), "{} is {label}", &line[1]);
                assert_eq!(line[2], value, "{title}: {label}");
            }
        }
    }

    #[test]
    fn it_says_neither_who_made_it_nor_when() {
        let mut parts = zip::ZipArchive::new(Cursor::new(xlsx(&quarter()).unwrap())).unwrap();
        let mut core = String::new();
        parts.by_name("docProps/core.xml").unwrap().read_to_string(&mut core).unwrap();
        for empty in ["<dc:creator></dc:creator>", "<cp:lastModifiedBy></cp:lastModifiedBy>"] {
            assert!(core.contains(empty), "{core}");
        }
        assert_eq!(core.matches("2000-01-01T00:00:00Z").count(), 2, "{core}");
        assert_eq!(core.matches("<dcterms:").count(), 2, "{core}");
    }

    #[test]
    fn nothing_is_hidden_and_nothing_is_a_formula() {
        for release in [quarter(), year(), awkward()] {
            let mut book = open(&release);
            assert!(book.sheets_metadata().iter().all(|sheet| sheet.visible == SheetVisible::Visible));
            assert_eq!(book.sheets_metadata().len(), release.publication.tables.len() + 1);
            assert_eq!(book.defined_names().iter().filter(|(name, _)| !name.ends_with("Print_Titles")).count(), 0);
            for name in book.sheet_names() {
                assert!(book.worksheet_formula(&name).unwrap().is_empty());
                let cells = book.worksheet_range(&name).unwrap();
                assert!(cells.used_cells().all(|(.., cell)| matches!(cell, Data::Float(_) | Data::String(_))));
            }
        }
    }
}
