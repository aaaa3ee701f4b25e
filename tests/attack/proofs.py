"""Proofs, and proofs that were altered, before both checkers."""

import copy
import hashlib
import json
import random

import check_proof
from check_proof import FIELDS, MARK


def second(proof, file):
    """Why the second checker refuses a proof; None if it accepts it."""
    try:
        check_proof.check(proof)
        check_proof.is_of(proof, file.name, file.printed())
    except check_proof.Refused as refused:
        return str(refused)
    return None


def sealed(proof):
    """The proof with the digest that it should have."""
    ordered = {name: proof[name] for name in FIELDS["proof"]}
    bare = json.dumps({**ordered, "digest": ""}, separators=(",", ":"), ensure_ascii=False)
    return {**proof, "digest": hashlib.sha256(bare.encode()).hexdigest()}


# Alterations: each changes a copy of a proof and answers True if what it says is false or malformed
# now, whatever digest it has; False if it says less, which only the digest tells; None if it cannot
# be done to this proof.


def touched(proof, variable):
    """Whether a printed number or an exact fact counts a variable, in such a way that one more shows."""
    exact = [fact["sum"] for fact in proof["facts"] if fact["least"] == fact["most"]]
    exact += [cell["sum"] for cell in proof["cells"] if cell["printed"] != MARK and cell["base"] == 1]
    return any(variable == one for terms in exact for one, factor in terms)


def witness_value(proof, chance):
    """A number of a witness is one more, where an exact sum tells."""
    if not proof["witnesses"]:
        return None
    world = chance.choice(proof["witnesses"])
    known = [variable for variable in range(len(world)) if touched(proof, variable)]
    if not known:
        return None
    world[chance.choice(known)] += chance.choice((1, 2, 5))
    return True


def witness_negative(proof, chance):
    """A number of a witness is below its bound."""
    if not proof["witnesses"] or not proof["variables"]:
        return None
    at = chance.randrange(len(proof["variables"]))
    chance.choice(proof["witnesses"])[at] = proof["variables"][at]["least"] - 1
    return True


def witness_far(proof, chance):
    """A number of a witness is larger than what is printed."""
    shown = [cell for cell in proof["cells"] if cell["printed"] != MARK and cell["sum"]]
    if not proof["witnesses"] or not shown:
        return None
    chance.choice(proof["witnesses"])[chance.choice(shown)["sum"][0][0]] += 10**6
    return True


def witness_dropped(proof, chance):
    """A witness is missing that alone shows a value of a hidden number."""
    threshold, only = proof["threshold"], []
    for cell in proof["cells"]:
        if cell["printed"] == MARK and not cell["parts"]:
            for value in range(cell["floor"], threshold):
                shows = [at for at, world in enumerate(proof["witnesses"]) if sum(world[v] * f for v, f in cell["sum"]) == value]
                if len(shows) == 1:
                    only += shows
    if not only:
        return None
    del proof["witnesses"][chance.choice(only)]
    return True


def witness_shortened(proof, chance):
    """A witness has a number too few."""
    if not proof["witnesses"] or not proof["variables"]:
        return None
    chance.choice(proof["witnesses"]).pop()
    return True


def witnesses_gone(proof, chance):
    """There are no witnesses."""
    if not any(cell["printed"] == MARK and not cell["parts"] for cell in proof["cells"]):
        return None
    proof["witnesses"] = []
    return True


def printed_changed(proof, chance, by=(1, 5, 10, 50)):
    """A printed number is another one."""
    shown = [cell for cell in proof["cells"] if cell["printed"] not in (MARK, "0")]
    if not shown:
        return None
    cell = chance.choice(shown)
    cell["printed"] = str(int(cell["printed"]) + chance.choice(by) * chance.choice((1, cell["base"])))
    return True


def printed_hidden(proof, chance):
    """A number that is printed is said to be hidden."""
    shown = [cell for cell in proof["cells"] if cell["printed"] not in (MARK, "0")]
    if not shown:
        return None
    chance.choice(shown)["printed"] = MARK
    return True


def hidden_printed(proof, chance):
    """A hidden number is said to be printed."""
    hidden = [cell for cell in proof["cells"] if cell["printed"] == MARK]
    if not hidden:
        return None
    cell = chance.choice(hidden)
    cell["printed"] = str(max(cell["base"], 1) * 4)
    return True


def other_mark(proof, chance):
    """A mark is another one."""
    hidden = [cell for cell in proof["cells"] if cell["printed"] == MARK]
    if not hidden:
        return None
    chance.choice(hidden)["printed"] = chance.choice(("[s]", "*", "", "-1", "+5", " 5", "5 ", "٥", "[C]", "1e1", "5.0"))
    return True


