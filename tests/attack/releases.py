"""One random release before every attacker that needs no more than one."""

import random

import proofs
from attackers import Model
from generate import release
from pages import book_complaints, page_complaints
from reading import HIDDEN, banding_of, complaints, places, rounded

# How many of the families that are counted in a hidden place look for others.
FAMILIES = 3


def attack(series, file, chance):
    """Every hit on one file, and how much was hidden in it."""
    specs, links = series.specs, series.links
    reader = Model([file], specs, links)
    if not reader.holds(series.truth):
        raise AssertionError(f"the attack is wrong: {series.kind} {series.seed}")
    hits = reader.attack("A8")
    if hits:
        # The weaker reader who finds it too has the name.
        for name, options in (("A1", {"product": False}), ("A0", {"product": False, "rule": False})):
            weaker = Model([file], specs, links, **options)
            weaker.targets = reader.targets if options.get("rule", True) else weaker.targets
            found = {hit.target for hit in weaker.attack(name)}
            for hit in hits:
                hit.attacker = name if hit.target in found else hit.attacker
    counter = Model([file], specs, links, totals=series.total)
    if not counter.holds(series.truth):
        raise AssertionError(f"the attack is wrong: {series.kind} {series.seed}, who can count")
    known = {hit.target for hit in hits}
    hits += [hit for hit in counter.attack("A6") if hit.target not in known]
    sums = {spec["title"] for spec in specs if spec["counts"] == "sums"}
    for own in families(series, file, reader, chance):
        for hit in reader.attack("A5", own):
            if hit.target not in known:
                hit.attacker = "A5 of sums" if hit.target.split(": ")[1] in sums else "A5"
                hits.append(hit)
    return hits, reader


def families(series, file, reader, chance):
    """Where some families are counted, of those that are counted where something is hidden."""
    period = series.periods[0]
    hidden = {}
    for number, spec, place, terms, text in reader.cells:
        if text == HIDDEN:
            hidden.setdefault(spec["name"], set()).update(terms)
    by_family = {}
    for one in period.tables:
        name = series.specs[one.spec]["name"]
        atoms = reader.atoms.get((name, period.when), {})
        for who, number, column, amount in one.counts:
            if (number, column) in atoms:
                by_family.setdefault(who, []).append((name, (number, column), amount, atoms[number, column] in hidden.get(name, ())))
    interested = sorted(who for who, places in by_family.items() if any(place[-1] for place in places))
    for who in chance.sample(interested, min(FAMILIES, len(interested))):
        own = {}
        for name, place, amount, _ in by_family[who]:
            own.setdefault((name, period.when), {})[place] = amount
        yield own


def one(harness, seed):
    """What is said of the release of a seed."""
    series = release(seed)
    (answer, file), = harness.publish(series)
    if file is None:
        return {"kind": series.kind, "stopped": True}
    rule = series.periods[0].rule
    hits, reader = attack(series, file, random.Random(f"families {seed}"))
    small = sum(1 for number, spec, place, terms, text in reader.cells if text == HIDDEN)
    told = list(complaints(answer["csv"], series.specs, rule)) + untrue(series, file)
    told += [*page_complaints(answer["page"], file, series.specs), *book_complaints(bytes.fromhex(answer["book"]), file)]
    refused = []
    for who in ("outsider", "insider"):
        second, first = proofs.second(answer[who], file), harness.check(answer[who], file)
        refused += [f"{who}: {why}" for why in (second, first) if why]
    return {
        "kind": series.kind, "rule": rule, "zeros": series.specs[0]["zeros"], "hidden": small, "questions": len(reader.targets),
        "tables": len(file.tables), "withheld": len(file.withheld), "seconds": answer["microseconds"] / 1e6,
        "hits": [{"attacker": hit.attacker, "exact": hit.exact, "words": hit.words()} for hit in hits], "complaints": told, "refused": refused,
    }


def untrue(series, file):
    """Shown numbers that are not what was counted, rounded."""
    found = []
    for one_table in series.periods[0].tables:
        spec = series.specs[one_table.spec]
        table = file.tables.get(spec["title"])
        if not table:
            continue
        counts, banding = one_table.places(), banding_of(spec, table)
        for place, line, column in places(spec, banding or 0):
            if table.get(place) in (HIDDEN, None) or not table[place].isdigit():
                continue
            if spec["several"] and line is None:
                true = one_table.frame
            else:
                lines = spec["bandings"][banding]["lines"]
                classes = {c for at, every in enumerate(lines) if line in (None, at) for c in every["classes"]}
                true = sum(amount for (c, at), amount in counts.items() if c in classes and column in (None, at))
            if rounded(true, file.rule["base"]) != int(table[place]):
                found.append(f"another number than was counted: {spec['title']}: {place}")
    return found
