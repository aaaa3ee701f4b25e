"""Eight quarters of one caseload, and whoever reads all of them.

Each sequence has, by chance: quarters that are published late, frames that are made again with what
was put right, the same frame looked at in two bandings of which only the last one leaves (the
register holds both), bandings that change, and a financial year without rounding beside its last
quarter. Few come and go (0–4 each quarter) or many (0–40).
"""

import random

import specs as product
from attackers import Model, corrected, reach
from caseload import Caseload, changes
from generate import QUARTER, YEAR, Counted, Period, Series, key, product_links

FIRST = 8100

# Which tables are published together, by seed.
TABLES = ((0, 1), (1, 2), (4,), (0,), (1,), (0, 1, 2), (2,), (0, 4), (3,), (0, 1, 2, 3, 4))


class Sequence:
    """A series of publications, and where everybody was on each of its days."""

    def __init__(self, seed, turnover=None, zeros="hidden", rule=QUARTER, tables=(0, 1, 2, 3, 4), quarters=8):
        chance = random.Random(f"sequence {seed}")
        self.turnover = turnover or ((0, 4), (0, 40))[seed % 2]
        make = (product.caseload_by_age, product.caseload_by_step, product.caseload_by_group, product.contacts, product.opened_by_age)
        self.specs = [make[number](zeros) for number in tables]
        self.specs += [product.in_year(one) for one in self.specs if one["over_time"] == "period"]
        self.record = Caseload(chance, chance.randint(30, 150))
        self.states, self.counted = {}, {}
        # Whether anybody can know how many answers changed.
        self.answers_known = seed % 4 < 2
        names = {spec["name"] for spec in self.specs}
        links = [link for link in product_links() if {name for part, name in next(iter(link.values())).items() if part != "says"} <= names]
        days = []
        for quarter in range(quarters):
            if quarter:
                self.record.quarter(self.turnover)
            days += self._days(chance, (FIRST + quarter, 0))
        if chance.random() < 0.3:
            late = chance.randrange(len(days) - 1)
            days.insert(min(len(days), late + chance.randint(1, 3)), days.pop(late))
        periods, bandings = [], [0 for _ in self.specs]
        for when in days:
            looks = chance.choice((1, 1, 1, 2))
            for look in range(looks):
                if chance.random() < 0.25 or look:
                    bandings = [chance.randrange(len(spec["bandings"])) for spec in self.specs]
                periods.append(self._period(when, look, rule, bandings, periods, leaves=look == looks - 1))
            if rule["base"] > 1 and when[0] % 4 == 3 and chance.random() < 0.4:
                periods.append(self._period(when, "year", {**rule, "base": 1}, bandings, periods))
        self.series = Series(seed, "sequence", key(f"sequence {seed}"), self.specs, links, periods)

    def _days(self, chance, when):
        """A day, and the frames that were made of it again."""
        self._remember(when)
        days = [when]
        while chance.random() < 0.2 and len(days) < 3:
            for _ in range(chance.choice((0, 1, 1, 2))):
                chance.choice((self.record.join, self.record.correct, self.record.leave))()
            when = (when[0], when[1] + 1)
            self._remember(when)
            days.append(when)
        return days

    def _remember(self, when):
        self.states[when] = self.record.state()
        counts = {spec["name"]: self.record.counts(spec["name"]) for spec in self.specs if not year_of(spec)}
        self.counted[when] = counts, len(self.record.families)

    def _counts(self, spec, when):
        """What is counted of a specification on a day, contribution by contribution."""
        of = year_of(spec)
        if not of:
            return self.counted[when][0][spec["name"]]
        found = {}
        for quarter in range(when[0] - 3, when[0] + 1):
            last = max(day for day in self.counted if day[0] == quarter)
            for who, one, column, amount in self.counted[last][0][of]:
                found[who, one, column] = found.get((who, one, column), 0) + amount
        return [[*place, amount] for place, amount in found.items()]

    def _period(self, when, look, rule, bandings, before, leaves=True):
        frame = self.counted[when][1]
        told = [number for number, spec in enumerate(self.specs) if (spec["over_time"] != "period" if look == "year" else not year_of(spec))]
        tables = [Counted(number, bandings[number], frame, self._counts(self.specs[number], when)) for number in told]
        published = before + [Period("", when, rule, tables)]
        days = sorted({period.when for period in published})
        known = [{**self.known(spec["name"], one, other), "from": one, "to": other}
                 for spec in self.specs if "day" in spec["over_time"] for at, one in enumerate(days) for other in days[at + 1:]]
        known += [{**self.added(spec["name"], one, other), "from": one, "to": other}
                  for spec in self.specs if spec["over_time"] == "period" for one in days for other in days
                  if one[0] == other[0] and one < other]
        for spec in filter(year_of, self.specs):
            number = self.specs.index(spec)
            for day in {period.when for period in published if any(one.spec == number for one in period.tables)}:
                known.append({**self.later(spec, day, days), "from": day, "to": day})
        counted = {(self.specs[one.spec]["name"], period.when) for period in published for one in period.tables}
        in_all = [(name, day, self.total(name, day)) for name, day in sorted(counted) if self.total(name, day) is not None]
        return Period(f"{when[0]}.{when[1]} {look}", when, rule, tables, known, in_all, leaves=leaves)

    def later(self, spec, when, days):
        """How much was put into a year and taken out after the last files of its quarters."""
        quarters = {day[0]: day for day in days if when[0] - 4 < day[0] <= when[0]}
        whole, parts = places(self._counts(spec, when)), {}
        for day in quarters.values():
            for place, amount in places(self.counted[day][0][year_of(spec)]).items():
                parts[place] = parts.get(place, 0) + amount
        gain = [whole.get(place, 0) - parts.get(place, 0) for place in whole.keys() | parts.keys()]
        return {"spec": spec["name"], "joined": sum(max(0, by) for by in gain), "left": sum(max(0, -by) for by in gain), "moved": []}

    def known(self, name, earlier, later):
        """Who joined, left and was moved between two days; of what happened in a period, nothing."""
        spec = next(spec for spec in self.specs if spec["name"] == name)
        if "day" not in spec["over_time"]:
            return None
        where = reach(spec["over_time"]["day"]["next"], later[0] - earlier[0])
        found = changes(name, self.states[earlier][name], self.states[later][name], lambda one, other: other in where[one])
        return {**found, "moved": []} if spec["several"] and not self.answers_known else found

    def added(self, name, earlier, later):
        """The same; and of what happened in a period, how much was put in and taken out when the frame
        was made again."""
        found = self.known(name, earlier, later)
        spec = next(spec for spec in self.specs if spec["name"] == name)
        if found is not None or year_of(spec):
            return found
        one, other = places(self.counted[earlier][0][name]), places(self.counted[later][0][name])
        gain = [other.get(place, 0) - one.get(place, 0) for place in one.keys() | other.keys()]
        return {"spec": name, "joined": sum(max(0, by) for by in gain), "left": sum(max(0, -by) for by in gain), "moved": []}

    def total(self, name, when):
        """How many there are in all on a day or were in a period, which somebody can know; none of sums."""
        spec = next(spec for spec in self.specs if spec["name"] == name)
        if spec["counts"] == "sums":
            return None
        return self.counted[when][1] if spec["several"] else sum(amount for *_, amount in self._counts(spec, when))

    def truth(self, name, when):
        return places(self._counts(next(spec for spec in self.specs if spec["name"] == name), when))


