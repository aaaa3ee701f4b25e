"""Altered proofs: each must be refused by both checkers, with the digest that it had; and, if what it
says is false now, with the digest that it should have as well."""

import functools

from generate import release
from proofs import ALTERATIONS, altered, sealed, second
from sequences import Sequence


@functools.cache
def proof(harness, number):
    """A proof and its file: of random releases, and of the last of a few sequences, which have facts."""
    if number % 4 == 3:
        sequence = Sequence(number, tables=(0, 1), quarters=3)
        answers = [pair for pair in harness.publish(sequence.series) if pair[1] and pair[1].tables]
        return (answers[-1][0]["insider" if number % 8 == 3 else "outsider"], answers[-1][1]) if answers else None
    series = release(number)
    if sum(len(table.counts) for table in series.periods[0].tables) > 3000:
        return None
    (answer, file), = harness.publish(series)
    return (answer["insider"], file) if file and file.tables else None


def one(harness, seed):
    """One alteration of one proof: of another if it cannot be done to that one."""
    for attempt in range(40):
        made = proof(harness, (seed // len(ALTERATIONS) * 5 + attempt) % 160)
        changed = made and altered(made[0], seed + attempt * len(ALTERATIONS))
        if changed:
            break
    else:
        return {"alteration": ALTERATIONS[seed % len(ALTERATIONS)].__name__, "none": True}
    name, false, proof_now = changed
    stale = both(harness, proof_now, made[1])
    right = both(harness, sealed(proof_now), made[1])
    accepted = both(harness, made[0], made[1])
    return {
        "alteration": name, "false": false, "refused": all(stale) and (not false or all(right)),
        "alike": bool(right[0]) == bool(right[1]), "less_accepted": not false and not any(right), "honest": not any(accepted),
        "why": right[0] if false else stale[0],
    }


def both(harness, proof, file):
    return second(proof, file), harness.check(proof, file)
