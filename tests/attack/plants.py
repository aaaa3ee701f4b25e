"""Leaks that are planted, by name, into what leaves. Each must be caught, and what they are planted into
must be clean."""

import copy
import csv as csvfile
import io
import random
import re
import zipfile

from catcher import Bundle, Leaving, catch
from generate import QUARTER, YEAR, Counted, Period, Series, key, product_links
from naive import Naive
from reading import ABOUT, HIDDEN, READING, places
from sequences import Sequence
from specs import caseload_by_age, caseload_by_step, spec

# What plants are planted into


def leaving(harness, series, **options):
    """What the program lets leave."""
    found = []
    for period, answer in zip(series.periods, harness.ask(series.job(**options))["published"]):
        files = answer.get("files")
        if files is None:
            return None
        found.append(Leaving(period, files["csv"], files["page"], bytes.fromhex(files["book"]),
                             files["outsider"], files["insider"]))
    return found


def table_of(name, counts, columns=(), families=None, **more):
    """A table of families from its counts: of each place so many."""
    columns = list(columns)
    width = max(1, len(columns))
    one = spec(name, [f"{name} {'ABCDEFGH'[number]}" for number in range(len(counts) // width)], columns=columns, **more)
    places_of = [[number // width, number % width] for number, count in enumerate(counts) for _ in range(count)]
    return one, Counted(0, 0, families or sum(counts), [[who, *place, 1] for who, place in enumerate(places_of)])


def of_tables(harness, name, tables, rule, links=(), **options):
    """A bundle of one publication of some tables."""
    specs = [one for one, _ in tables]
    counted = [Counted(number, 0, table.frame, table.counts) for number, (_, table) in enumerate(tables)]
    series = Series(0, name, key(name), specs, list(links), [Period("2026-Q3", (8106, 0), rule, counted)])
    return Bundle(series, leaving(harness, series, **options))


def exact(harness):
    """One table by two things, exact, with zeros; some numbers are hidden beside others."""
    return of_tables(harness, "exact", [table_of("exact", [3, 9, 14, 0, 11, 8, 25, 6, 7, 12, 0, 30], ["A", "B", "C"], zeros="shown")], YEAR)


def rounded_line(harness):
    """One table by one thing, rounded."""
    return of_tables(harness, "rounded", [table_of("rounded", [2, 13, 31, 22, 4], zeros="hidden")], QUARTER)


def two(harness):
    """Infants and families, and their numbers of one quarter, rounded."""
    infants = table_of("infants", [12, 33, 18, 26], unit="infants", counts={"units": 3}, families=60)
    families = table_of("families", [14, 22, 24], families=60)
    return of_tables(harness, "two", [infants, families], QUARTER,
                     [{"nested": {"many": "infants", "few": "families", "says": "Families with more than one infant"}}])


def sums(harness):
    """Contacts, some of them nearly all of one family."""
    one = spec("contacts", ["Visit", "Call", "Group", "Video"], unit="contacts", counts="sums")
    counts = [[who, who % 2, 0, 2 + who % 3] for who in range(40)] + [[0, 2, 0, 96], [1, 2, 0, 2], [2, 2, 0, 2]] + [[who, 3, 0, 1] for who in range(30)]
    return of_tables(harness, "sums", [(one, Counted(0, 0, 40, counts))], QUARTER)


def sensitive(harness):
    """Families in groups: all that were asked in one of them are in one place."""
    one = spec("groups", ["First", "Second"], columns=["Yes", "No", "Not asked"], several=True, sensitive=True)
    counts = [[who, 0, 0, 1] for who in range(40)] + [[who, 1, who % 3, 1] for who in range(40)]
    return of_tables(harness, "sensitive", [(one, Counted(0, 0, 40, counts))], QUARTER)


def withheld(harness):
    """A table of too few families."""
    return of_tables(harness, "withheld", [table_of("few", [5, 6, 4])], QUARTER)


def series_of(harness, seed, tables=(1,), register=True, **options):
    sequence = Sequence(seed, tables=tables, **options)
    found = leaving(harness, sequence.series, register=register)
    return Bundle(sequence.series, found or [], sequence.known, sequence.total, sequence.truth)


# How they are planted


def rows_of(leaf):
    return list(csvfile.reader(io.StringIO(leaf.csv.removeprefix("\ufeff"))))


def written(leaf, rows):
    text = io.StringIO()
    csvfile.writer(text).writerows(rows)
    return alone(leaf, csv="\ufeff" + text.getvalue())


def alone(leaf, **changes):
    """The file by itself: whoever makes a leak makes the other files and the proof to match."""
    return Leaving(**{**leaf.__dict__, "page": None, "book": None, "outsider": None, "insider": None, "proved": False, **changes})


def in_file(plant):
    """A plant in the rows of the first file."""
    def planted(bundle):
        rows = rows_of(bundle.leaving[0])
        rows = plant(bundle, rows) or rows
        bundle.leaving[0] = written(bundle.leaving[0], rows)
        return bundle
    return planted


def true_of(bundle, title, place, period=None):
    """What was counted in a place."""
    period = period or bundle.leaving[0].period
    one = next(one for one in period.tables if bundle.series.specs[one.spec]["title"] == title)
    table = bundle.series.specs[one.spec]
    line, column = next((line, column) for label, line, column in places(table, one.banding) if label == place)
    lines = table["bandings"][one.banding]["lines"]
    classes = {c for at, every in enumerate(lines) if line in (None, at) for c in every["classes"]}
    if table["several"] and line is None:
        return one.frame
    return sum(amount for _, c, at, amount in one.counts if c in classes and column in (None, at))


def hidden_rows(bundle, rows, small=None):
    """The rows of hidden numbers; those that are small themselves, or those that are not."""
    found = []
    for row in rows[1:]:
        if row[0] not in (ABOUT, READING) and row[2] == HIDDEN:
            true = true_of(bundle, row[0], row[1])
            if small is None or (true < bundle.leaving[0].period.rule["threshold"]) == small:
                found.append((row, true))
    return found


def shown_rows(rows):
    return [row for row in rows[1:] if row[0] not in (ABOUT, READING) and row[2].isdigit() and row[2] != "0"]


def body(rows):
    """The first and the last row of the first table."""
    at = [number for number, row in enumerate(rows) if number and row[0] not in (ABOUT, READING, "Part") and row[1] not in ("Note", "Withheld")]
    return at[0], at[-1]


PLANTS = []


def plant(into, *names):
    """Names a planted leak, what it is planted into, and which checks must catch it (any of them)."""
    def named(function):
        PLANTS.append((function.__doc__.strip().split("\n")[0], into, names, function))
        return function
    return named


def plant_in_file(into, *names):
    def named(function):
        PLANTS.append((function.__doc__.strip().split("\n")[0], into, names, in_file(function)))
        return function
    return named


# In the file


@plant_in_file(exact, "reader")
def dropped_cut(bundle, rows):
    """A number that is hidden beside others is shown: a dropped cut"""
    row, true = hidden_rows(bundle, rows, small=False)[0]
    row[2] = str(true)


@plant_in_file(rounded_line, "file")
def small_shown(bundle, rows):
    """A small number is shown"""
    row, true = hidden_rows(bundle, rows, small=True)[0]
    row[2] = str(true)


@plant_in_file(exact, "file")
def second_mark(bundle, rows):
    """Numbers hidden beside others have a mark of their own"""
    for row, _ in hidden_rows(bundle, rows, small=False):
        row[2] = "[s]"


@plant_in_file(exact, "file")
def a_space(bundle, rows):
    """The mark of small numbers ends with a space"""
    for row, _ in hidden_rows(bundle, rows, small=True):
        row[2] += " "


@plant_in_file(exact, "file")
def below(bundle, rows):
    """Small numbers are shown as <5"""
    for row, _ in hidden_rows(bundle, rows, small=True):
        row[2] = "<5"


@plant_in_file(rounded_line, "file")
def sorted_rows(bundle, rows):
    """Rows are sorted by their true size"""
    first, last = body(rows)
    rows[first:last] = sorted(rows[first:last], key=lambda row: -true_of(bundle, row[0], row[1]))


@plant_in_file(exact, "file")
def percent(bundle, rows):
    """A percentage stands beside n"""
    row, true = hidden_rows(bundle, rows, small=True)[0]
    rows.insert(rows.index(row) + 1, [row[0], f"{row[1]} (%)", str(round(100 * true / 127)), "per cent"])


@plant_in_file(exact, "file")
def percent_in_unit(bundle, rows):
    """A percentage stands in the column of units"""
    row, true = hidden_rows(bundle, rows, small=True)[0]
    row[3] = f"families, {true / 1.27:.1f} %"


@plant_in_file(exact, "file")
def fifth_column(bundle, rows):
    """A fifth column says from how many families a number is"""
    for row in rows:
        row.append("")
    hidden_rows(bundle, rows, small=True)[0][0][4] = "3"


@plant_in_file(rounded_line, "counts", "file")
def unrounded_total(bundle, rows):
    """A rounded file has an exact total"""
    row = next(row for row in rows if row[1] == "Total")
    row[2] = str(true_of(bundle, row[0], "Total"))


@plant_in_file(rounded_line, "file")
def unrounded_line(bundle, rows):
    """A rounded file has an exact line"""
    row = shown_rows(rows)[0]
    row[2] = str(true_of(bundle, row[0], row[1]))


@plant_in_file(rounded_line, "counts")
def adds_up(bundle, rows):
    """The total of a rounded file is that of its rounded lines, with the hidden ones as they are"""
    lines = [row for row in rows[1:] if row[0] not in (ABOUT, READING) and row[1] not in ("Total", "Note")]
    total = sum(int(row[2]) if row[2].isdigit() else 5 for row in lines) + 5
    next(row for row in rows if row[1] == "Total")[2] = str(total)


@plant_in_file(exact, "counts")
def total_of_shown(bundle, rows):
    """The total is that of the shown lines alone"""
    inner = [row for row in shown_rows(rows) if " · " in row[1] and not row[1].startswith("Total")]
    next(row for row in rows if row[1] == "Total")[2] = str(sum(int(row[2]) for row in inner))


@plant_in_file(exact, "counts")
def one_off(bundle, rows):
    """A number is one more than was counted"""
    row = shown_rows(rows)[0]
    row[2] = str(int(row[2]) + 1)


@plant_in_file(withheld, "file")
def telling(bundle, rows):
    """A withheld table tells why"""
    next(row for row in rows if row[1] == "Withheld")[2] = "Fewer than 20 families."


@plant_in_file(withheld, "file")
def telling_line(bundle, rows):
    """A withheld table tells which line is the cause"""
    at = next(number for number, row in enumerate(rows) if row[1] == "Withheld")
    rows.insert(at + 1, [rows[at][0], "few B", "[c]", "families"])


@plant_in_file(withheld, "counts")
def too_few(bundle, rows):
    """A table of fewer families than the smallest frame is made"""
    at = next(number for number, row in enumerate(rows) if row[1] == "Withheld")
    title = rows[at][0]
    rows[at:at + 1] = [[title, "few A", "5", "families"], [title, "few B", "[c]", "families"], [title, "few C", "[c]", "families"],
                       [title, "Total", "15", "families"]]


@plant_in_file(rounded_line, "file")
def zero_shown(bundle, rows):
    """A zero is printed where zeros are hidden"""
    shown_rows(rows)[0][2] = "0"


@plant_in_file(rounded_line, "file")
def note_with_number(bundle, rows):
    """A note counts who was left out"""
    rows.append([shown_rows(rows)[0][0], "Note", "3 families without a step are left out.", ""])


@plant_in_file(rounded_line, "file")
def number_about(bundle, rows):
    """What is told about the release counts the frame"""
    rows.insert(3, [ABOUT, "Families", "77", ""])


@plant_in_file(rounded_line, "file")
def another_rule(bundle, rows):
    """The rule that is printed is another one"""
    next(row for row in rows if row[1] == "Rule")[2] = "Counts below 3 are hidden."


@plant_in_file(rounded_line, "file")
def twice(bundle, rows):
    """A line stands twice, once with its number"""
    row, true = hidden_rows(bundle, rows, small=True)[0]
    rows.insert(rows.index(row), [row[0], row[1], "5", row[3]])


@plant_in_file(rounded_line, "file")
def largest_is(bundle, rows):
    """A sentence tells which is the largest"""
    rows.append([shown_rows(rows)[0][0], "Largest", "rounded C", ""])


@plant_in_file(sums, "counts")
def of_one_family(bundle, rows):
    """A sum is shown of which one family has nearly all"""
    next(row for row in rows if row[1] == "Group")[2] = "100"


@plant_in_file(sensitive, "counts")
def all_of_a_line(bundle, rows):
    """A line tells that everybody in it is in one place"""
    row = next(row for row in rows if row[1] == "First · Yes")
    row[2] = "40"


# In the page and in the workbook


def in_page(change):
    def planted(bundle):
        leaf = bundle.leaving[0]
        changed = change(bundle, leaf.page)
        assert changed != leaf.page, "the plant changes the page"
        bundle.leaving[0] = Leaving(**{**leaf.__dict__, "page": changed})
        return bundle
    return planted


def plant_in_page(into):
    def named(function):
        PLANTS.append((function.__doc__.strip().split("\n")[0], into, ("page",), in_page(function)))
        return function
    return named


def first_mark(page, mark):
    return page.replace(f"<td>{HIDDEN}</td>", mark, 1)


@plant_in_page(rounded_line)
def alternative_text(bundle, page):
    """A raw number is in an alternative text"""
    return first_mark(page, f'<td aria-label="2">{HIDDEN}</td>')


@plant_in_page(rounded_line)
def tooltip(bundle, page):
    """A tooltip has the count"""
    return first_mark(page, f'<td title="2 families">{HIDDEN}</td>')


@plant_in_page(rounded_line)
def data_value(bundle, page):
    """An attribute has the count"""
    return first_mark(page, f'<td data-n="2">{HIDDEN}</td>')


@plant_in_page(rounded_line)
def comment(bundle, page):
    """A comment of the page has the count"""
    return first_mark(page, f"<td><!-- 2 -->{HIDDEN}</td>")


@plant_in_page(rounded_line)
def not_displayed(bundle, page):
    """A number is on the page and not displayed"""
    return first_mark(page, f'<td>{HIDDEN}<span style="display:none">2</span></td>')


@plant_in_page(rounded_line)
def hidden_by_rule(bundle, page):
    """A rule of style hides a number"""
    return first_mark(page, f"<td>{HIDDEN}<i>2</i></td>").replace("</style>", "td i { display: none; }</style>")


@plant_in_page(rounded_line)
def colour_scale(bundle, page):
    """The colour of a hidden place says how large it is"""
    return first_mark(page, f'<td bgcolor="#ffe0e0">{HIDDEN}</td>')


@plant_in_page(rounded_line)
def class_by_size(bundle, page):
    """The class of a hidden place says how large it is"""
    return first_mark(page, f'<td class="n2">{HIDDEN}</td>')


@plant_in_page(rounded_line)
def page_row_order(bundle, page):
    """The rows of the page are in another order than those of the file"""
    found = re.findall(r"<tr[^>]*><th scope=\"row\">.*?</tr>", page)
    return page.replace(found[1] + found[2], found[2] + found[1])


@plant_in_page(rounded_line)
def script(bundle, page):
    """A script carries the counts"""
    return page.replace("</body>", '<script type="application/json">[2,13,31]</script></body>')


@plant_in_page(rounded_line)
def words_on_page(bundle, page):
    """A sentence on the page says why a figure changed"""
    return page.replace("</section>", "<p>2 families more than last quarter.</p></section>", 1)


HATCHED = "M220 5H268V19H220Z"


@plant_in_page(rounded_line)
def bar_by_size(bundle, page):
    """A hidden bar is as long as its number"""
    return page.replace(HATCHED, "M220 5H240V19H220Z", 1)


@plant_in_page(rounded_line)
def axis(bundle, page):
    """The axis is scaled to a hidden maximum"""
    return page.replace('font-size="11">30</text>', 'font-size="11">30</text><text x="453" y="138" text-anchor="middle" font-size="11">40</text>', 1)


@plant_in_page(rounded_line)
def longer_bars(bundle, page):
    """A bar is as long as its number before it was rounded"""
    return page.replace('width="170.0" height="14"', 'width="147.3" height="14"', 1)


@plant_in_page(rounded_line)
def read_out(bundle, page):
    """What is read out of the bars has a number that they do not show"""
    return page.replace("rounded A: hidden", "rounded A: 2", 1)


@plant_in_file(rounded_line, "file")
def banding_that_tells(bundle, rows):
    """What a file is read back by says how many lines were put together for small counts"""
    next(row for row in rows if row[1] == "Table 1")[2] += ", 2 lines put together"


def in_book(change):
    def planted(bundle):
        leaf = bundle.leaving[0]
        with zipfile.ZipFile(io.BytesIO(leaf.book)) as opened:
            parts = {name: opened.read(name).decode() for name in opened.namelist()}
        change(parts)
        bundle.leaving[0] = Leaving(**{**leaf.__dict__, "book": zipped(parts)})
        return bundle
    return planted


def plant_in_book(into):
    def named(function):
        PLANTS.append((function.__doc__.strip().split("\n")[0], into, ("book",), in_book(function)))
        return function
    return named


SHEET = "xl/worksheets/sheet2.xml"


@plant_in_book(rounded_line)
def hidden_column(parts):
    """A hidden column has the counts"""
    parts[SHEET] = re.sub(r"<cols>.*?</cols>", "", parts[SHEET], flags=re.S)
    parts[SHEET] = parts[SHEET].replace("<sheetData>", '<cols><col min="9" max="9" width="9" hidden="1"/></cols><sheetData>', 1)


@plant_in_book(rounded_line)
def narrow_column(parts):
    """A column that has no width"""
    parts[SHEET] = re.sub(r"<cols>.*?</cols>", "", parts[SHEET], flags=re.S)
    parts[SHEET] = parts[SHEET].replace("<sheetData>", '<cols><col min="9" max="9" width="0.1"/></cols><sheetData>', 1)


@plant_in_book(rounded_line)
def cell_comment(parts):
    """A comment at a cell has the count"""
    parts["xl/comments1.xml"] = "<comments/>"


@plant_in_book(rounded_line)
def properties(parts):
    """A property of the document has the count"""
    parts["docProps/core.xml"] = ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">'
                                  "<cp:keywords>2 families hidden</cp:keywords></cp:coreProperties>")


@plant_in_book(rounded_line)
def made_at(parts):
    """The document says when it was made"""
    parts["docProps/core.xml"] = ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
                                  'xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:created>2026-11-26T10:00:00Z</dcterms:created>'
                                  "</cp:coreProperties>")


@plant_in_book(rounded_line)
def hidden_sheet(parts):
    """A hidden sheet"""
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("<sheet ", '<sheet state="veryHidden" ', 1)


@plant_in_book(rounded_line)
def number_as_words(parts):
    """A cell has its count and is shown as hidden by its format"""
    parts["xl/styles.xml"] = re.sub(r"(<styleSheet[^>]*>)", r'\1<numFmts count="1"><numFmt numFmtId="170" formatCode="&quot;[c]&quot;"/></numFmts>',
                                    parts["xl/styles.xml"], count=1)


@plant_in_book(rounded_line)
def words_left(parts):
    """The workbook has words that no cell shows"""
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace("</sst>", "<si><t>2</t></si></sst>")


@plant_in_book(rounded_line)
def formula(parts):
    """A cell is reckoned from others"""
    parts[SHEET] = re.sub(r"<v>(\d+)</v></c></row></sheetData>", r"<f>SUM(A1:A5)</f><v>\1</v></c></row></sheetData>", parts[SHEET])
    if "<f>" not in parts[SHEET]:
        parts[SHEET] = parts[SHEET].replace("</sheetData>", '<row r="999"><c r="A999"><f>1+1</f></c></row></sheetData>')


@plant_in_book(rounded_line)
def pivot(parts):
    """A cache of a pivot table has the records"""
    parts["xl/pivotCache/pivotCacheRecords1.xml"] = "<pivotCacheRecords/>"


def zipped(parts):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as book:
        for name, text in parts.items():
            book.writestr(zipfile.ZipInfo(name), text)
    return kept.getvalue()


# In the proof


def in_proof(change, who="outsider"):
    def planted(bundle):
        leaf = bundle.leaving[-1]
        bundle.leaving[-1] = Leaving(**{**leaf.__dict__, who: change(copy.deepcopy(getattr(leaf, who)))})
        return bundle
    return planted


def plant_in_proof(into, who="outsider"):
    def named(function):
        PLANTS.append((function.__doc__.strip().split("\n")[0], into, ("proof",), in_proof(function, who)))
        return function
    return named


@plant_in_proof(exact)
def no_proof(proof):
    """There is no proof"""
    return None


@plant_in_proof(exact)
def witness_missing(proof):
    """A witness is missing"""
    from proofs import sealed, witness_dropped
    witness_dropped(proof, random.Random(0))
    return sealed(proof)


@plant_in_proof(exact)
def of_another_file(proof):
    """The proof is of a file in which less is shown"""
    from proofs import sealed
    next(cell for cell in proof["cells"] if cell["printed"] not in (HIDDEN, "0"))["printed"] = HIDDEN
    return sealed(proof)


@plant_in_proof(exact)
def threshold_four(proof):
    """The proof is of a smaller threshold, and its digest is that of another"""
    return {**proof, "threshold": 4}


@plant_in_proof(exact)
def floor_of_zero_forgotten(proof):
    """The proof lets a hidden number be zero where zeros are printed"""
    from proofs import sealed
    for cell in proof["cells"]:
        cell["floor"] = 0
    return sealed(proof)


# In the rule


def by(rule, tables, zeros="shown", numbers=YEAR, links=()):
    """A publication by a rule that is too weak."""
    def made(harness):
        specs, counted = [], []
        for number, (name, counts, columns) in enumerate(tables):
            one, table = table_of(name, counts, columns, zeros=zeros)
            specs.append(one)
            counted.append(Counted(number, 0, table.frame, table.counts))
        period = Period("2026-Q3", (8106, 0), numbers, counted)
        series = Series(0, "naive", key(0), specs, list(links), [period])
        return Bundle(series, [Leaving(period, Naive(rule).csv(series, period), proved=False)])
    made.unclean = True
    return made


def unchanged(bundle):
    return bundle


def plant_rule(name, into, *checks):
    PLANTS.append((name, into, checks, unchanged))


LINE = ("exact", [1, 1, 0, 5, 0, 13], [])
plant_rule("Small counts alone are hidden", by("primary", [("exact", [3, 9, 14, 11], [])]), "reader")
plant_rule("The lower bound of a hidden number is 0 where it is 1", by("not zero", [LINE]), "reader")
plant_rule("A hidden number may be narrowed to two values", by("any interval", [("exact", [1, 2, 9, 11], [])]), "reader")
plant_rule("The next smallest is hidden, and no more", by("next smallest", [("exact", [1, 1, 12, 9], [])]), "reader")
plant_rule("Each line is protected and no column", by("lines alone", [("exact", [3, 9, 14, 0, 11, 8, 25, 6, 7], ["A", "B", "C"])]), "reader")
plant_rule("A total is hidden that the lines add up to", by("total alone", [("exact", [3, 9, 14, 11], [])]), "reader", "file", "counts")
plant_rule(
    "A total that is hidden in one table is shown in another",
    by("each by itself", [("exact", [3, 9, 14, 11], []), ("other", [17, 20], [])], links=[{"same": {"one": "exact", "other": "other"}}]), "reader",
)
plant_rule(
    "Two totals of two units differ by a small count",
    by("primary", [("infants", [12, 10], []), ("families", [6, 15], [])],
       links=[{"nested": {"many": "infants", "few": "families", "says": "Families with more than one infant"}}]), "reader",
)


# Between publications


def off(seed, **options):
    def made(harness):
        return series_of(harness, seed, register=False, **options)
    made.unclean = True
    return made


def with_leak(find):
    """Publications without the register, by the first seed that has one more than the ordinary."""
    def made(harness):
        for seed in range(60):
            bundle = find(harness, seed)
            if bundle and any(check == "all files" for check, _ in catch(harness, bundle)):
                return bundle
        raise AssertionError("no seed leaks")
    made.unclean = True
    return made


def two_days(change, bandings=((0,), (0,)), numbers=(QUARTER, QUARTER), when=((8106, 0), (8107, 0)), make=caseload_by_step):
    """Two publications of steps, without the register; `change` is what happens between them."""
    def find(harness, seed):
        chance = random.Random(f"two days {seed}")
        from caseload import Caseload, changes
        record = Caseload(chance, chance.randint(40, 90))
        specs, periods, states, totals = [make()], [], {}, {}
        for number, day in enumerate(when):
            if number:
                change(record)
            states[day] = record.state()[specs[0]["name"]]
            counts = record.counts(specs[0]["name"])
            totals[day] = sum(amount for *_, amount in counts)
            periods.append(Period(f"{day} {number}", day, numbers[number], [Counted(0, bandings[number][0], len(record.families), counts)]))
        series = Series(seed, "two days", key(seed), specs, [], periods)

        def known(name, earlier, later):
            from attackers import reach
            following = reach(specs[0]["over_time"]["day"]["next"], later[0] - earlier[0])
            return changes(name, states[earlier], states[later], lambda one, other: other in following[one])
        found = leaving(harness, series, register=False)
        return found and Bundle(series, found, known, lambda name, day: totals[day])
    return with_leak(find)


plant_rule("A preview before one family joined, and one after", two_days(lambda r: r.join(), when=((8106, 0), (8106, 1))), "all files")
plant_rule("A preview before one family was moved, and one after", two_days(lambda r: r.correct(), when=((8106, 0), (8106, 1))), "all files")
plant_rule("A preview before one family left, and one after", two_days(lambda r: r.leave(), when=((8106, 0), (8106, 1))), "all files")
plant_rule("Two quarters in which few came and went", two_days(lambda r: r.quarter((0, 2))), "all files")
plant_rule("Ages that move by the calendar", two_days(lambda r: r.quarter((0, 1)), make=caseload_by_age), "all files")
plant_rule("The same frame in two bandings", two_days(lambda r: None, bandings=((0,), (1,)), when=((8106, 0), (8106, 0))), "all files")
plant_rule("A year without rounding beside its last quarter", two_days(lambda r: None, numbers=(QUARTER, YEAR), when=((8106, 0), (8106, 0))),
           "all files")
plant_rule("A restored copy releases the same quarter again", two_days(lambda r: r.join() or r.leave() or r.correct(), when=((8106, 0), (8106, 1)),
                                                                       numbers=(YEAR, YEAR)), "all files")


def fresh_key(harness):
    """Two publications of one frame, each with a fresh secret."""
    for seed in range(60):
        one, table = table_of("exact", [2 + seed % 3, 9, 9, 14, 11, 10], zeros="shown")
        periods = [Period(f"2026-Q3 {at}", (8106, 0), YEAR, [table], key=key(f"fresh {seed} {at}")) for at in range(2)]
        series = Series(0, "fresh", key(0), [one], [], periods)
        bundle = Bundle(series, leaving(harness, series, register=False))
        if bundle.leaving[0].csv.split("banding")[1] != bundle.leaving[1].csv.split("banding")[1]:
            return bundle
    raise AssertionError("no fresh key gives another pattern")


fresh_key.unclean = True
plant_rule("A fresh key for each release", fresh_key, "one frame, one file", "all files")


def one(harness, seed):
    """One planted leak: whether what it is planted into is clean, and which checks caught it."""
    name, into, checks, change = PLANTS[seed]
    clean = into(harness)
    before = [] if getattr(into, "unclean", False) else [f"{check}: {words}" for check, words in catch(harness, clean)]
    caught = {}
    for check, words in catch(harness, change(copy.deepcopy(clean))):
        caught.setdefault(check, words)
    return {"plant": name, "clean": not before, "before": before[:3], "caught": bool(set(caught) & set(checks)), "by": caught}


def seeds(quick):
    return range(len(PLANTS))
