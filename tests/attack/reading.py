"""What stands in a rendered file, read as a stranger reads it, and what should not stand there."""

import csv
import io
import re
from dataclasses import dataclass, field

from specs import width

HIDDEN = "[c]"
WITHHELD = "This table is not in this release."
ABOUT = "About this release"
# The part by which a file is read back.
READING = "Specification"
TOLD = (["Title", "Period", "Made"], ["Corrects", "Licence", "Expires"], ["Not in this file", HIDDEN, "Rule"], ["Proof"], ["Log head"])


@dataclass
class File:
    """A file: its tables by title, each a dict from place to what is printed."""
    name: str
    when: tuple
    rule: dict
    tables: dict = field(default_factory=dict)
    withheld: set = field(default_factory=set)
    rows: list = field(default_factory=list)

    def printed(self):
        """What a proof has to be of."""
        return [[title, place, text] for title, table in self.tables.items() for place, text in table.items()]


def read(text, name, when, rule):
    """The tables of a CSV file."""
    file = File(name, when, rule)
    file.rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    for part, line, value, *_ in file.rows[1:]:
        if part in (ABOUT, READING) or line == "Note":
            continue
        if line == "Withheld":
            file.withheld.add(part)
        else:
            file.tables.setdefault(part, {})[line] = value
    return file


def places(spec, banding):
    """Every place of a table, in order: (place, line or None for all, column or None for all)."""
    lines = [line["label"] for line in spec["bandings"][banding]["lines"]]
    columns = spec["columns"]
    found = []
    for number, label in [*enumerate(lines), (None, "Total")]:
        whole = number is None
        if not spec["several"] or not whole:
            found += [(f"{label} · {column}", number, at) for at, column in enumerate(columns)]
        if not (spec["several"] and columns) or whole:
            found.append((label, number, None))
    return found


def banding_of(spec, table):
    """Which banding a table is in, told by its labels."""
    for number in range(len(spec["bandings"])):
        if {place for place, *_ in places(spec, number)} == set(table):
            return number
    return None


def complaints(text, specs, rule):
    """What a file has that no release has: other columns, marks, lines, orders, numbers."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    if not rows or rows[0] != ["Part", "Line", "Value", "Unit"]:
        yield "the head of the file is another one"
    if any(len(row) != 4 for row in rows):
        yield "a row has not four fields"
        return
    by_title = {spec["title"]: spec for spec in specs}
    titles = list(dict.fromkeys(row[0] for row in rows[1:] if row[0] not in (ABOUT, READING)))
    about = [row for row in rows[1:] if row[0] == ABOUT]
    told = [what for group in TOLD for what in group if len(group) == 3 or what in ("Log head", *(row[1] for row in about))]
    if [row[1] for row in about] != [what for what in told if what in ("Title", "Made", HIDDEN) or what in [row[1] for row in about]]:
        yield "other things are told about the release"
    yield from specified(rows, specs, rule, titles)
    for row in about:
        if row[1] == "Rule" and str(rule["threshold"]) not in re.findall(r"\d+", row[2]):
            yield "the rule names another threshold"
        if row[1] in (HIDDEN, "Not in this file") and re.search(r"\d", row[2]):
            yield "a number in the words about the release"
    for title in titles:
        spec = by_title.get(title)
        if spec is None:
            yield f"a table that nobody specified: {title}"
            continue
        body = [row for row in rows if row[0] == title and row[1] != "Note"]
        notes = [row[2] for row in rows if row[0] == title and row[1] == "Note"]
        if notes != ([spec["note"]] if spec["note"] else []):
            yield f"another note: {title}"
        if [row[1] for row in body] == ["Withheld"]:
            if body[0][2:] != [WITHHELD, ""]:
                yield f"a withheld table that tells: {title}"
            continue
        number = banding_of(spec, {row[1]: row[2] for row in body})
        if number is None:
            yield f"lines that the specification does not have: {title}"
            continue
        expected = [place for place, *_ in places(spec, number)]
        if [row[1] for row in body] != expected:
            yield f"lines in another order, or more than once: {title}"
        for row in body:
            if row[3] != spec["unit"]:
                yield f"another unit: {title}: {row[1]}"
            if row[2] == HIDDEN:
                continue
            if not re.fullmatch(r"0|[1-9][0-9]*", row[2]):
                yield f"neither a number nor the mark: {title}: {row[1]}: {row[2]}"
            elif int(row[2]) % rule["base"]:
                yield f"a number that is not rounded: {title}: {row[1]}"
            elif 0 < int(row[2]) < min(rule["threshold"], rounded(rule["threshold"], rule["base"])):
                yield f"a small number: {title}: {row[1]}"
            elif row[2] == "0" and spec["zeros"] == "hidden" and not impossible(spec, number, row[1]):
                yield f"a zero where zeros are hidden: {title}: {row[1]}"


def specified(rows, specs, rule, titles):
    """What is said for reading a file back that is not public, or not so."""
    said = [row[1:] for row in rows if row[0] == READING]
    if [row[0] for row in said[:3]] != ["Release", "Quarter", "Frame"] or not re.fullmatch(r"-?\d+", said[1][1]) or not said[2][1].isdigit():
        yield "another publication is named"
        return
    numbers = [["Small below", str(rule["threshold"]), ""], ["Rounded to", str(rule["base"]), ""],
               ["Smallest frame", str(rule["smallest_frame"]), "families"], ["Sums from", str(rule["sums_from"]), "families"]]
    if said[3:7] != numbers:
        yield "another rule in numbers"
    by_title = {spec["title"]: spec for spec in specs}
    for number, title in enumerate(titles):
        spec = by_title.get(title)
        names = [f"{spec['name']}, version {spec['version']}, banding {at}" for at in range(len(spec["bandings"]))] if spec else []
        if 7 + number >= len(said) or said[7 + number][0] != f"Table {number + 1}" or said[7 + number][1] not in names or said[7 + number][2]:
            yield f"another specification: {title}"
    if len(said) != 7 + len(titles):
        yield "more is said for reading back than there are tables"


def impossible(spec, banding, place):
    """Whether nothing can be counted in a place."""
    line, column = next((line, column) for label, line, column in places(spec, banding) if label == place)
    classes = [c for number, one in enumerate(spec["bandings"][banding]["lines"]) if line in (None, number) for c in one["classes"]]
    columns = range(width(spec)) if column is None else [column]
    return all([c, at] in spec["impossible"] for c in classes for at in columns)


def rounded(number, base):
    """To the nearest multiple, halves up."""
    return (2 * number + base) // (2 * base) * base
