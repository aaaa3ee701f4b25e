"""Whether a proof is of the release that a CSV file is of, and by the rule that the file names: the second
checker's reading of a file, which shares nothing with that of `attune-proof`."""

import csv
from pathlib import Path

from check_proof import is_of, need

OWN = ("About this release", "Specification")


def is_of_file(raw, path):
    """Raises Refused, unless a proof is that of a file."""
    rows = [[text.removeprefix("'") for text in row] for row in csv.reader(Path(path).read_text("utf-8-sig").splitlines())]
    need(rows[:1] == [["Part", "Line", "Value", "Unit"]], "not the CSV file of a release")
    own = {(part, line): value for part, line, value, _ in rows if part in OWN}
    # What has no unit is no number: a note, or that a table is withheld.
    printed = [row for row in rows[1:] if row[0] not in OWN and row[3]]
    release, units = own["Specification", "Release"], {(row[0], row[1]): row[3] for row in printed}
    is_of(raw, release, [row[:3] for row in printed])
    need(raw["digest"] in own.get(("About this release", "Proof"), raw["digest"]), "the file names another proof")
    small, base, sums = (int(own["Specification", what]) for what in ("Small below", "Rounded to", "Sums from"))
    need(raw["threshold"] == small, "the proof is of another threshold")
    here = [cell for cell in raw["cells"] if cell["release"] == release]
    for cell in here:
        least = max(small, sums) if units[cell["table"], cell["line"]] == "contacts" else small
        need(cell["base"] == base and cell["from"] >= least, "the proof is of another rule")
    for total in (cell for cell in here if cell["line"] == "Total"):
        whole = variables(total)
        inside = {one for cell in here if cell["table"] == total["table"] and cell["line"] != "Total" for one in variables(cell)}
        need(inside == whole or whole and not whole & inside and all(divides(raw, one, whole) for one in inside), "a total of other lines")


def variables(cell):
    return {variable for variable, _ in cell["sum"]}


def divides(raw, variable, whole):
    """Whether a fact says that a line with this variable divides all of them."""
    exact = (fact["sum"] for fact in raw["facts"] if fact["least"] == fact["most"] == 0)
    return any([variable, 1] in terms and all([one, -1] in terms for one in whole) for terms in exact)
