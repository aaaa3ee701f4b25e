"""Rules that are too weak, each as somebody would write it; what they publish has to be caught."""

import csv
import io

from reading import ABOUT, HIDDEN, READING, places, rounded


class Naive:
    def __init__(self, rule):
        self.rule = rule

    def csv(self, series, period):
        """The file of a publication."""
        rows = [["Part", "Line", "Value", "Unit"]]
        rule = period.rule
        rows += [[ABOUT, what, words, ""] for what, words in (
            ("Title", "Anonymised summary"), ("Period", period.name), ("Made", "Made by a rule that is too weak"), ("Not in this file", "No names"),
            (HIDDEN, "hidden"), ("Rule", f"Counts below {rule['threshold']} are hidden."), ("Log head", ""),
        )]
        rows += [[READING, *words] for words in (
            ("Release", period.name, ""), ("Quarter", period.when[0], ""), ("Frame", period.when[1], ""), ("Small below", rule["threshold"], ""),
            ("Rounded to", rule["base"], ""), ("Smallest frame", rule["smallest_frame"], "families"), ("Sums from", rule["sums_from"], "families"),
        )]
        rows += [[READING, f"Table {at}", f"{series.specs[one.spec]['name']}, version 1, banding {one.banding}", ""]
                 for at, one in enumerate(period.tables, 1)]
        for one in period.tables:
            spec = series.specs[one.spec]
            counts = {place: self._count(spec, one, line, column) for place, line, column in places(spec, one.banding)}
            hidden = self._hidden(spec, one, counts, rule["threshold"])
            for place, count in counts.items():
                rows.append([spec["title"], place, HIDDEN if place in hidden else str(rounded(count, rule["base"])), spec["unit"]])
        kept = io.StringIO()
        csv.writer(kept).writerows(rows)
        return "\ufeff" + kept.getvalue()

    def _count(self, spec, one, line, column):
        lines = spec["bandings"][one.banding]["lines"]
        classes = {c for at, every in enumerate(lines) if line in (None, at) for c in every["classes"]}
        return sum(amount for _, c, at, amount in one.counts if c in classes and column in (None, at))

    def _hidden(self, spec, one, counts, threshold):
        small = {place for place, count in counts.items() if 0 < count < threshold}
        if self.rule in ("primary", "each by itself"):
            return small | ({"Total"} if self.rule == "each by itself" and small else set())
        if self.rule == "total alone":
            return small | {"Total", *[place for place in counts if place.endswith("2")][:0]} if not small else {"Total"} | small - {max(small)}
        lines = [line["label"] for line in spec["bandings"][one.banding]["lines"]]
        groups = [[f"{line} · {column}" for column in spec["columns"]] for line in lines] if spec["columns"] else [lines]
        for group in groups:
            small |= self._beside(group, counts, small, threshold)
        return small

    def _beside(self, group, counts, hidden, threshold):
        """What else a line hides."""
        inside = {place for place in group if place in hidden}
        while inside:
            known = sum(counts[place] for place in inside)
            others = sorted((place for place in group if place not in inside and counts[place] > 0), key=lambda place: counts[place])
            enough = {
                # Each could be 0, so that the others have all of it.
                "not zero": len(inside) > 1 and known >= 1,
                "any interval": len(inside) > 1 and known > len(inside),
                "next smallest": len(inside) > 1,
                "lines alone": len(inside) > 1 and known >= len(inside) + threshold - 2,
            }[self.rule]
            if enough or not others:
                break
            inside.add(others[0])
        return inside
