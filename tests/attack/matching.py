"""A4: who has the program runs it on every table that there can be, and keeps those that it would have
published like this.

With the key unknown, a table is possible if it is published like this with some key; keys are tried by
chance, and of a value that seems impossible many more. With the key known, only that key counts: that
must tell something on some tables, or the attack is too weak.
"""

import itertools
import random

from attackers import Model, said
from generate import Counted, Period, Series, key
from reading import HIDDEN, File, places
from specs import spec, zero_floor

# Lines, columns (0 for none), how many, threshold, base, zeros.
SETTINGS = [
    (3, 0, 12, 5, 1, "shown"), (3, 0, 14, 5, 5, "hidden"), (4, 0, 9, 3, 1, "shown"), (3, 0, 13, 5, 1, "hidden"), (2, 2, 9, 3, 1, "shown"),
    (2, 2, 12, 5, 1, "shown"), (2, 2, 10, 3, 5, "hidden"), (4, 0, 10, 3, 5, "hidden"), (2, 3, 6, 3, 1, "shown"), (3, 0, 17, 5, 1, "shown"),
]
MORE, TABLES = 300, 20


def seeds(quick):
    return range(1) if quick else range(len(SETTINGS))


def shape(lines, columns, zeros):
    return spec("matched", [f"Line {n + 1}" for n in range(lines)], columns=[f"Column {n + 1}" for n in range(columns)], zeros=zeros)


def counted(table, columns):
    """A table of families from its counts, line by line."""
    width = max(1, columns)
    counts, who = [], 0
    for at, number in enumerate(table):
        for _ in range(number):
            counts.append([who, at // width, at % width, 1])
            who += 1
    return Counted(0, 0, who, counts)


def tables(cells, total):
    """Every table of so many cells with this total."""
    for bars in itertools.combinations(range(total + cells - 1), cells - 1):
        edges = [-1, *bars, total + cells - 1]
        yield tuple(right - left - 1 for left, right in zip(edges, edges[1:]))


class Runs:
    """The program, run on tables of one shape."""

    def __init__(self, harness, setting):
        self.harness, (lines, self.columns, _, threshold, base, zeros) = harness, setting
        self.spec = shape(lines, self.columns, zeros)
        self.rule = {"threshold": threshold, "base": base, "smallest_frame": 1, "sums_from": 10}
        self.known = {}

    def publish(self, pairs):
        """What is printed of each table with each key; None if it is withheld."""
        left = [pair for pair in dict.fromkeys(pairs) if pair not in self.known]
        for start in range(0, len(left), 200):
            some = left[start:start + 200]
            periods = [Period(f"{n}", (n, 0), self.rule, [counted(table, self.columns)], key=key(secret)) for n, (table, secret) in enumerate(some)]
            series = Series(0, "matching", key(0), [self.spec], [], periods)
            for pair, (_, file) in zip(some, self.harness.publish(series, register=False, proofs=False)):
                table = file.tables.get(self.spec["title"]) if file else None
                self.known[pair] = tuple(table.items()) if table else None
        return [self.known[pair] for pair in pairs]


def values(spec, table, place):
    """The value of a place in a table."""
    line, column = next((line, column) for label, line, column in places(spec, 0) if label == place)
    width = max(1, len(spec["columns"]))
    return sum(number for at, number in enumerate(table) if line in (None, at // width) and column in (None, at % width))


def one(harness, seed):
    """Some tables of one setting, each published with a key of its own."""
    setting = SETTINGS[seed]
    chance = random.Random(f"matching {seed}")
    runs = Runs(harness, setting)
    lines, columns, total, threshold, *_ = setting
    near = [table for number in range(max(1, total - threshold), total + threshold + 1) for table in tables(lines * max(1, columns), number)]
    start = [table for table in near if sum(table) == total]
    found = {"tables": 0, "questions": 0, "exact": 0, "narrowed": 0, "known_exact": 0, "known_narrowed": 0, "hits": []}
    chance.shuffle(start)
    for table in start:
        secret = f"{seed} {table}"
        printed, = runs.publish([(table, secret)])
        if not printed or HIDDEN not in dict(printed).values():
            continue
        if found["tables"] == TABLES:
            break
        found["tables"] += 1
        like = [other for other in near if agrees(runs, other, printed)]
        with_key = [other for other, seen in zip(like, runs.publish([(other, secret) for other in like])) if seen == printed]
        model = Model([_file(runs, printed)], [runs.spec])
        told = {target.place: {values(runs.spec, other, target.place) for other in with_key} for target in model.targets}
        for target in model.targets:
            found["questions"] += 1
            found["known_exact"] += len(told[target.place]) == 1
            found["known_narrowed"] += not set(range(target.least, target.threshold)) <= told[target.place]
        for target in model.targets:
            band = range(target.least, target.threshold)
            missing = [value for value in band if value not in told[target.place] and not search(runs, like, printed, target.place, value, told)]
            if missing:
                # What is left may only be one of the values that are not small.
                others = {values(runs.spec, other, target.place) for other in like} - set(band) - told[target.place]
                exact = len(told[target.place]) == 1 and not any(search(runs, like, printed, target.place, one, told) for one in sorted(others))
                found["exact" if exact else "narrowed"] += 1
                if exact:
                    words = f"A4: {setting}: {table} as {printed}: {target.place} is {told[target.place]}"
                    found["hits"].append({"attacker": "A4", "exact": True, "words": words})
    return found


def search(runs, like, printed, place, value, told):
    """Whether some table with this value is published like this with one of many keys; if so, all its
    values are possible."""
    for start in range(0, MORE, 25):
        for table in like:
            if values(runs.spec, table, place) != value:
                continue
            secrets = [f"more {number}" for number in range(start, start + 25)]
            if any(seen == printed for seen in runs.publish([(table, secret) for secret in secrets])):
                for one in told:
                    told[one].add(values(runs.spec, table, one))
                return True
    return False


def agrees(runs, table, printed):
    """Whether a table agrees with what is printed, by the rule alone."""
    for place, text in printed:
        least, most = said(text, runs.rule["base"], runs.rule["threshold"], zero_floor(runs.spec))
        value = values(runs.spec, table, place)
        if value < least or (most is not None and value > most):
            return False
    return True


def _file(runs, printed):
    return File("matched", (0, 0), runs.rule, {runs.spec["title"]: dict(printed)})
