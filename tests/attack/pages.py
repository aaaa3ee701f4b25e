"""What stands in a printed page and in a workbook beside what the CSV file says: nothing may."""

import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

from reading import HIDDEN

# Where an attribute may have digits: the geometry of bars, and what a browser needs.
GEOMETRY = {"x", "y", "x1", "x2", "y1", "y2", "width", "height", "d", "transform", "viewbox", "font-size", "stroke-width", "colspan", "rowspan",
            "xmlns", "points", "dx", "dy"}
WORDS = {"class", "scope", "role", "lang", "charset", "http-equiv", "content", "fill", "stroke", "font-family", "font-weight", "text-anchor",
         "aria-hidden", "preserveaspectratio"}


class Page(HTMLParser):
    """A page as its parts: the texts, table by table, the bars, and what nobody would see."""

    def __init__(self, text):
        super().__init__()
        self.path, self.tables, self.bars, self.words, self.wrong, self.marks = [], [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name not in GEOMETRY and name not in WORDS:
                self.wrong.append(f"an attribute that no page has: {name}={value}")
            elif name == "class" and re.search(r"\d", value or ""):
                self.wrong.append(f"a class with a number: {value}")
            elif name in ("fill", "stroke") and value not in ("currentColor", "none", "#000", "#fff"):
                self.wrong.append(f"a colour: {value}")
        if tag in ("script", "img", "iframe", "object", "input", "template", "noscript"):
            self.wrong.append(f"an element that no page has: {tag}")
        if tag == "section":
            self.tables.append({"title": "", "rows": [], "bars": []})
        elif tag == "tr" and self.tables:
            self.tables[-1]["rows"].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]["rows"]:
            self.tables[-1]["rows"][-1].append([tag, ""])
        elif tag in ("rect", "path") and self.tables and "svg" in self.path:
            self.tables[-1]["bars"].append((tag, dict(attributes)))
        if tag not in ("meta", "br", "path", "rect", "line"):
            self.path.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if self.path and self.path[-1] == tag:
            self.path.pop()

    def handle_endtag(self, tag):
        if tag in self.path:
            while self.path.pop() != tag:
                pass

    def handle_comment(self, text):
        self.wrong.append(f"a comment: {text}")

    def handle_data(self, text):
        if "style" in self.path:
            if re.search(r"display\s*:\s*none|visibility\s*:\s*hidden|opacity|attr\(|::", text):
                self.wrong.append("a style that hides, or adds words")
            return
        if not text.strip() or not self.tables:
            return
        table = self.tables[-1]
        if "svg" in self.path:
            table["bars"].append((self.path[-1], text))
        elif self.path[-1] == "h2" and not table["title"]:
            table["title"] = re.sub(r"^Table \d+ of \d+\. ", "", text)
        elif table["rows"] and self.path[-1] in ("td", "th"):
            table["rows"][-1][-1][1] += text
        elif "section" in self.path:
            self.words.append(text)


def page_complaints(text, file, specs):
    """What a page says that the CSV file of the same release does not."""
    page = Page(text)
    yield from page.wrong
    titles = [table["title"] for table in page.tables]
    if set(titles) != set(file.tables) | file.withheld:
        yield f"other tables than the file: {titles}"
        return
    for table in page.tables:
        if table["title"] not in file.tables:
            continue
        printed = list(file.tables[table["title"]].values())
        if [text for row in table["rows"] for tag, text in row if tag == "td" and text.strip()] != printed:
            yield f"other numbers than the file, or in another order: {table['title']}"
        yield from bar_complaints(table, file.tables[table["title"]], next(spec for spec in specs if spec["title"] == table["title"]))
    units = {spec["unit"] for spec in specs}
    allowed = {number for spec in specs for number in re.findall(r"\d+", spec["note"] + spec["name"] + str(spec["version"]))}
    allowed |= {str(number) for number in range(max(len(spec["bandings"]) for spec in specs))} | {"1"}
    for words in page.words:
        if set(re.findall(r"\d+", words)) - allowed - set(map(str, range(1, len(titles) + 1))) and file.name not in words:
            yield f"a number in the words of a page: {words}"
    assert units