def year_of(spec):
    """The specification that a yearly one is the sum of; none for another."""
    return spec["over_time"]["periods"]["of"] if "periods" in spec["over_time"] else None


def places(counts):
    found = {}
    for _, one, column, amount in counts:
        found[one, column] = found.get((one, column), 0) + amount
    return found


def attack(sequence, published):
    """What each reader finds out: an outsider of the files that left, an insider of all."""
    seen = [(file, period.leaves) for (_, file), period in zip(published, sequence.series.periods) if file]
    every, left = [file for file, _ in seen], [file for file, leaves in seen if leaves]
    hits = []
    for name, files, known, totals in (
        ("A3 outsider", left, None, None),
        ("A3 insider", every, sequence.known, sequence.total),
        ("A7 insider of periods too", every, sequence.added, sequence.total),
    ):
        model = Model(files, sequence.specs, sequence.series.links, known=known, totals=totals, later=known and sequence.later)
        if not model.holds(sequence.truth):
            raise AssertionError(f"the attack is wrong: sequence {sequence.series.seed}, {name}")
        hits += model.attack(name)
    return hits + corrected("A3 outsider", left)


def one(harness, seed):
    """What is said of the sequence of a seed."""
    sequence = Sequence(seed, tables=TABLES[seed % len(TABLES)])
    published = harness.publish(sequence.series, proofs=False)
    files = [file for _, file in published if file]
    hits = attack(sequence, published)
    return {
        "turnover": sequence.turnover[1], "publications": len(files), "stopped": sum(file is None for _, file in published),
        "tables": sum(len(file.tables) for file in files), "withheld": sum(len(file.withheld) for file in files),
        "seconds": [answer["microseconds"] / 1e6 for answer, _ in published if answer],
        "hits": [{"attacker": hit.attacker, "exact": hit.exact, "words": hit.words()} for hit in hits],
    }
