"""Random releases, the same for the same seed: what is counted, and the job for the harness."""

import hashlib
import math
import random
from dataclasses import dataclass, field

import specs as product
from specs import banding, spec, width

QUARTER = {"threshold": 5, "base": 5, "smallest_frame": 20, "sums_from": 10}
YEAR = {**QUARTER, "base": 1}


@dataclass
class Counted:
    """A table before anything is hidden: the number of its specification, its banding, how many
    families there are, and who adds how much in which class and column."""
    spec: int
    banding: int
    frame: int
    counts: list

    def places(self):
        """The true counts, by (class, column)."""
        found = {}
        for _, one, column, amount in self.counts:
            found[one, column] = found.get((one, column), 0) + amount
        return found


@dataclass
class Period:
    name: str
    when: tuple
    rule: dict
    tables: list
    known: list = field(default_factory=list)
    # How many each table of this and of earlier days counts in all: its name, the day, how many.
    in_all: list = field(default_factory=list)
    key: str | None = None
    # Whether it leaves, or is only looked at in the team.
    leaves: bool = True


@dataclass
class Series:
    """Publications one after the other, with all that is known of them by whoever made them up."""
    seed: int
    kind: str
    key: str
    specs: list
    links: list
    periods: list

    def job(self, register=True, proofs=True):
        """The line that the harness reads."""
        def when(day):
            return {"quarter": day[0], "frame": day[1]}

        def known(one):
            return {**one, "from": when(one["from"]), "to": when(one["to"])}

        return {"protect": {"key": self.key, "register": register, "proofs": proofs, "specs": self.specs, "periods": [
            {
                "name": period.name, "when": when(period.when), "leaves": period.leaves, "rule": period.rule, "key": period.key, "milliseconds": None,
                "links": self.links, "known": [known(one) for one in period.known],
                "in_all": [{"spec": name, "when": when(day), "count": count} for name, day, count in period.in_all],
                "tables": [{"spec": one.spec, "banding": one.banding, "frame": one.frame, "counts": one.counts} for one in period.tables],
            } for period in self.periods
        ]}}

    def total(self, name, when):
        """How many there are in all on a day or were in a period, which somebody can know; none of sums."""
        for period in self.periods:
            for one in period.tables:
                spec = self.specs[one.spec]
                if period.when == when and spec["name"] == name and spec["counts"] != "sums":
                    return one.frame if spec["several"] else sum(amount for *_, amount in one.counts)
        return None

    def truth(self, name, when):
        """The true counts of a specification on a day, by (class, column)."""
        for period in self.periods:
            for one in period.tables:
                if period.when == when and self.specs[one.spec]["name"] == name:
                    return one.places()
        raise KeyError(name)


def key(seed):
    """A secret, in hex."""
    return hashlib.sha256(f"key {seed}".encode()).hexdigest()


def release(seed):
    """One publication of one kind."""
    chance = random.Random(seed)
    kind = KINDS[seed % len(KINDS)]
    threshold = chance.choice((3, 5, 5, 8, 10))
    base, zeros = chance.choice(((5, "hidden"), (5, "hidden"), (1, "shown"), (1, "hidden"), (5, "shown"), (3, "hidden")))
    rule = {"threshold": threshold, "base": base, "smallest_frame": chance.choice((20, 20, 10)), "sums_from": chance.choice((10, 10, 12))}
    families = size(chance)
    specs, links, tables = kind(chance, families, zeros)
    return Series(seed, kind.__name__, key(seed), specs, links, [Period("2026-Q3", (8106, 0), rule, tables)])


def size(chance):
    """How many families: 20 to 100,000, mostly few."""
    return chance.choice((chance.randint(20, 60), chance.randint(20, 150), chance.randint(60, 400), round(20 * math.exp(chance.random() * 8.5))))


def weights(chance, number):
    """Chances of classes, as skewed as chance has it: 0.3 to 5."""
    shape = 1 / chance.uniform(0.3, 5)
    found = [chance.gammavariate(shape, 1) + 1e-9 for _ in range(number)]
    return [one * (0 if chance.random() < 0.05 else 1) + 1e-9 for one in found]


def some_spec(chance, name, zeros, columns=0, **more):
    number = chance.randint(3, 9) if not columns else chance.randint(2, 6)
    classes = [f"Class {one + 1}" for one in range(number)]
    cut = sorted(chance.sample(range(1, number), min(number - 1, chance.randint(1, 3))))
    coarse = [list(range(start, stop)) for start, stop in zip([0, *cut], [*cut, number])]
    bandings = [banding(classes, [[one] for one in range(number)])]
    if not more.get("several"):
        bandings.append(banding(classes, coarse, says="put classes together"))
    if more.get("counts") != "sums" and chance.random() < 0.5:
        more["over_time"] = product.day([[one] for one in range(number)], True)
    return spec(name, classes, columns=[f"Column {one + 1}" for one in range(columns)], zeros=zeros, bandings=bandings, **more)


