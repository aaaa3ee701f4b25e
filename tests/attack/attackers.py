"""The attackers. Each is a system of what it knows, made of rendered files, and one question of every
hidden number: is there a small value that it cannot have?

- A0 adds and subtracts, and knows that counts are not negative.
- A1 knows the rule too: what is hidden where zeros are printed is at least 1, what is shown is no
  small count, and was rounded from one of these numbers.
- A3 has every file: an outsider, or an insider who knows how many joined, left and moved.
- A5 is a family that knows where it is counted, in every table. A6 can count everybody.
- A8 knows what the product can record: from how many families a sum is shown, that no table is made
  of fewer families than the smallest frame, that no family is counted without an infant.
A2 needs two marks, which a file never has (`reading.complaints`); A4 is in matching.py; A7 looks at
previews, which are files as well (sequences.py).
"""

import itertools
from dataclasses import dataclass
from functools import cache

from reading import HIDDEN, banding_of, places, rounded
from specs import width, zero_floor
from worlds import System, Worlds


@dataclass
class Target:
    """A hidden number: what it is the sum of, and from where on each small value must be possible."""
    file: int
    title: str
    place: str
    terms: list
    least: int
    threshold: int
    # Whether it is the difference of two totals: then many values do, if not all are small.
    apart: bool = False

    def names(self):
        return f"file {self.file}: {self.title}: {self.place}"


@dataclass
class Hit:
    """Something that an attacker found out."""
    attacker: str
    target: str
    exact: bool
    missing: list
    known: tuple

    def words(self):
        what = f"is {self.known[0]}" if self.exact else f"cannot be {', '.join(map(str, self.missing))} ({self.known[0]} to {self.known[1]})"
        return f"{self.attacker}: {self.target} {what}"


@cache
def said(text, base, threshold, floor):
    """The least and the most of what is printed."""
    if text == HIDDEN:
        return floor, None
    number = int(text)
    if number == 0:
        return 0, 0
    numbers = [count for count in range(max(threshold, number - base), number + base + 1) if rounded(count, base) == number]
    return (numbers[0], numbers[-1]) if numbers else (1, 0)


