"""The same sequences with the register check off. They must leak, or the attack is too weak."""

from sequences import TABLES, Sequence, attack


def one(harness, seed):
    """What the readers find when no publication knows those before it."""
    sequence = Sequence(seed, tables=TABLES[seed % 3])
    published = harness.publish(sequence.series, register=False, proofs=False)
    hits = attack(sequence, published)
    return {"publications": sum(file is not None for _, file in published), "leaks": [{"attacker": hit.attacker, "exact": hit.exact, "words": hit.words()} for hit in hits]}