def fill(chance, one, families, impossible=0.0):
    """A table of families, each in one place."""
    columns = width(one)
    grid = [(number, at) for number in range(len(one["classes"])) for at in range(columns)]
    if impossible and len(grid) > 4:
        one["impossible"] = [list(place) for place in grid if chance.random() < impossible][: len(grid) - 4]
    allowed = [place for place in grid if list(place) not in one["impossible"]]
    return [[who, *place, 1] for who, place in enumerate(chance.choices(allowed, weights(chance, len(allowed)), k=families))]


def pick(chance, one):
    return chance.randrange(len(one["bandings"]))


def one_way(chance, families, zeros):
    """One table of families by one thing."""
    one = some_spec(chance, "one_way", zeros)
    return [one], [whole(one)], [Counted(0, pick(chance, one), families, fill(chance, one, families, chance.choice((0, 0, 0.1))))]


def two_way(chance, families, zeros):
    """One table of families by two things."""
    one = some_spec(chance, "two_way", zeros, columns=chance.randint(2, 6))
    return [one], [whole(one)], [Counted(0, pick(chance, one), families, fill(chance, one, families, chance.choice((0, 0, 0.1))))]


def linked(chance, families, zeros):
    """Two or three tables of the same families, whose totals are one number."""
    number = chance.choice((2, 2, 3))
    specs = [some_spec(chance, f"linked_{at}", zeros, columns=chance.choice((0, 0, 3))) for at in range(number)]
    links = [{"same": {"one": "linked_0", "other": f"linked_{at}"}} for at in range(1, number)] + [whole(one) for one in specs]
    return specs, links, [Counted(at, pick(chance, one), families, fill(chance, one, families)) for at, one in enumerate(specs)]


def nested(chance, families, zeros):
    """Infants and their families: twins, triplets, and no family without an infant."""
    infants = some_spec(chance, "infants", zeros, unit="infants", counts={"units": 3})
    steps = some_spec(chance, "families", zeros)
    twins = chance.choice((0.01, 0.03, 0.1, 0.3))
    by_age = fill(chance, infants, families)
    more = [[who, number, 0, 1] if chance.random() < 0.5 else [who, chance.randrange(len(infants["classes"])), 0, 1]
            for who, number, *_ in by_age if chance.random() < twins]
    more += [one for one in more if chance.random() < 0.1]
    counts = {}
    for who, one, at, amount in by_age + more:
        counts[who, one, at] = counts.get((who, one, at), 0) + amount
    links = [{"nested": {"many": "infants", "few": "families", "says": "Families with more than one infant"}}, whole(steps)]
    return [infants, steps], links, [
        Counted(0, pick(chance, infants), families, [[*place, amount] for place, amount in counts.items()]),
        Counted(1, pick(chance, steps), families, fill(chance, steps, families)),
    ]


def several(chance, families, zeros):
    """Families in several groups, each asked or not."""
    one = some_spec(chance, "groups", zeros, columns=3, several=True, sensitive=chance.random() < 0.5)
    counts = []
    for number in range(len(one["classes"])):
        chances = weights(chance, 3)
        counts += [[who, number, at, 1] for who, at in enumerate(chance.choices(range(3), chances, k=families))]
    specs, links, tables = [one], [], [Counted(0, 0, families, counts)]
    if chance.random() < 0.5:
        steps = some_spec(chance, "families", zeros)
        specs.append(steps)
        links += [{"same": {"one": "groups", "other": "families"}}, whole(steps)]
        tables.append(Counted(1, pick(chance, steps), families, fill(chance, steps, families)))
    return specs, links, tables


def sums(chance, families, zeros):
    """Contacts: many of them can be of one family."""
    one = some_spec(chance, "contacts", zeros, columns=chance.randint(2, 5), counts="sums", unit="contacts")
    places = [(number, at) for number in range(len(one["classes"])) for at in range(width(one))]
    chances = weights(chance, len(places))
    counts = {}
    for who in range(min(families, 5000)):
        often = chance.choice((0, 1, 2, 3, 4, 6, 60 if chance.random() < 0.05 else 5))
        for place in chance.choices(places, chances, k=often):
            counts[who, *place] = counts.get((who, *place), 0) + 1
    return [one], [], [Counted(0, pick(chance, one), min(families, 5000), [[*place, amount] for place, amount in counts.items()])]


def together(chance, families, zeros):
    """What the product publishes: all of its tables."""
    from caseload import Caseload

    families = min(families, 5000)
    record = Caseload(chance, families)
    specs = [product.caseload_by_age(zeros), product.caseload_by_step(zeros), product.caseload_by_group(zeros), product.contacts(zeros),
             product.opened_by_age(zeros)]
    return specs, product_links(), record.tables(specs)


def product_links():
    says = "Families with more than one infant"
    infants = ("caseload_by_age", "opened_by_age", "opened_by_age_in_year")
    return [
        *({"nested": {"many": many, "few": few, "says": says}} for many in infants for few in ("caseload_by_step", "caseload_by_group")),
        {"same": {"one": "caseload_by_step", "other": "caseload_by_group"}},
        {"whole": {"spec": "caseload_by_step"}},
    ]


def whole(one):
    """Says that a table counts every family once."""
    return {"whole": {"spec": one["name"]}}


KINDS = [one_way, two_way, nested, several, two_way, linked, sums, one_way, nested, together]