def threshold_raised(proof, chance):
    """More must be possible than the witnesses show."""
    if proof["threshold"] > 10 or not any(cell["printed"] == MARK and not cell["parts"] for cell in proof["cells"]):
        return None
    proof["threshold"] += 1
    cells = [cell for cell in proof["cells"] if cell["printed"] == MARK and not cell["parts"]]
    value = proof["threshold"] - 1
    return any(all(sum(world[v] * f for v, f in cell["sum"]) != value for world in proof["witnesses"]) for cell in cells)


def threshold_odd(proof, chance):
    """A threshold that no rule has."""
    proof["threshold"] = chance.choice((0, 1, 2, 12, 50))
    return True


def threshold_lowered(proof, chance):
    """Less must be possible."""
    if proof["threshold"] < 4:
        return None
    proof["threshold"] -= 1
    return False


def format_changed(proof, chance):
    """Another format."""
    proof["format"] = chance.choice((0, 2, 3))
    return True


def base_changed(proof, chance):
    """A printed number is said to be rounded otherwise, and is no multiple."""
    shown = [cell for cell in proof["cells"] if cell["printed"] not in (MARK, "0")]
    if not shown:
        return None
    cell = chance.choice(shown)
    cell["base"] = chance.choice((0, 3 if int(cell["printed"]) % 3 else 7 if int(cell["printed"]) % 7 else 0))
    return True


def from_raised(proof, chance):
    """A printed number is said to have been larger than it is."""
    shown = [cell for cell in proof["cells"] if cell["printed"] not in (MARK, "0")]
    if not shown:
        return None
    cell = chance.choice(shown)
    cell["from"] = int(cell["printed"]) + cell["base"]
    return True


def from_lowered(proof, chance):
    """A printed number is said to have been possibly small."""
    if not proof["cells"]:
        return None
    chance.choice(proof["cells"])["from"] = proof["threshold"] - chance.choice((1, 2))
    return True


def floor_lowered(proof, chance):
    """Zero must be possible too, which no witness shows."""
    hidden = [cell for cell in proof["cells"] if cell["printed"] == MARK and cell["floor"] == 1 and not cell["parts"]]
    if not hidden:
        return None
    chance.choice(hidden)["floor"] = 0
    return True


def floor_raised(proof, chance):
    """Zero need not be possible any more: a witness that shows it is none."""
    hidden = [cell for cell in proof["cells"] if cell["printed"] == MARK and cell["floor"] == 0 and not cell["parts"]]
    if not hidden or not proof["witnesses"]:
        return None
    chance.choice(hidden)["floor"] = 1
    return True


def floor_odd(proof, chance):
    """A floor that is none."""
    if not proof["cells"]:
        return None
    chance.choice(proof["cells"])["floor"] = chance.choice((2, 5, 4_000_000_000))
    return True


def own_raised(proof, chance):
    """One contributor knows more than any witness has there."""
    hidden = [cell for cell in proof["cells"] if cell["printed"] == MARK]
    if len(hidden) < 2:
        return None
    cell = chance.choice(hidden)
    beside = [one for one in hidden if one is not cell and (one["release"], one["table"]) == (cell["release"], cell["table"]) and not one["parts"]]
    if not beside:
        return None
    cell["own"] = 1_000_000
    return True


def own_lowered(proof, chance):
    """One contributor knows nothing of its own."""
    owned = [cell for cell in proof["cells"] if cell["own"]]
    if not owned:
        return None
    for cell in owned:
        cell["own"] = 0
    return False


def fact_loosened(proof, chance):
    """A fact says nothing any more."""
    if not proof["facts"]:
        return None
    fact = chance.choice(proof["facts"])
    fact["least"] = fact["most"] = None
    return False


def fact_tightened(proof, chance):
    """A fact says what no witness keeps."""
    facts = [fact for fact in proof["facts"] if fact["sum"] and fact["least"] is not None]
    if not facts or not proof["witnesses"]:
        return None
    fact = chance.choice(facts)
    fact["least"] += 10**9
    return True


def fact_dropped(proof, chance):
    """A fact is missing."""
    if not proof["facts"]:
        return None
    del proof["facts"][chance.randrange(len(proof["facts"]))]
    return False


def cell_dropped(proof, chance):
    """A number of the last file is missing."""
    cells = proof["cells"]
    if not cells or not cells[-1]["release"]:
        return None
    gone = len(cells) - 1
    if any(gone in cell["parts"] for cell in cells) or any(gone in (one["of"], one["less"]) for one in proof["differences"]):
        return None
    cells.pop()
    return True


def cell_renamed(proof, chance):
    """A number is said to be of another line."""
    if not proof["cells"]:
        return None
    last = [cell for cell in proof["cells"] if cell["release"] == proof["cells"][-1]["release"]]
    chance.choice(last)[chance.choice(("line", "table", "release"))] += " "
    return True


