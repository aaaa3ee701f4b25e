"""Whole numbers of which somebody knows sums, and what values a sum of them can still have.

HiGHS answers the continuous question; what it answers in whole numbers is checked here, in whole
numbers, and kept as a world that shows more values at once. What is left open goes to OR-tools.
"""

import numpy as np
from ortools.sat.python import cp_model
import highspy
from scipy import sparse

FAR = 10**7


def summed(terms):
    """A sum as a dict from variable to factor. Terms are variables, or (variable, factor)."""
    row = {}
    for term in terms:
        variable, factor = term if isinstance(term, tuple) else (term, 1)
        row[variable] = row.get(variable, 0) + factor
    return {variable: factor for variable, factor in row.items() if factor}


class System:
    """Variables, and sums of them with a least and a most (None for none)."""

    def __init__(self):
        self.least, self.most, self.rows = [], [], []

    def variable(self, least=0, most=None):
        self.least.append(least)
        self.most.append(most)
        return len(self.least) - 1

    def variables(self, number, least=0):
        return [self.variable(least) for _ in range(number)]

    def bound(self, terms, least, most):
        """Says that a sum is in a range."""
        row = summed(terms)
        if row:
            self.rows.append((row, least, most))
        elif (least or 0) > 0 or (most is not None and most < 0):
            self.rows.append(({self.variable(0, 0): 1}, 1, None))

    def same(self, terms, others):
        """Says that two sums are one number."""
        self.bound([*terms, *((other, -1) for other in others)], 0, 0)


def matrix(sums, size):
    """Sums as a matrix of whole numbers, to be multiplied with a world."""
    at = [number for number, one in enumerate(sums) for _ in one]
    variables = [variable for one in sums for variable in one]
    factors = np.array([factor for one in sums for factor in one.values()], dtype=np.int64)
    return sparse.csr_matrix((factors, (at, variables)), shape=(len(sums), size), dtype=np.int64)