class Model:
    """What files say together. `specs` are public; `links` too. Publications of one `when` count the
    very same; nothing else is known of two days, unless `known` says who came and went."""

    def __init__(self, files, specs, links=(), known=None, totals=None, later=None, rule=True, product=True):
        self.files, self.specs, self.rule, self.product = files, {spec["title"]: spec for spec in specs}, rule, product
        self.system, self.atoms, self.frames, self.cells = System(), {}, {}, []
        self.targets, self.totals = [], totals
        for number, file in enumerate(files):
            for title, table in file.tables.items():
                self._table(number, file, self.specs[title], table)
        for file in files:
            for link in links:
                self._link(file, link)
        if totals is not None:
            self._counted(totals)
        if known is not None:
            self._chains(known)
        if later is not None:
            self._years(later)

    # What a table says

    def _atoms(self, spec, when):
        key = spec["name"], when
        if key not in self.atoms:
            columns = range(width(spec))
            self.atoms[key] = {
                (one, at): self.system.variable(0, 0 if [one, at] in spec["impossible"] else None)
                for one in range(len(spec["classes"])) for at in columns
            }
            if spec["several"]:
                frame = self.frames[key] = self.system.variable()
                for one in range(len(spec["classes"])):
                    self.system.same([self.atoms[key][one, at] for at in columns], [frame])
        return self.atoms[key]

    def terms(self, spec, when, banding, line, column):
        """The variables of a place."""
        atoms = self._atoms(spec, when)
        if spec["several"] and line is None:
            return [self.frames[spec["name"], when]]
        lines = spec["bandings"][banding]["lines"]
        classes = lines[line]["classes"] if line is not None else [one for every in lines for one in every["classes"]]
        return [atoms[one, at] for one in classes for at in (range(width(spec)) if column is None else [column])]

    def _range(self, spec, rule, text):
        """What is said by a printed text."""
        if not self.rule:
            return (0, None) if text == HIDDEN else (max(0, int(text) - rule["base"] // 2), int(text) + (rule["base"] - 1) // 2)
        threshold = rule["threshold"]
        if spec["counts"] == "sums" and self.product:
            threshold = max(threshold, rule["sums_from"])
        return said(text, rule["base"], threshold, zero_floor(spec))

    def _table(self, number, file, spec, table):
        banding = banding_of(spec, table)
        small = file.rule["threshold"]
        for place, line, column in places(spec, banding):
            terms = self.terms(spec, file.when, banding, line, column)
            least, most = self._range(spec, file.rule, table[place])
            if table[place] == "0" and all(self.system.most[one] == 0 for one in terms):
                least, most = 0, 0
            self.system.bound(terms, least, most)
            self.cells.append((number, spec, place, terms, table[place]))
            if table[place] == HIDDEN:
                forced = self.forced(file, spec, banding, table, line, column)
                if forced < small:
                    self.targets.append(Target(number, spec["title"], place, terms, forced, small))
        if self.product and self.rule and spec["several"]:
            self.system.bound([self.frames[spec["name"], file.when]], file.rule["smallest_frame"], None)

    def forced(self, file, spec, banding, table, line, column, own=None):
        """The least that a place can be by what is printed of the places that it is the sum of; `own`
        is what somebody knows to be its own there."""
        def least(place, at, on):
            mine = sum(own.get(one, 0) for one in self.classes(spec, banding, at, on)) if own else 0
            if spec["several"] and at is None:
                mine = min(mine, 1)
            text = table.get(place)
            return max(mine, 0 if text is None else said(text, file.rule["base"], file.rule["threshold"], zero_floor(spec))[0])

        every = places(spec, banding)
        label = next(place for place, at, on in every if (at, on) == (line, column))
        ways = [least(label, line, column) if table[label] == HIDDEN else 0]
        if spec["several"]:
            return max(ways)
        inner = [(place, at, on) for place, at, on in every if at is not None and (on is not None or not spec["columns"])]
        if line is None or (column is None and spec["columns"]):
            ways.append(sum(least(*one) for one in inner if (line is None or one[1] == line) and (column is None or one[2] == column)))
        if line is None and column is None and spec["columns"]:
            ways.append(sum(least(*one) for one in every if one[1] is not None and one[2] is None))
            ways.append(sum(least(*one) for one in every if one[1] is None and one[2] is not None))
        return max(ways)

    def classes(self, spec, banding, line, column):
        """The finest places of a place."""
        lines = spec["bandings"][banding]["lines"]
        chosen = [one for number, every in enumerate(lines) if line in (None, number) for one in every["classes"]]
        return [(one, at) for one in chosen for at in (range(width(spec)) if column is None else [column])]

    # What tables say together

    def whole(self, name, when):
        """The total of a table, as variables; none if there is no such table."""
        key = name, when
        if key in self.frames:
            return [self.frames[key]]
        return list(self.atoms[key].values()) if key in self.atoms else None

    def _link(self, file, link):
        kind, names = next(iter(link.items()))
        if kind == "whole":
            whole = self.whole(names["spec"], file.when)
            title = next(title for title, spec in self.specs.items() if spec["name"] == names["spec"])
            if whole and title in file.tables and self.product and self.rule:
                self.system.bound(whole, file.rule["smallest_frame"], None)
            return
        one, other = (names["one"], names["other"]) if kind == "same" else (names["many"], names["few"])
        many, few = self.whole(one, file.when), self.whole(other, file.when)
        if many is None or few is None:
            return
        if kind == "same":
            self.system.same(many, few)
            return
        difference = [*((v, 1) for v in many), *((v, -1) for v in few)]
        # A family whose baby died has none: there can be fewer of the many than of the few.
        (least, most), (fewest, greatest) = self._total(one, file.when), self._total(other, file.when)
        small = file.rule["threshold"]
        lowest, highest = None if greatest is None else least - greatest, None if most is None else most - fewest
        known = (lowest is not None and lowest >= small) or (highest is not None and highest <= -small) or (lowest, highest) == (0, 0)
        if not known and self.totals is None:
            number = self.files.index(file)
            self.targets.append(Target(number, f"{one} less {other}", names["says"], difference, 1, small, apart=True))

    def _total(self, name, when):
        """What is printed of a total, in every file of that day."""
        spec = next(spec for spec in self.specs.values() if spec["name"] == name)
        tables = [(file.rule, file.tables[spec["title"]]) for file in self.files if file.when == when and spec["title"] in file.tables]
        ranges = [self._range(spec, rule, table["Total"]) for rule, table in tables] or [(zero_floor(spec), None)]
        return max(least for least, _ in ranges), min((most for _, most in ranges if most is not None), default=None)

    def _counted(self, totals):
        """Says how many there are in all, for who can count them; that is then no secret of theirs."""
        for name, when in list(self.atoms):
            number = totals(name, when)
            if number is not None:
                whole = self.whole(name, when)
                self.system.bound(whole, number, number)
                self.targets = [target for target in self.targets if sorted(target.terms, key=str) != sorted(whole, key=str)]

    # What days say together

    def _chains(self, known):
        for spec in self.specs.values():
            over = spec["over_time"]
            days = sorted({file.when for file in self.files if (spec["name"], file.when) in self.atoms})
            for earlier, later in zip(days, days[1:]):
                changes = known(spec["name"], earlier, later)
                if changes is None:
                    continue
                if "day" not in over:
                    if earlier[0] != later[0]:
                        continue
                    following, moves = [[one] for one in range(len(spec["classes"]))], False
                else:
                    following, moves = over["day"]["next"], over["day"]["moves"]
                    if moves and not changes["moved"]:
                        continue
                self._chain(spec, earlier, later, reach(following, later[0] - earlier[0]), moves, changes)

    def _chain(self, spec, earlier, later, following, moves, known):
        before, after, columns = self.atoms[spec["name"], earlier], self.atoms[spec["name"], later], range(width(spec))
        groups = [[one] for one in range(len(spec["classes"]))] if spec["several"] else [range(len(spec["classes"]))]
        for number, classes in enumerate(groups):
            states = [(one, at) for one in classes for at in columns]
            out, into = {state: [] for state in states}, {state: [] for state in states}
            moved = []
            for one, at in states:
                natural = [(one, at)] if spec["several"] else [(to, at) for to in following[one]]
                for to in states if moves else natural:
                    flow = self.system.variable()
                    out[one, at].append(flow)
                    into[to].append(flow)
                    if to not in natural:
                        moved.append(flow)
            left, joined = [], []
            for state in states:
                left.append(self.system.variable())
                joined.append(self.system.variable())
                self.system.same([*out[state], left[-1]], [before[state]])
                self.system.same([*into[state], joined[-1]], [after[state]])
            self.system.bound(left, known["left"], known["left"])
            self.system.bound(joined, known["joined"], known["joined"])
            if moves:
                self.system.bound(moved, known["moved"][number], known["moved"][number])

    def _years(self, later):
        """Says of a year that it is the sum of its quarters, but for what was recorded later: `later(spec,
        when, days)` with all days of which there are files."""
        days = sorted({file.when for file in self.files})
        for spec in self.specs.values():
            if "periods" not in spec["over_time"]:
                continue
            of, number = spec["over_time"]["periods"]["of"], spec["over_time"]["periods"]["count"]
            for name, when in [key for key in self.atoms if key[0] == spec["name"]]:
                quarters = {day[0]: day for day in days if when[0] - number < day[0] <= when[0]}
                parts = [self.atoms[of, day] for day in quarters.values() if (of, day) in self.atoms]
                if len(parts) != number:
                    continue
                known = later(spec, when, days)
                whole, apart = self.atoms[name, when], []
                for place, variable in whole.items():
                    difference = [(variable, 1), *((part[place], -1) for part in parts)]
                    self.system.bound(difference, -known["left"], known["joined"])
                    apart += difference
                self.system.bound(apart, known["joined"] - known["left"], known["joined"] - known["left"])

    # Questions

    def holds(self, truth):
        """Whether the truth agrees with what is known: `truth(name, when)` is a dict from (class,
        column) to a count, or the number in the frame for None. If it does not, the attack is wrong."""
        system = System()
        system.least, system.most, system.rows = list(self.system.least), list(self.system.most), self.system.rows
        for (name, when), atoms in self.atoms.items():
            counts = truth(name, when)
            for place, variable in atoms.items():
                count = counts.get(place, 0)
                if count and system.most[variable] == 0:
                    return False
                system.least[variable] = system.most[variable] = count
        return Worlds(system, []).any()

    def attack(self, attacker, own=None):
        """Every hit. `own` are atoms as (name, when) → {(class, column): amount}."""
        system, targets = self.system, self.targets
        if own:
            system = System()
            system.least, system.most, system.rows = list(self.system.least), list(self.system.most), self.system.rows
            for key, amounts in own.items():
                for place, amount in amounts.items():
                    variable = self.atoms[key][place]
                    system.least[variable] = max(system.least[variable], amount)
            targets = [target for target in (self._beside(target, own) for target in targets) if target.least < target.threshold]
        worlds = Worlds(system, [target.terms for target in targets])
        hits = []
        for number, target in enumerate(targets):
            band = range(target.least, target.threshold)
            missing = [value for value in band if not worlds.can_be(number, value)]
            if missing and target.apart and worlds.can_be(number, target.threshold, 10**9):
                others = (value for value in range(3 * target.threshold) if worlds.can_be(number, value))
                if sum(1 for _ in others) >= target.threshold:
                    continue
            if missing and target.apart and all(worlds.can_be(number, value) for value in range(1 - target.threshold, 1)):
                continue
            if missing:
                if len(missing) == len(band) and not worlds.any():
                    return [Hit(attacker, "nothing agrees with these files", True, missing, (0, 0))]
                known = worlds.least_and_most(number)
                hits.append(Hit(attacker, target.names(), known[0] == known[1], missing, known))
        return hits

    def _beside(self, target, own):
        file = self.files[target.file]
        spec = self.specs.get(target.title)
        if spec is None:
            return target
        mine = own.get((spec["name"], file.when), {})
        table = file.tables[target.title]
        banding = banding_of(spec, table)
        line, column = next((at, on) for place, at, on in places(spec, banding) if place == target.place)
        least = self.forced(file, spec, banding, table, line, column, mine)
        return Target(target.file, target.title, target.place, target.terms, max(least, target.least), target.threshold)


def corrected(attacker, files):
    """What is read off two exact files of one period, of two frames: who knows that one family was entered late
    sees where."""
    hits = []
    for one, other in itertools.combinations(files, 2):
        if one.rule["base"] > 1 or other.rule["base"] > 1 or one.when[0] != other.when[0] or one.when == other.when:
            continue
        for title in one.tables.keys() & other.tables.keys():
            before, after = one.tables[title], other.tables[title]
            for place in before.keys() & after.keys():
                if HIDDEN in (before[place], after[place]):
                    continue
                by = int(after[place]) - int(before[place])
                if 0 < abs(by) < one.rule["threshold"]:
                    hits.append(Hit(attacker, f"{title}: {place} from {one.name} to {other.name}", True, [], (by, by)))
    return hits


def reach(following, quarters):
    """Where one of each class can be some quarters later."""
    where = [{one} for one in range(len(following))]
    for _ in range(quarters):
        where = [set().union(*(following[one] for one in classes)) for classes in where]
    return [sorted(classes) for classes in where]
