"""Formulas of three literals a clause, near the threshold: one hides a model, one a refutation."""

from __future__ import annotations

from random import Random

from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.families.satisfiability.formula import Clause, Formula

DIAL = Dial(smallest=4, trained=20)
LARGEST = 100_000

CLAUSES_A_VARIABLE = 4.26
"""Where random formulas of three literals a clause lose their models (Mertens, Mézard, Zecchina,
2006: 4.267), so that neither answer can be guessed."""

_TRUE_LITERALS = (1, 2, 3)
_GOLDEN = (5**0.5 - 1) / 2
_WEIGHTS = (3 * _GOLDEN, 3 * _GOLDEN**2, _GOLDEN**3)

_CORE_A_VARIABLE = 1.5


def draw_satisfiable(*, size: int, seed: int) -> tuple[Formula, tuple[int, ...]]:
    """A formula of this many variables, and a model of it: a literal for each variable in turn.

    How many literals of a clause are true in the hidden model is drawn so that a literal is as
    often true as false over the whole formula; otherwise the majority would give the model away
    (Jia, Moore and Strain, 2005: "Generating hard satisfiable formulas by hiding solutions
    deceptively"). Clauses are all different. Raises `UsageError` for fewer than four variables.
    """
    rng = _random("satisfiable", size, seed)
    model = tuple(rng.choice((-1, 1)) * variable for variable in range(1, size + 1))
    clauses: set[Clause] = set()
    while len(clauses) < round(CLAUSES_A_VARIABLE * size):
        true = rng.choices(_TRUE_LITERALS, _WEIGHTS)[0]
        chosen = rng.sample(model, 3)
        clauses.add(_clause(*chosen[:true], *(-literal for literal in chosen[true:])))
    return _formula(size, clauses, rng), model


def draw_unsatisfiable(*, size: int, seed: int) -> Formula:
    """A formula of this many variables that has no model.

    It grows backwards out of a contradiction: a clause that is too short gives way to itself with a
    further variable, once true and once false; then clauses (a b c) of the right length give way to
    (a b x), (-x c y) and (-x c -y), each of which it follows from. Random clauses make it up to the
    number that `draw_satisfiable` draws.
    """
    rng = _random("unsatisfiable", size, seed)
    core: list[Clause] = [()]
    while len(core[0]) < 3:
        clause = core.pop(0)
        fresh = _others(rng, size, clause, 1)[0]
        core += [(*clause, fresh), (*clause, -fresh)]
    while len(core) < _CORE_A_VARIABLE * size:
        first, second, third = rng.sample(core.pop(rng.randrange(len(core))), 3)
        x, y = _others(rng, size, (first, second, third), 2)
        core += [(first, second, x), (-x, third, y), (-x, third, -y)]
    clauses = {_clause(*clause) for clause in core}
    while len(clauses) < round(CLAUSES_A_VARIABLE * size):
        variables = rng.sample(range(1, size + 1), 3)
        clauses.add(_clause(*(rng.choice((-1, 1)) * variable for variable in variables)))
    return _formula(size, clauses, rng)


def _others(rng: Random, size: int, clause: Clause, many: int) -> list[int]:
    """Literals of different variables, none of which the clause has."""
    taken = {abs(literal) for literal in clause}
    found: list[int] = []
    while len(found) < many:
        variable = rng.randint(1, size)
        if variable not in taken:
            taken.add(variable)
            found.append(rng.choice((-1, 1)) * variable)
    return found


def _clause(*literals: int) -> Clause:
    return tuple(sorted(literals, key=abs))


def _formula(size: int, clauses: set[Clause], rng: Random) -> Formula:
    return Formula(size, tuple(rng.sample(sorted(clauses), len(clauses))))


def _random(kind: str, size: int, seed: int) -> Random:
    if not DIAL.smallest <= size <= LARGEST:
        raise UsageError(f"size is {size}, wanted {DIAL.smallest} to {LARGEST} variables")
    return Random(f"{kind} {size} {seed}")  # noqa: S311 - instances are not secrets