def solver(model, presolve="off", time_limit=None):
    """HiGHS with a model, quiet and on one core."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("presolve", presolve)
    highs.setOptionValue("threads", 1)
    if time_limit:
        highs.setOptionValue("time_limit", time_limit)
    highs.passModel(model)
    return highs


class Worlds:
    """What the targets, each a sum, can be in a system, which falls into parts that have nothing in
    common but what is known anyway."""

    def __init__(self, system, targets):
        targets = [summed(target) for target in targets]
        known, rows = settled(system)
        self.contradiction = any(not row and ((least or 0) > 0 or (most is not None and most < 0)) for row, least, most in rows)
        open_targets = [{variable: factor for variable, factor in target.items() if variable not in known} for target in targets]
        self.more = [sum(known[variable] * factor for variable, factor in target.items() if variable in known) for target in targets]
        roots = joined(len(system.least), [row for row, *_ in rows] + open_targets)
        members = {}
        for variable in range(len(system.least)):
            if variable not in known:
                members.setdefault(roots[variable], []).append(variable)
        number = {variable: at for variables in members.values() for at, variable in enumerate(variables)}
        systems, asked, self.place = {root: System() for root in members}, {root: [] for root in members}, []
        for root, variables in members.items():
            systems[root].least = [system.least[variable] for variable in variables]
            systems[root].most = [system.most[variable] for variable in variables]
        for row, least, most in rows:
            if row:
                root = roots[next(iter(row))]
                systems[root].rows.append(({number[variable]: factor for variable, factor in row.items()}, least, most))
        for target in open_targets:
            root = roots[next(iter(target))] if target else None
            self.place.append((root, len(asked[root]) if target else 0))
            if target:
                asked[root].append({number[variable]: factor for variable, factor in target.items()})
        self.parts = {root: Part(systems[root], asked[root]) for root in members}

    def can_be(self, target, least, most=None):
        """Whether a target can be a value, or one of a range."""
        root, at = self.place[target]
        most = least if most is None else most
        least, most = least - self.more[target], most - self.more[target]
        if self.contradiction:
            return False
        return least <= 0 <= most if root is None else self.parts[root].can_be(at, least, most)

    def least_and_most(self, target):
        """The least and the most a target can be, if it can be anything; a million stands for more."""
        root, at = self.place[target]
        more = self.more[target]
        if root is None:
            return more, more
        least, most = self.parts[root].least_and_most(at)
        return least + more, most + more

    def any(self):
        """Whether anything agrees at all."""
        return not self.contradiction and all(part.any() for part in self.parts.values())


def settled(system):
    """The variables that are known, and the rows with them put in."""
    known = {}
    rows = list(system.rows)
    while True:
        for variable, (least, most) in enumerate(zip(system.least, system.most)):
            if least == most:
                known[variable] = least
        found = False
        left = []
        for row, least, most in rows:
            more = sum(known[variable] * factor for variable, factor in row.items() if variable in known)
            row = {variable: factor for variable, factor in row.items() if variable not in known}
            least, most = None if least is None else least - more, None if most is None else most - more
            if len(row) == 1 and least is not None and least == most and abs(next(iter(row.values()))) == 1:
                (variable, factor), = row.items()
                value = least * factor
                if value >= system.least[variable] and (system.most[variable] is None or value <= system.most[variable]):
                    known[variable] = value
                    found = True
                    continue
            left.append((row, least, most))
        rows = left
        if not found:
            return known, rows


def joined(number, sums):
    """For each variable a name of what hangs together with it."""
    parent = list(range(number))

    def root(one):
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one in sums:
        first = None
        for variable in one:
            if first is None:
                first = root(variable)
            else:
                parent[root(variable)] = first
    return [root(one) for one in range(number)]


class Part:
    """What targets can be in a system. A question costs one warm start; every world that is found
    answers for all targets."""

    def __init__(self, system, targets):
        self.system, self.targets = system, targets
        self.seen = [set() for _ in targets]
        self.continuous = self.whole = 0
        self.first = len(system.rows)
        self.chance = np.random.default_rng(len(system.rows))
        self.sums = matrix(self.targets, len(system.least))
        self.rows = matrix([row for row, *_ in system.rows], len(system.least))
        self.model = self._model()
        self.highs = solver(self.model)
        self.integers = None

    def _model(self):
        system, infinity = self.system, highspy.kHighsInf
        rows = [*system.rows, *((target, None, None) for target in self.targets)]
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(system.least), len(rows)
        model.col_cost_ = np.zeros(model.num_col_)
        model.col_lower_ = np.array(system.least, dtype=float)
        model.col_upper_ = np.array([infinity if most is None else most for most in system.most], dtype=float)
        model.row_lower_ = np.array([-infinity if least is None else least for _, least, _ in rows], dtype=float)
        model.row_upper_ = np.array([infinity if most is None else most for *_, most in rows], dtype=float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0] + [len(row) for row, *_ in rows]).astype(np.int32)
        model.a_matrix_.index_ = np.array([variable for row, *_ in rows for variable in row], dtype=np.int32)
        model.a_matrix_.value_ = np.array([factor for row, *_ in rows for factor in row.values()], dtype=float)
        self.least, self.most = model.col_lower_, model.col_upper_
        self.low, self.high = model.row_lower_[: self.first], model.row_upper_[: self.first]
        return model

    def _bounds(self, target, least, most):
        infinity = highspy.kHighsInf
        bounds = self.first + target, -infinity if least is None else float(least), infinity if most is None else float(most)
        self.highs.changeRowBounds(*bounds)
        if self.integers:
            self.integers.changeRowBounds(*bounds)

    def _solve(self):
        """"no" if nothing agrees, True if a world was found, None if it is left open."""
        for attempt in range(3):
            answer = self._run(self.highs)
            if answer is not None:
                return answer
            costs = self.chance.integers(-9, 10, self.model.num_col_).astype(float) if attempt < 2 else np.zeros(self.model.num_col_)
            self.highs.changeColsCost(self.model.num_col_, np.arange(self.model.num_col_, dtype=np.int32), costs)
        return None

    def _run(self, highs):
        highs.run()
        self.continuous += 1
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return "no"
        if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kUnbounded):
            return None
        values = highs.getSolution().col_value
        return True if len(values) == self.model.num_col_ and self.learn(np.rint(values).astype(np.int64)) else None

    def _integers(self, target, least, most):
        """The same in whole numbers, by branching."""
        if not self.integers:
            self.integers = solver(self.model, presolve="on", time_limit=5.0)
            size = self.model.num_col_
            self.integers.changeColsIntegrality(size, np.arange(size, dtype=np.int32), np.ones(size, dtype=np.uint8))
        self._bounds(target, least, most)
        return self._run(self.integers)

    def learn(self, world):
        """Keeps a world, if it is one."""
        world = np.asarray(world, dtype=np.int64)
        sums = self.rows @ world
        if (world < self.least).any() or (world > self.most).any() or (sums < self.low).any() or (sums > self.high).any():
            return False
        for seen, value in zip(self.seen, (self.sums @ world).tolist()):
            seen.add(value)
        return True

    def can_be(self, target, least, most=None):
        """Whether a target can be a value, or one of a range."""
        most = least if most is None else most
        if any(least <= value <= most for value in self.seen[target]):
            return True
        self._bounds(target, least, most)
        found = self._solve() or self._integers(target, least, most)
        self._bounds(target, None, None)
        if found is not None:
            return found != "no"
        return self.whole_world([(self.targets[target], least, most)]) is not None

    def least_and_most(self, target, far=10**6):
        """The least and the most a target can be; `far` and beyond is `far`."""
        if self.can_be(target, far, 10**9):
            most = far
        else:
            most = self._edge(target, 1, far)
        return self._edge(target, -1, far), most

    def _edge(self, target, way, far):
        known = max(self.seen[target]) if way > 0 else min(self.seen[target])
        outer = far if way > 0 else min(0, known)
        while known != outer:
            middle = (known + outer + (1 if way > 0 else 0)) // 2 if way > 0 else (known + outer) // 2
            if way > 0:
                if self.can_be(target, middle, outer):
                    known = max(value for value in self.seen[target] if value <= outer)
                else:
                    outer = middle - 1
            elif self.can_be(target, outer, middle):
                known = min(value for value in self.seen[target] if value >= outer)
            else:
                outer = middle + 1
        return known

    def any(self):
        """Whether anything agrees at all."""
        found = self._solve()
        return self.whole_world([]) is not None if found is None else found != "no"

    def whole_world(self, wanted):
        """A world in which sums are in ranges, by OR-tools; None if there is none."""
        self.whole += 1
        model = cp_model.CpModel()
        far = FAR
        own = [model.new_int_var(least, far if most is None else most, "") for least, most in zip(self.system.least, self.system.most)]
        for row, least, most in [*self.system.rows, *wanted]:
            total = sum(own[variable] * factor for variable, factor in row.items())
            if least is not None and least == most:
                model.add(total == least)
                continue
            if least is not None:
                model.add(total >= least)
            if most is not None:
                model.add(total <= most)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = 60
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            return None
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise RuntimeError("left open: " + solver.status_name(status))
        world = [solver.value(one) for one in own]
        if not self.learn(world):
            raise RuntimeError("a world of OR-tools that does not agree")
        return world
