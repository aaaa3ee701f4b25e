"""A made-up caseload that goes on quarter by quarter: infants are born, grow older, move, die; families
join, leave, come back, are placed and are asked. Nothing in it is of the product but what a stranger
could know: months of age, steps, groups, kinds of contact."""

import random
from dataclasses import dataclass, field

from generate import Counted
from specs import GROUPS, KINDS, ENDINGS, STEPS, age_class


@dataclass
class Infant:
    number: int
    # The month of birth, counted like `Caseload.month`.
    born: int


@dataclass
class Family:
    number: int
    opened: int
    infants: list
    step: int
    asked: list
    contacts: dict = field(default_factory=dict)


class Caseload:
    def __init__(self, chance, families, skew=None):
        self.chance, self.month, self.families, self.last, self.gone = chance, 1000, {}, 0, []
        self.ages = [chance.gammavariate(1 / (skew or chance.uniform(0.3, 3)), 1) + 0.02 for _ in range(45)]
        self.steps = [chance.gammavariate(0.7, 1) + 0.02 for _ in STEPS]
        self.groups = [[chance.gammavariate(0.7, 1) + 0.02 for _ in range(3)] for _ in GROUPS]
        self.talks = [chance.gammavariate(0.5, 1) + 0.02 for _ in range(len(KINDS) * len(ENDINGS))]
        self.infants = 0
        for _ in range(families):
            self.join(self.month - chance.randrange(3, 24))
        self.talk()

    def born(self):
        return self.month - (self.chance.choices(range(45), self.ages)[0] - 6)

    def infant(self, born):
        self.infants += 1
        return Infant(self.infants, born)

    def join(self, opened=None):
        """A family comes, with one infant, twins or triplets."""
        chance = self.chance
        self.last += 1
        born = self.born()
        infants = [self.infant(born)]
        if chance.random() < 0.08:
            infants.append(self.infant(born if chance.random() < 0.6 else self.born()))
            if chance.random() < 0.1:
                infants.append(self.infant(born))
        asked = [chance.choices(range(3), one)[0] for one in self.groups]
        family = Family(self.last, self.month if opened is None else opened, infants, chance.choices(range(len(STEPS)), self.steps)[0], asked)
        self.families[self.last] = family
        return family

    def leave(self):
        """A family goes; some come back."""
        number = self.chance.choice(list(self.families))
        self.gone.append(self.families.pop(number))

    def back(self):
        if self.gone:
            family = self.gone.pop(self.chance.randrange(len(self.gone)))
            self.families[family.number] = family

    def die(self):
        """An infant dies; the family stays while another is there, and often when none is."""
        family = self.chance.choice([family for family in self.families.values() if family.infants])
        family.infants.pop()
        if not family.infants and self.chance.random() < 0.5:
            del self.families[family.number]

    def correct(self):
        """A date of birth, a step or a group is put right, or was asked by now."""
        family, chance = self.chance.choice(list(self.families.values())), self.chance
        if chance.random() < 0.6:
            family.step = chance.randrange(len(STEPS))
        else:
            family.asked[chance.randrange(len(GROUPS))] = chance.randrange(3)

    def quarter(self, turnover):
        """Three months go by, in which up to so many come, go and change."""
        chance = self.chance
        self.month += 3
        for family in self.families.values():
            family.contacts = {}
        for _ in range(chance.randint(*turnover)):
            self.join(self.month - chance.randrange(3))
        for _ in range(min(chance.randint(*turnover), len(self.families) - 25)):
            self.leave()
        if chance.random() < 0.2:
            self.die()
        if chance.random() < 0.2:
            self.back()
        for _ in range(chance.randint(*turnover)):
            self.correct()
        self.talk()

    def talk(self):
        chance = self.chance
        places = [(kind, ending) for kind in range(len(KINDS)) for ending in range(len(ENDINGS))]
        for family in self.families.values():
            often = chance.choice((0, 1, 2, 3, 5, 8)) if chance.random() > 0.01 else 90
            for place in chance.choices(places, self.talks, k=often):
                family.contacts[place] = family.contacts.get(place, 0) + 1

    # What is counted

    def age(self, infant):
        return age_class(self.month - infant.born)

    def state(self):
        """Where everybody is: infants by age, families by step and in groups."""
        families = self.families.values()
        return {
            "caseload_by_age": {infant.number: self.age(infant) for family in families for infant in family.infants},
            "caseload_by_step": {family.number: family.step for family in families},
            "caseload_by_group": {family.number: tuple(family.asked) for family in families},
            "contacts": {}, "opened_by_age": {},
        }

    def counts(self, name):
        found = {}
        for family in self.families.values():
            for one, column, amount in self._of(family, name):
                place = family.number, one, column
                found[place] = found.get(place, 0) + amount
        return [[*place, amount] for place, amount in found.items()]

    def _of(self, family, name):
        if name == "caseload_by_age":
            return [(self.age(infant), 0, 1) for infant in family.infants]
        if name == "caseload_by_step":
            return [(family.step, 0, 1)]
        if name == "caseload_by_group":
            return [(group, state, 1) for group, state in enumerate(family.asked)]
        if name == "contacts":
            return [(*place, amount) for place, amount in family.contacts.items()]
        if self.month - family.opened < 3:
            return [(age_class(family.opened - infant.born), 0, 1) for infant in family.infants]
        return []

    def tables(self, specs, bandings=None):
        """All tables of a day."""
        chosen = bandings or [self.chance.randrange(len(one["bandings"])) for one in specs]
        return [Counted(number, chosen[number], len(self.families), self.counts(one["name"])) for number, one in enumerate(specs)]


def changes(name, before, after, natural):
    """Who joined, left and moved between two states of a table; `natural(number, where, there)` is
    whether somebody gets there without being moved. By line where one is in several."""
    several = any(isinstance(where, tuple) for where in [*before.values(), *after.values()])
    stay = before.keys() & after.keys()
    if several:
        length = len(next(iter([*before.values(), *after.values()])))
        moved = [sum(before[one][at] != after[one][at] for one in stay) for at in range(length)]
    else:
        moved = [sum(not natural(before[one], after[one]) for one in stay)]
    return {"spec": name, "joined": len(after.keys() - before.keys()), "left": len(before.keys() - after.keys()), "moved": moved}
