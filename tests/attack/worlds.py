"""Whole numbers of which somebody knows sums, and what values a sum of them can still have.

HiGHS answers the continuous question; what it answers in whole numbers is checked here, in whole
numbers, and kept as a world that shows more values at once. What is left open goes to OR-tools.
"""

import numpy as np
from ortools.sat.python import cp_model
import highspy

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

    def agrees(self, world):
        """Whether a world is one of this system, in whole numbers."""
        if any(value < least or (most is not None and value > most) for value, least, most in zip(world, self.least, self.most)):
            return False
        for row, least, most in self.rows:
            total = sum(world[variable] * factor for variable, factor in row.items())
            if (least is not None and total < least) or (most is not None and total > most):
                return False
        return True


class Worlds:
    """What the targets, each a sum, can be in a system. A target's question costs one warm start;
    every world found answers for all targets."""

    def __init__(self, system, targets):
        self.system, self.targets = system, [summed(target) for target in targets]
        self.seen = [set() for _ in targets]
        self.continuous = self.whole = 0
        self.highs = highspy.Highs()
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("presolve", "off")
        self.highs.setOptionValue("threads", 1)
        rows = [*system.rows, *((target, None, None) for target in self.targets)]
        self.first = len(system.rows)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(system.least), len(rows)
        infinity = highspy.kHighsInf
        lp.col_cost_ = np.zeros(lp.num_col_)
        lp.col_lower_ = np.array(system.least, dtype=float)
        lp.col_upper_ = np.array([infinity if most is None else most for most in system.most], dtype=float)
        lp.row_lower_ = np.array([-infinity if least is None else least for _, least, _ in rows], dtype=float)
        lp.row_upper_ = np.array([infinity if most is None else most for *_, most in rows], dtype=float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0] + [len(row) for row, *_ in rows]).astype(np.int32)
        lp.a_matrix_.index_ = np.array([variable for row, *_ in rows for variable in row], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([factor for row, *_ in rows for factor in row.values()], dtype=float)
        self.highs.passModel(lp)

    def _bounds(self, target, least, most):
        infinity = highspy.kHighsInf
        self.highs.changeRowBounds(self.first + target, -infinity if least is None else float(least), infinity if most is None else float(most))

    def _solve(self):
        """"no" if nothing agrees, a world if one was found, None if it is left open."""
        self.highs.run()
        self.continuous += 1
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return "no"
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        world = [round(value) for value in self.highs.getSolution().col_value]
        return world if self.learn(world) else None

    def learn(self, world):
        """Keeps a world, if it is one."""
        if not self.system.agrees(world):
            return False
        for target, seen in zip(self.targets, self.seen):
            seen.add(sum(world[variable] * factor for variable, factor in target.items()))
        return True

    def can_be(self, target, least, most=None):
        """Whether a target can be a value, or one of a range."""
        most = least if most is None else most
        if any(least <= value <= most for value in self.seen[target]):
            return True
        self._bounds(target, least, most)
        found = self._solve()
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
