"""The same sequences with the register check off. They must leak, or the attack is too weak."""

from sequences import TABLES, Sequence, attack


def one(harness, seed):
    """What the readers find when no publication knows those before it."""
    sequence = Sequence(seed, tables=TABLES[seed % 3])
    files = [file for _, file in harness.publish(sequence.series, register=False, proofs=False) if file]
    hits = attack(sequence, files)
    return {"publications": len(files), "leaks": [{"attacker": hit.attacker, "exact": hit.exact, "words": hit.words()} for hit in hits]}