def bar_complaints(table, printed, spec):
    """What bars say that the table does not."""
    bars = table["bars"]
    if not bars:
        return
    inner = [text for place, text in printed.items() if not place.startswith("Total") and (" · " in place or not spec["columns"])]
    shown = [int(text) for text in inner if text != HIDDEN]
    lengths = [float(attributes["width"]) for tag, attributes in bars if tag == "rect" and "width" in attributes]
    hatched = [tuple(sorted(attributes.items())) for tag, attributes in bars if tag == "path" and not attributes.get("d", "M").startswith("M0 0")
               and not re.fullmatch(r"M[\d.]+ [\d.]+v5", attributes.get("d", ""))]
    if len(lengths) != len(shown):
        yield f"a bar too many or too few: {table['title']}"
    elif shown and max(shown):
        unit = max(lengths) / max(shown)
        if any(abs(length - number * unit) > 0.2 for length, number in zip(lengths, shown)):
            yield f"a bar of another length than its number: {table['title']}"
    if len(set(hatched)) > 1:
        yield f"hidden bars that differ: {table['title']}"
    numbers = [text for tag, text in bars if isinstance(text, str) and tag == "text" and text.strip().isdigit()]
    labels = {number for label in [*spec["classes"], *spec["columns"], *(line["label"] for one in spec["bandings"] for line in one["lines"])]
              for number in re.findall(r"\d+", label)}
    largest = max(shown, default=0)
    steps = next((step for power in range(12) for step in (10**power, 2 * 10**power, 5 * 10**power) if -(-largest // step) <= 5), 1)
    marks = {str(steps * mark) for mark in range(-(-largest // steps) + 1)}
    for number in numbers:
        if number not in marks and int(number) not in shown and number not in labels:
            yield f"a number beside bars that the table does not show: {table['title']}: {number}"
    said = {number for tag, text in bars if isinstance(text, str) and tag in ("desc", "title") for number in re.findall(r"\d+", text)}
    allowed = set(filter(str.isdigit, printed.values())) | labels | set(re.findall(r"\d+", spec["title"]))
    for number in said - allowed:
        yield f"a number read out that the table does not show: {table['title']}: {number}"


# Workbooks

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PARTS = re.compile(r"(\[Content_Types\]|_rels/\.rels|docProps/(app|core)|xl/(workbook|styles|sharedStrings|theme/theme1|metadata)"
                   r"|xl/_rels/workbook\.xml|xl/worksheets/sheet\d+)\.(xml|rels)|_rels/\.rels|xl/_rels/workbook\.xml\.rels")


def book_complaints(content, file):
    """What a workbook says that the CSV file of the same release does not."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
        dates = {entry.date_time for entry in book.infolist()}
    for name in parts:
        if not PARTS.fullmatch(name):
            yield f"a part that no workbook has: {name}"
    if any(date[0] > 1981 for date in dates):
        yield "a part with the time at which it was written"
    whole = ElementTree.fromstring(parts["xl/workbook.xml"])
    if any(sheet.get("state", "visible") != "visible" for sheet in whole.iter(MAIN + "sheet")):
        yield "a hidden sheet"
    names = [name for name in whole.iter(MAIN + "definedName") if not (name.get("name") or "").startswith("_xlnm.Print")]
    if names:
        yield "a name for some cells"
    core = parts.get("docProps/core.xml", b"").decode()
    for element in ElementTree.fromstring(core).iter() if core else ():
        text, tag = (element.text or "").strip(), element.tag.split("}")[-1]
        if tag in ("keywords", "description", "category", "lastModifiedBy", "contentStatus") and text:
            yield f"a property of the document: {tag}"
        if tag in ("created", "modified") and text and not text.startswith(("1980", "1900", "2000-01-01")):
            yield "the time at which it was made"
        if tag == "creator" and text not in ("", "Attune"):
            yield "who made it"
    styles = ElementTree.fromstring(parts["xl/styles.xml"])
    for style in styles.iter(MAIN + "numFmt"):
        if '"' in style.get("formatCode", "") or style.get("formatCode") == ";;;":
            yield f"a number that is shown as words: {style.get('formatCode')}"
    strings = []
    if "xl/sharedStrings.xml" in parts:
        for entry in ElementTree.fromstring(parts["xl/sharedStrings.xml"]).iter(MAIN + "si"):
            strings.append("".join(text.text or "" for text in entry.iter(MAIN + "t")))
    used = set()
    sheets = sorted((name for name in parts if name.startswith("xl/worksheets/")), key=lambda name: int(re.search(r"\d+", name)[0]))
    titles = [row[0] for row in file.rows if row[0] in file.tables or row[0] in file.withheld]
    wanted = [[], *(list(file.tables.get(title, {}).values()) for title in dict.fromkeys(titles))]
    if len(sheets) != len(wanted):
        yield "another number of sheets than of tables"
        return
    for name, printed in zip(sheets, wanted):
        sheet = ElementTree.fromstring(parts[name])
        if any(one.get("hidden") in ("1", "true") for tag in ("col", "row") for one in sheet.iter(MAIN + tag)):
            yield "a hidden column or row"
        if any(float(one.get("width", 9)) < 1 for one in sheet.iter(MAIN + "col")):
            yield "a column too narrow to be seen"
        if any(True for _ in sheet.iter(MAIN + "f")):
            yield "a formula"
        if any(True for tag in ("conditionalFormatting", "dataValidation", "legacyDrawing", "drawing") for _ in sheet.iter(MAIN + tag)):
            yield "colours, a comment or a drawing"
        numbers = []
        for cell in sheet.iter(MAIN + "c"):
            value = cell.find(MAIN + "v")
            if cell.get("t") == "s":
                used.add(int(value.text))
                numbers += [HIDDEN] if strings[int(value.text)] == HIDDEN and printed else []
            elif value is not None:
                numbers.append(value.text)
        if numbers != printed:
            yield f"other numbers than the file, or in another order: {name}"
    if used != set(range(len(strings))):
        yield "words that no cell shows"
