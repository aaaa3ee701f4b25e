"""Every table up to three by three with at most twelve in it, one of each that are alike but for the
order of lines and columns: what enumeration finds possible is what the attack finds, every value that
must be possible is, and every witness of the proof is a table that there can be."""

import functools
import itertools

import numpy as np

from attackers import Model, said
from generate import Period, Series, key
from matching import counted, shape, tables
from reading import HIDDEN, places
from specs import zero_floor
from worlds import Worlds

SHAPES = [(2, 0), (3, 0), (2, 2), (2, 3), (3, 3)]
RULES = [(5, 1, "shown"), (3, 1, "shown"), (5, 5, "hidden"), (3, 1, "hidden"), (8, 5, "hidden"), (3, 5, "shown")]
MOST, CHUNKS = 12, 240


def seeds(quick):
    return range(0, CHUNKS, 120) if quick else range(CHUNKS)


def alike(table, lines, columns):
    """The first of all tables that are alike but for the order of lines and columns."""
    if not columns:
        return tuple(sorted(table))
    rows = [table[at * columns:(at + 1) * columns] for at in range(lines)]
    ways = [rows] + ([list(zip(*rows))] if lines == columns else [])
    return min(tuple(itertools.chain(*sorted(tuple(row[at] for at in order) for row in way)))
               for way in ways for order in itertools.permutations(range(columns)))


@functools.cache
def classes():
    """One of each, in order."""
    found = []
    for lines, columns in SHAPES:
        rows = [row for total in range(MOST + 1) for row in tables(columns or 1, total)]
        rows.sort()

        def more(so_far, left, start):
            if len(so_far) == lines:
                table = tuple(itertools.chain(*so_far))
                if any(table) and alike(table, lines, columns) == table:
                    found.append((lines, columns, table))
                return
            for at in range(start, len(rows)):
                if sum(rows[at]) <= left:
                    more([*so_far, rows[at]], left - sum(rows[at]), at)

        more([], MOST, 0)
    return found


def one(harness, seed):
    """A part of all of them, each under two rules."""
    found = {"tables": 0, "questions": 0, "withheld": 0, "hits": [], "different": []}
    for number, (lines, columns, table) in enumerate(classes()):
        if number % CHUNKS != seed:
            continue
        for at in (number // CHUNKS, number // CHUNKS + 1 + number % 3):
            threshold, base, zeros = RULES[at % len(RULES)]
            rule = {"threshold": threshold, "base": base, "smallest_frame": 1, "sums_from": 10}
            spec = shape(lines, columns, zeros)
            series = Series(number, "exhaustive", key(number), [spec], [], [Period("all", (0, 0), rule, [counted(table, columns)])])
            (answer, file), = harness.publish(series)
            if file is None or file.withheld:
                found["withheld"] += 1
                continue
            compare(found, series, spec, file, answer, (table, rule))
    return found


def compare(found, series, spec, file, answer, what):
    model = Model([file], [spec])
    if not model.holds(series.truth):
        found["different"].append(f"{what}: the truth is not possible")
    by_place = enumerate_all(spec, file)
    worlds = Worlds(model.system, [target.terms for target in model.targets])
    found["tables"] += 1
    for number, target in enumerate(model.targets):
        found["questions"] += 1
        possible = by_place[target.place]
        attacked = {value for value in range(target.threshold + 1) if worlds.can_be(number, value)}
        if attacked != {value for value in possible if value <= target.threshold}:
            found["different"].append(f"{what}: {target.place}: enumeration {sorted(possible)}, attack {sorted(attacked)}")
        missing = [value for value in range(target.least, target.threshold) if value not in possible]
        if missing:
            found["hits"].append({"attacker": "all", "exact": len(possible) == 1, "words": f"{what}: {target.place} cannot be {missing}"})
        for who in ("outsider", "insider"):
            shown = witnessed(answer[who], target.place)
            if not shown & set(range(target.threshold + 1)) <= possible:
                found["different"].append(f"{what}: {target.place}: the {who} has a witness of {sorted(shown - possible)}")


def witnessed(proof, place):
    cell = next(cell for cell in proof["cells"] if cell["line"] == place)
    return {sum(world[variable] for variable, _ in cell["sum"]) for world in proof["witnesses"]}


def enumerate_all(spec, file):
    """For each hidden place every value it has in some table that agrees with the file, up to the
    threshold. Lines are put together one by one, by the sums of their columns."""
    table, rule = file.tables[spec["title"]], file.rule
    lines, columns = len(spec["classes"]), max(1, len(spec["columns"]))
    ranges = {(line, column): said(table[place], rule["base"], rule["threshold"], zero_floor(spec)) for place, line, column in places(spec, 0)}
    if not spec["columns"]:
        ranges = {(line, 0 if line is not None else None): one for (line, _), one in ranges.items()}
    total = ranges[None, None]
    far = total[1] if total[1] is not None else max([rule["threshold"] + 4, *(most or 0 for _, most in ranges.values())])
    size = far * lines + 1 if total[1] is None else far + 1

    def within(value, one):
        return value >= one[0] and (one[1] is None or value <= one[1])

    def ways(line):
        cells = [ranges[line, column] for column in range(columns)]
        values = [range(least, min(far, far if most is None else most) + 1) for least, most in cells]
        whole = ranges.get((line, None), (0, None))
        return [way for way in itertools.product(*values) if within(sum(way), whole) and sum(way) < size]

    def added(reached, way):
        """Sums of columns with one more line."""
        moved = np.zeros_like(reached)
        inner = tuple(slice(by, None) for by in way), tuple(slice(0, size - by) for by in way)
        moved[inner[0]] = reached[inner[1]]
        return moved

    each = [ways(line) for line in range(lines)]
    allowed = np.ones((size,) * columns, dtype=bool)
    grid = np.indices((size,) * columns)
    for column in range(columns):
        least, most = ranges.get((None, column), (0, None))
        allowed &= grid[column] >= least
        if most is not None:
            allowed &= grid[column] <= most
    sums = grid.sum(axis=0)
    allowed &= (sums >= total[0]) & (sums <= (total[1] if total[1] is not None else sums))
    start = np.zeros((size,) * columns, dtype=bool)
    start[(0,) * columns] = True
    found = {place: set() for place in table}
    labels = {(line, column if spec["columns"] else (0 if line is not None else None)): place for place, line, column in places(spec, 0)}
    for line in range(lines):
        rest = start
        for other in range(lines):
            if other != line:
                rest = np.logical_or.reduce([added(rest, way) for way in each[other]] or [np.zeros_like(start)])
        for way in each[line]:
            reached = added(rest, way) & allowed
            if reached.any():
                for column in range(columns):
                    found[labels[line, column]].add(way[column])
                if (line, None) in labels:
                    found[labels[line, None]].add(sum(way))
                if line == 0:
                    for column in range(columns):
                        if (None, column) in labels:
                            found[labels[None, column]] |= set(np.unique(grid[column][reached]).tolist())
                    found[labels[None, None]] |= set(np.unique(sums[reached]).tolist())
    return found
