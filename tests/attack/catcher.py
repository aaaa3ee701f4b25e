"""Everything that is looked at in what leaves. Each check has a name; a planted leak is caught by one."""

from dataclasses import dataclass, field

import proofs
from attackers import Model, corrected
from pages import book_complaints, page_complaints
from reading import HIDDEN, banding_of, complaints, places, read, rounded


@dataclass
class Leaving:
    """One publication as it leaves: its files and its proofs, and the period it was made of."""
    period: object
    csv: str
    page: str | None = None
    book: bytes | None = None
    outsider: dict | None = None
    insider: dict | None = None
    proved: bool = True

    def file(self):
        return read(self.csv, self.period.name, self.period.when, self.period.rule)


@dataclass
class Bundle:
    """Publications in the order they left, and what is known of them."""
    series: object
    leaving: list
    known: object = None
    total: object = None
    truth: object = None
    notes: list = field(default_factory=list)


def catch(harness, bundle):
    """What the checks find, as (check, words)."""
    specs, links, files = bundle.series.specs, bundle.series.links, []
    for one in bundle.leaving:
        told = list(complaints(one.csv, specs, one.period.rule))
        yield from (("file", words) for words in told)
        if told and any("four fields" in words or "lines that" in words or "nobody specified" in words or "neither a number" in words for words in told):
            continue
        file = one.file()
        files.append(file)
        yield from (("counts", words) for words in counts(bundle, one.period, file))
        yield from (("reader", hit.words()) for hit in Model([file], specs, links).attack("A8"))
        if one.page is not None:
            yield from (("page", words) for words in page_complaints(one.page, file, specs))
        if one.book is not None:
            yield from (("book", words) for words in book_complaints(one.book, file))
        if not one.proved:
            continue
        for who in ("outsider", "insider"):
            proof = getattr(one, who)
            if proof is None:
                yield "proof", f"no proof for the {who}"
                continue
            second, first = proofs.second(proof, file), harness.check(proof, file)
            if second or first:
                yield "proof", f"{who}: {second or 'accepted'} / {first or 'accepted'}"
    if len(files) == len(bundle.leaving) > 1:
        outsider = Model(files, specs, links)
        yield from (("all files", hit.words()) for hit in outsider.attack("A3 outsider"))
        yield from (("all files", hit.words()) for hit in corrected("A3 outsider", files))
        if bundle.known:
            insider = Model(files, specs, links, known=bundle.known, totals=bundle.total)
            yield from (("all files", hit.words()) for hit in insider.attack("A3 insider"))
        for at, one in enumerate(files):
            for other in files[at + 1:]:
                for title in one.tables.keys() & other.tables.keys():
                    same = one.when == other.when and one.rule == other.rule and list(one.tables[title]) == list(other.tables[title])
                    if same and one.tables[title] != other.tables[title]:
                        yield "one frame, one file", f"{title} is hidden in two ways"


def counts(bundle, period, file):
    """Numbers that are shown though they are others, or of too few, or nearly all of one."""
    rule = period.rule
    for one in period.tables:
        spec = bundle.series.specs[one.spec]
        table = file.tables.get(spec["title"])
        if not table:
            continue
        if one.frame < rule["smallest_frame"]:
            yield f"a table of {one.frame} families"
        banding = banding_of(spec, table)
        lines = spec["bandings"][banding]["lines"]
        for place, line, column in places(spec, banding):
            text = table[place]
            if text == HIDDEN:
                continue
            classes = {c for at, every in enumerate(lines) if line in (None, at) for c in every["classes"]}
            each = {}
            for who, c, at, amount in one.counts:
                if c in classes and column in (None, at):
                    each[who] = each.get(who, 0) + amount
            true = one.frame if spec["several"] and line is None else sum(each.values())
            if rounded(true, rule["base"]) != int(text):
                yield f"another number than was counted: {spec['title']}: {place}"
            if true and not (spec["several"] and line is None):
                few = len(each) < (rule["sums_from"] if spec["counts"] == "sums" else rule["threshold"])
                half = spec["counts"] == "sums" and max(each.values()) * 2 > true
                if few or half:
                    yield f"a number of too few families, or of one: {spec['title']}: {place}"
            if spec["sensitive"] and line is not None and column is not None:
                whole = sum(amount for _, c, _, amount in one.counts if c in classes)
                if true and true == whole:
                    yield f"all of a line are in one place: {spec['title']}: {place}"
