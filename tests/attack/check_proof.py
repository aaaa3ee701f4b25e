"""The second checker of proofs: check_proof.py PROOF.json [FILE.csv]. Says whether a proof shows that each hidden
number can be every small value. It was written from the description of the format in `attune-proof` and shares
nothing with the checker there. Nothing is searched: whole numbers are added and compared."""

import hashlib
import json
import sys
from pathlib import Path

MARK = "[c]"
FIELDS = {kind: names.split() for kind, names in {
    "proof": "format subject threshold variables facts cells differences witnesses digest",
    "variable": "name least most", "fact": "says sum least most", "difference": "says of less",
    "cell": "release table line sum printed base from floor own parts",
}.items()}


class Refused(Exception):
    """Why a proof proves nothing."""


def need(so, why):
    if not so:
        raise Refused(why)


def number(value, least=-(2**63), most=2**63 - 1):
    return need(type(value) is int and least <= value <= most, "not a number, or too large") or value


def maybe(*values):
    return [number(value) for value in values if value is not None]


def record(value, kind):
    """The fields of an object, which are these and no others, in their order."""
    need(isinstance(value, dict) and sorted(value) == sorted(FIELDS[kind]), f"not the fields of a {kind}")
    texts = {"subject", "digest", "name", "says", "release", "table", "line", "printed"} & value.keys()
    need(all(isinstance(value[name], str) for name in texts), f"a {kind} without its words")
    return {name: value[name] for name in FIELDS[kind]}


def summed(value, variables):
    need(isinstance(value, list) and all(isinstance(term, list) and len(term) == 2 for term in value), "not a sum")
    for variable, factor in value:
        number(variable, 0, variables - 1), number(factor)
    need(len({variable for variable, _ in value}) == len(value), "a variable twice in a sum")
    return value


def said(cell):
    """The least and the most that a printed text can be; the most is None if nothing bounds it."""
    text, base, floor = cell["printed"], cell["base"], cell["floor"]
    if text == MARK:
        return floor, None
    need(base >= 1 and text.isascii() and text.isdigit(), "neither a number nor the mark")
    value = number(int(text))
    need(value % base == 0, "a number that is not rounded")
    if value == 0:
        return need(floor == 1 or not cell["sum"], "a zero where zeros are hidden") or (0, 0)
    # Halves are rounded up, and what was small before was hidden.
    least, most = max(value - base // 2, cell["from"]), number(value + (base - 1) // 2)
    return need(least <= most, "a small number") or (least, most)


def shape(raw):
    proof = record(raw, "proof")
    need(type(proof["format"]) is int and proof["format"] == 1, "another format")
    threshold = number(proof["threshold"], 3, 11)
    need(all(isinstance(proof[name], list) for name in FIELDS["proof"][3:8]), "a list is missing")
    for name in FIELDS["proof"][3:7]:
        proof[name] = [record(one, name[:-1]) for one in proof[name]]
    cells, variables = proof["cells"], len(proof["variables"])
    for one in proof["variables"] + proof["facts"]:
        summed(one.get("sum", []), variables), maybe(one["least"], one["most"])
    maybe(*(number(one["least"]) for one in proof["variables"]))
    for at, cell in enumerate(cells):
        need(all(factor == 1 for _, factor in summed(cell["sum"], variables)), "a factor that is not 1")
        number(cell["base"], 0, 2**32 - 1), number(cell["floor"], 0, 1), number(cell["own"], 0, 2**32 - 1)
        need(isinstance(cell["parts"], list) and all(number(part, 0, len(cells) - 1) != at for part in cell["parts"]), "no such part")
        said(cell), number(cell["from"], threshold, 2**32 - 1)
    for cell in cells:
        inside, whole = [v for part in cell["parts"] for v, _ in cells[part]["sum"]], {v for v, _ in cell["sum"]}
        need(len(set(inside)) == len(inside) and set(inside) <= whole, "parts that are none")
    maybe(*(number(one[name], 0, len(cells) - 1) for one in proof["differences"] for name in ("of", "less")))
    for world in proof["witnesses"]:
        need(isinstance(world, list) and len(world) == variables == len(maybe(*world)), "a witness of another length")
    return proof


def total(terms, world):
    return number(sum(world[variable] * factor for variable, factor in terms))


def check(raw):
    """Raises Refused, unless every hidden number can be each small value, and every difference too, or
    many values that are not all small."""
    proof = shape(raw)
    bare = json.dumps({**proof, "digest": ""}, separators=(",", ":"), ensure_ascii=False)
    need(hashlib.sha256(bare.encode()).hexdigest() == proof["digest"], "the digest is another one")
    cells, threshold, read = proof["cells"], proof["threshold"], [said(cell) for cell in proof["cells"]]
    for world in proof["witnesses"]:
        known = [(value, one["least"], one["most"]) for one, value in zip(proof["variables"], world)]
        known += [(total(fact["sum"], world), fact["least"], fact["most"]) for fact in proof["facts"]]
        known += [(total(cell["sum"], world), *what) for cell, what in zip(cells, read)]
        so = all((least is None or value >= least) and (most is None or value <= most) for value, least, most in known)
        need(so, "a witness against a fact, or against what is printed")
    shown = [[total(cell["sum"], world) for cell in cells] for world in proof["witnesses"]]
    hidden = [(at, cell) for at, cell in enumerate(cells) if cell["printed"] == MARK]
    for at, cell in hidden:
        forced = max(cell["floor"], sum(read[part][0] for part in cell["parts"]))
        need(set(range(forced, threshold)) <= {values[at] for values in shown}, f"{cell['line']} could be told")
        for other, known in hidden:
            # One contributor knows its own part of another place of the same table; of a part, also a smaller one.
            if other == at or not known["own"] or (known["release"], known["table"]) != (cell["release"], cell["table"]):
                continue
            part = other in cell["parts"]
            for own in range(1, min(known["own"], threshold) + 1) if part else (known["own"],):
                beside = {values[at] for values in shown if values[other] >= own}
                small = set(range(forced + part * (own - known["floor"]), threshold))
                need(small <= beside, f"{cell['line']} could be told by who knows {known['line']}")
    for one in proof["differences"]:
        (least, most), (fewest, greatest) = read[one["of"]], read[one["less"]]
        lowest, highest = None if greatest is None else least - greatest, None if most is None else most - fewest
        large = (lowest is not None and lowest >= threshold) or (highest is not None and highest <= -threshold)
        if large or (lowest, highest) == (0, 0):
            continue
        apart = {values[one["of"]] - values[one["less"]] for values in shown}
        wide = len(apart) >= threshold <= max(apart) or set(range(1 - threshold, 1)) <= apart
        need(wide or set(range(1, threshold)) <= apart, f"{one['says']} could be told")


def is_of(raw, release, printed):
    """Raises Refused, unless the proof is of what a publication prints: (table, line, text)."""
    proved = {(cell["table"], cell["line"], cell["printed"]) for cell in raw["cells"] if cell["release"] == release}
    need(proved == {tuple(one) for one in printed}, "the file says something else")


def main(proof, file=None):
    check(raw := json.loads(Path(proof).read_text("utf-8")))
    if file:
        from check_file import is_of_file

        is_of_file(raw, file)
    print(f"Accepted: {raw['subject']}")


if __name__ == "__main__":
    main(*sys.argv[1:])
