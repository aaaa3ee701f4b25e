"""Other tools on the same tables, before the same attacker: what each leaves to be found out, and what it
takes away. Neither is told without the other.

ACRO is run for real. Its totals are those of what it shows, so it is attacked twice: as printed, and
beside the true totals, which are known wherever the team's size is. The rule of HES (1 to 7 hidden, the
rest to the nearest 5) and suppression of small counts alone are written down here. The R packages
GaussSuppression and sdcTable are run where R is.
"""

import logging
import math
import random
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path

from attackers import Model
from generate import QUARTER, YEAR, Counted, Period, Series, key, weights
from reading import HIDDEN, File, places, rounded
from specs import spec

LINES, COLUMNS, FAMILIES, SMALL = 6, 5, 150, 5


def table(seed):
    """A table of 150 families, six by five."""
    chance = random.Random(f"peers {seed}")
    one = spec("peers", [f"Line {'ABCDEF'[n]}" for n in range(LINES)], columns=[f"Column {'ABCDE'[n]}" for n in range(COLUMNS)], zeros="shown")
    grid = [(line, column) for line in range(LINES) for column in range(COLUMNS)]
    chosen = chance.choices(grid, weights(chance, len(grid)), k=FAMILIES)
    return one, Counted(0, 0, FAMILIES, [[who, *place, 1] for who, place in enumerate(chosen)])


def truth(one, counted):
    counts = counted.places()
    return {place: sum(n for (l, c), n in counts.items() if line in (None, l) and column in (None, c)) for place, line, column in places(one, 0)}


def loss(printed, true):
    """IL1, the share of numbers other than zero that are hidden or wrong, and hidden beside small ones."""
    weight = {place: math.log2(2 + count) for place, count in true.items() if count}
    gone = [place for place in weight if printed[place] == HIDDEN or printed[place] is None]
    small = [place for place in gone if true[place] < SMALL]
    return {"il1": sum(weight[place] for place in gone) / sum(weight.values()), "hidden": len(gone) / len(weight),
            "beside": len(gone) - len(small), "small": len(small)}


def judged(one, printed, true, rule, only_small=False):
    """What an attacker finds, and what is lost. `only_small` if a mark is only ever at small numbers."""
    small = {place for place, text in printed.items() if text.isdigit() and 0 < int(text) < rule["threshold"]}
    model = Model([File("peers", (0, 0), rule, {one["title"]: {place: HIDDEN if place in small else text for place, text in printed.items()}})], [one])
    for number, _, place, terms, _ in model.cells:
        if place in small:
            model.system.bound(terms, int(printed[place]), int(printed[place]))
    model.targets = [target for target in model.targets if target.place not in small]
    if only_small:
        for target in model.targets:
            model.system.bound(target.terms, None, rule["threshold"] - 1)
    hits = model.attack("A1")
    found = {"exact": 0, "narrowed": 0}
    for hit in hits:
        place = hit.target.split(": ")[-1]
        if 0 < true[place] < rule["threshold"]:
            found["exact" if hit.exact else "narrowed"] += 1
    return found


def attune(harness, one, counted, rule, zeros, seed):
    one = {**one, "zeros": zeros}
    series = Series(seed, "peers", key(f"peers {seed}"), [one], [], [Period("2026", (8106, 0), rule, [counted])])
    (_, file), = harness.publish(series, proofs=False)
    if file is None or file.withheld:
        return None, one
    return file.tables[one["title"]], one


def acro(one, counted):
    """What ACRO prints, with its suppression on and the same threshold."""
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)
    import pandas as pd
    from acro import ACRO

    with tempfile.TemporaryDirectory():
        session = ACRO(suppress=True)
        session.config["safe_threshold"] = SMALL
        rows = [[one["classes"][line], one["columns"][column]] for _, line, column, _ in counted.counts]
        frame = pd.DataFrame(rows, columns=["line", "column"])
        output = session.crosstab(frame["line"], frame["column"], margins=True)
    printed = {}
    for place, line, column in places(one, 0):
        row = one["classes"][line] if line is not None else "All"
        head = one["columns"][column] if column is not None else "All"
        value = output.loc[row, head] if row in output.index and head in output.columns else float("nan")
        printed[place] = HIDDEN if value != value else str(int(value))
    return printed


def one(harness, seed):
    """Each tool on the table of a seed."""
    one, counted = table(seed)
    true = truth(one, counted)
    found = {"small": sum(0 < count < SMALL for count in true.values()), "tools": {}}

    def tell(name, printed, one, rule, only_small=False, lost=None):
        found["tools"][name] = {**judged(one, printed, true, rule, only_small), **loss(lost or printed, true)}

    for name, rule, zeros in (("Attune, a year (exact)", YEAR, "shown"), ("Attune, a quarter (rounded)", QUARTER, "hidden")):
        printed, mine = attune(harness, one, counted, rule, zeros, seed)
        if printed is None:
            found["tools"][name] = {"withheld": 1}
        else:
            tell(name, printed, mine, rule)
    small = {place: HIDDEN if 0 < count < SMALL else str(count) for place, count in true.items()}
    tell("Small counts alone", small, one, YEAR, only_small=True)
    printed = acro(one, counted)
    # Numbers that are not true are lost as those that are hidden are.
    lost = {place: text if text == str(true[place]) else HIDDEN for place, text in printed.items()}
    hidden = {**one, "zeros": "hidden"}
    inner = {place: text for place, text in printed.items() if " · " in place and not place.startswith("Total")}
    alone = {place: inner.get(place, HIDDEN) for place in printed}
    tell("ACRO, as printed", {p: HIDDEN if t == "0" else t for p, t in alone.items()}, hidden, YEAR, lost=lost)
    beside = {place: inner.get(place, str(true[place])) for place in printed}
    tell("ACRO, beside the true totals", {p: HIDDEN if t == "0" else t for p, t in beside.items()}, hidden, YEAR, lost=lost)
    hes = {place: HIDDEN if 1 <= count <= 7 else str(rounded(count, 5)) for place, count in true.items()}
    tell("HES rule (1–7, nearest 5)", hes, one, {**QUARTER, "threshold": 8}, only_small=True)
    found["tools"].update(in_r(seed, one, counted, true))
    return found


def in_r(seed, one, counted, true):
    """GaussSuppression and sdcTable, where R and they are."""
    if not has_r():
        return {}
    counts = counted.places()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "table.csv")
        data.write_text("line,column,n\n" + "".join(f"{line},{column},{counts.get((line, column), 0)}\n" for line in range(LINES) for column in range(COLUMNS)))
        program = (f'd <- read.csv("{data}"); r <- GaussSuppression::SuppressSmallCounts(d, maxN = {SMALL - 1}, freqVar = "n", '
                   'dimVar = c("line", "column"), printInc = FALSE); write.csv(r, stdout(), row.names = FALSE)')
        run = subprocess.run(["Rscript", "-e", program], capture_output=True, text=True, check=False)
    if run.returncode:
        return {}
    printed = {}
    for row in run.stdout.splitlines()[1:]:
        line, column, number, *_, hide = (text.strip('"') for text in row.split(","))
        line, column = None if line == "Total" else int(line), None if column == "Total" else int(column)
        place = next(place for place, at, on in places(one, 0) if (at, on) == (line, column))
        printed[place] = HIDDEN if hide == "TRUE" else number
    return {"GaussSuppression": {**judged(one, printed, true, YEAR), **loss(printed, true)}}


def has_r():
    return shutil.which("Rscript") is not None