def part_itself(proof, chance):
    """A cell is said to be a part of itself."""
    if not proof["cells"]:
        return None
    at = chance.randrange(len(proof["cells"]))
    proof["cells"][at]["parts"].append(at)
    return True


def part_foreign(proof, chance):
    """A cell is said to have a part that it does not have."""
    for _ in range(20):
        if len(proof["cells"]) < 2:
            return None
        one, other = chance.sample(range(len(proof["cells"])), 2)
        inside = {v for v, _ in proof["cells"][one]["sum"]}
        if not {v for v, _ in proof["cells"][other]["sum"]} <= inside or other in proof["cells"][one]["parts"]:
            if proof["cells"][other]["sum"]:
                proof["cells"][one]["parts"].append(other)
                return True
    return None


def part_dropped(proof, chance):
    """A hidden total must be able to be less than its parts are at least."""
    totals = [cell for cell in proof["cells"] if cell["printed"] == MARK and cell["parts"] and cell["floor"] == 1]
    totals = [cell for cell in totals if 1 < sum(said_least(proof, part) for part in cell["parts"]) and not_shown(proof, cell, 1)]
    if not totals:
        return None
    chance.choice(totals)["parts"] = []
    return True


def said_least(proof, part):
    return check_proof.said(proof["cells"][part])[0]


def not_shown(proof, cell, value):
    return all(sum(world[v] * f for v, f in cell["sum"]) != value for world in proof["witnesses"])


def variable_bound(proof, chance):
    """A variable is said to be less than a witness has it."""
    if not proof["witnesses"] or not proof["variables"]:
        return None
    world = chance.choice(proof["witnesses"])
    at = chance.randrange(len(world))
    proof["variables"][at]["most"] = world[at] - 1
    return True


def variable_least(proof, chance):
    """A variable is said to be more than a witness has it."""
    if not proof["witnesses"] or not proof["variables"]:
        return None
    world = chance.choice(proof["witnesses"])
    at = chance.randrange(len(world))
    proof["variables"][at]["least"] = world[at] + 1
    return True


def sum_twice(proof, chance):
    """A variable stands twice in a sum."""
    sums = [one["sum"] for one in proof["cells"] + proof["facts"] if one["sum"]]
    if not sums:
        return None
    terms = chance.choice(sums)
    terms.append(list(terms[0]))
    return True


def sum_unknown(proof, chance):
    """A sum has a variable that is none."""
    sums = [one["sum"] for one in proof["cells"] + proof["facts"]]
    if not sums:
        return None
    chance.choice(sums).append([len(proof["variables"]) + chance.randrange(3), 1])
    return True


def sum_factor(proof, chance):
    """A cell counts somebody twice."""
    cells = [cell for cell in proof["cells"] if cell["sum"]]
    if not cells:
        return None
    chance.choice(chance.choice(cells)["sum"])[1] = chance.choice((0, 2, -1))
    return True


def difference_gone(proof, chance):
    """A difference is not spoken of."""
    if not proof["differences"]:
        return None
    proof["differences"].pop()
    return False


def difference_nowhere(proof, chance):
    """A difference of a cell that is none."""
    proof["differences"].append({"says": "", "of": len(proof["cells"]), "less": 0})
    return True


def unknown_field(proof, chance):
    """Something that the format does not have."""
    target = chance.choice([proof, *proof["cells"], *proof["variables"]])
    target["note"] = "it was 3"
    return True


def not_a_number(proof, chance):
    """Something that is no whole number where one belongs."""
    if not proof["witnesses"] or not proof["variables"]:
        return None
    world = chance.choice(proof["witnesses"])
    at = chance.randrange(len(world))
    world[at] = chance.choice((None, True, "1", 1.5, 2**63, -(2**70)))
    return True


def subject_changed(proof, chance):
    """It is said to be about something else."""
    proof["subject"] += "."
    return False


ALTERATIONS = [
    witness_value, witness_negative, witness_far, witness_dropped, witness_shortened, witnesses_gone, printed_changed, printed_hidden,
    hidden_printed, other_mark, threshold_raised, threshold_odd, threshold_lowered, format_changed, base_changed, from_raised, from_lowered, floor_lowered, floor_raised,
    floor_odd, own_raised, own_lowered, fact_loosened, fact_tightened, fact_dropped, cell_dropped, cell_renamed, part_itself, part_foreign,
    part_dropped, variable_bound, variable_least, sum_twice, sum_unknown, sum_factor, difference_gone, difference_nowhere, unknown_field,
    not_a_number, subject_changed,
]


def altered(proof, seed):
    """An alteration of a proof: its name, whether it is false now, and the altered proof; or None."""
    chance = random.Random(f"altered {seed}")
    alteration = ALTERATIONS[seed % len(ALTERATIONS)]
    changed = copy.deepcopy(proof)
    false = alteration(changed, chance)
    return None if false is None else (alteration.__name__, false, changed)
