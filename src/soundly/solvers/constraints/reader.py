"""The strict reader of constraint models in JSON.

::

    {"variables": {"x": "1..4", "y": [1, 3]},
     "constraints": ["x + 1 <= y",
                     {"all_different": ["x", "y", "x + y"]},
                     {"any": ["x == 1", {"all": ["y == 3", "x != 2"]}]},
                     {"if": "x == 1", "then": "y == 3"}],
     "minimize": "x + y"}
"""

from __future__ import annotations

import re
from collections.abc import Collection

from soundly.core.verdict import Critique
from soundly.solvers.constraints.expressions import (
    MAX_NUMBER,
    NAME,
    ExpressionError,
    read_comparison,
    read_linear,
)
from soundly.solvers.constraints.model import (
    AllDifferent,
    AllOf,
    AnyOf,
    Constraint,
    ConstraintModel,
    Linear,
    Objective,
    names_in,
    negated,
)
from soundly.solvers.translated_json import Document, Mistakes, named, read_document

REQUIRED = ("variables", "constraints")
OPTIONAL = ("minimize", "maximize")

MAX_VARIABLES = 2_000
MAX_CONSTRAINTS = 20_000
MAX_VALUES = 2_000
MAX_NESTING = 20

_RANGE = re.compile(r"\s*(-?\d{1,7})\s*\.\.\s*(-?\d{1,7})\s*", re.ASCII)
_KINDS = "all_different, any, all, or if with then"


def read_model(text: str) -> ConstraintModel | tuple[Critique, ...]:
    """The model that a text states, or everything that is wrong with it."""
    mistakes = Mistakes()
    document = read_document(text, mistakes, required=REQUIRED, optional=OPTIONAL)
    model = None if document is None else model_in(document, mistakes)
    return tuple(mistakes.found) if model is None or mistakes.found else model


def model_in(document: Document, mistakes: Mistakes) -> ConstraintModel:
    """The model in an object; what is wrong goes to ``mistakes``, and then it is worth nothing."""
    variables = _variables(document.get("variables", {}), mistakes)
    reader = _ConstraintReader(variables, mistakes)
    listed = document.get("constraints", [])
    if not isinstance(listed, list):
        mistakes.add("wrong-form", f"found {named(listed)}, wanted a list", "constraints")
        listed = []
    constraints = tuple(
        found
        for place, each in enumerate(listed)
        if (found := reader.constraint(each, f"constraints[{place}]")) is not None
    )
    return ConstraintModel(variables, constraints, _objective(document, reader))


def unused(model: ConstraintModel, also_used: Collection[str] = ()) -> list[str]:
    """Variables that no constraint and no objective names, nor ``also_used``."""
    used = {name for each in model.constraints for name in names_in(each)} | set(also_used)
    if model.objective is not None:
        used |= {name for name, _ in model.objective.of.terms}
    return [name for name in model.variables if name not in used]


def _variables(found: object, mistakes: Mistakes) -> dict[str, tuple[tuple[int, int], ...]]:
    if not isinstance(found, dict) or not found:
        wanted = 'wanted an object such as {"x": "1..4", "y": [1, 3]}'
        mistakes.add("wrong-form", f"found {_described(found)}, {wanted}", "variables")
        return {}
    if len(found) > MAX_VARIABLES:
        mistakes.add("too-many", f"{len(found):,}, at most {MAX_VARIABLES:,}", "variables")
        return {}
    variables: dict[str, tuple[tuple[int, int], ...]] = {}
    for name, domain in found.items():
        where = f"variables, {name!r:.60}"
        if not NAME.fullmatch(name):
            wanted = "a name has letters, digits and _, and begins with no digit"
            mistakes.add("wrong-name", wanted, where)
        variables[name] = _domain(domain, where, mistakes)
    return variables


def _domain(domain: object, where: str, mistakes: Mistakes) -> tuple[tuple[int, int], ...]:
    """The values that a variable may have, as ranges; one value where they cannot be read."""
    if isinstance(domain, str) and (match := _RANGE.fullmatch(domain)):
        low, high = int(match[1]), int(match[2])
        if low <= high and max(-low, high) <= MAX_NUMBER:
            return ((low, high),)
    if isinstance(domain, list) and 0 < len(domain) <= MAX_VALUES:
        numbers = [each for each in domain if type(each) is int and abs(each) <= MAX_NUMBER]
        if len(numbers) == len(domain):
            return tuple((number, number) for number in sorted(set(numbers)))
    wanted = f'wanted a range such as "1..4", or a list of numbers up to {MAX_NUMBER:,}'
    mistakes.add("wrong-domain", f"found {_described(domain)}, {wanted}", where)
    return ((0, 0),)


def _described(value: object) -> str:
    return "none" if value in ([], {}) else named(value)


def _objective(document: Document, reader: _ConstraintReader) -> Objective | None:
    given = [field for field in OPTIONAL if field in document]
    if len(given) == 2:
        reader.mistakes.add("twice", "minimize and maximize: choose one", "the object")
    if len(given) != 1:
        return None
    of = reader.linear(document[given[0]], given[0])
    return None if of is None else Objective(of, given[0] == "maximize")


class _ConstraintReader:
    """Reads constraints over the variables that are declared."""

    def __init__(self, variables: Collection[str], mistakes: Mistakes) -> None:
        self._variables = variables
        self.mistakes = mistakes
        self._read = 0

    def constraint(self, found: object, where: str, depth: int = 0) -> Constraint | None:
        """The constraint, or None where it is none, which is a mistake."""
        self._read += 1
        if self._read > MAX_CONSTRAINTS or depth > MAX_NESTING:
            limit = f"at most {MAX_CONSTRAINTS:,} constraints, nested {MAX_NESTING} deep"
            self.mistakes.add("too-many", limit, "constraints")
            return None
        if isinstance(found, str):
            return self._comparison(found, where)
        return self._composed(found, where, depth)

    def _composed(self, found: object, where: str, depth: int) -> Constraint | None:
        match found:
            case {"all_different": list(items), **rest} if not rest and len(items) > 1:
                parts = [self.linear(each, f"{where}[{n}]") for n, each in enumerate(items)]
                return AllDifferent(tuple(each for each in parts if each is not None))
            case {"any": list(items), **rest} if not rest and items:
                return AnyOf(self._parts(items, where, depth))
            case {"all": list(items), **rest} if not rest and items:
                return AllOf(self._parts(items, where, depth))
            case {"if": premise, "then": conclusion, **rest} if not rest:
                return self._implication(premise, conclusion, where, depth)
        shown = f"an object with {', '.join(found)}" if isinstance(found, dict) else named(found)
        wanted = f'wanted a comparison such as "x + 1 <= y", or an object with {_KINDS}'
        self.mistakes.add("wrong-form", f"found {shown:.120}, {wanted}", where)
        return None

    def linear(self, found: object, where: str) -> Linear | None:
        """A sum, given as text or as a number."""
        text = str(found) if type(found) is int else found
        if not isinstance(text, str):
            self.mistakes.add("wrong-form", f"found {named(found)}, wanted a sum as text", where)
            return None
        try:
            linear = read_linear(text)
        except ExpressionError as error:
            self.mistakes.add("syntax", str(error), where)
            return None
        self._require_declared(dict(linear.terms), where)
        return linear

    def _comparison(self, text: str, where: str) -> Constraint | None:
        try:
            comparison = read_comparison(text)
        except ExpressionError as error:
            self.mistakes.add("syntax", str(error), where)
            return None
        self._require_declared(set(names_in(comparison)), where)
        return comparison

    def _require_declared(self, names: Collection[str], where: str) -> None:
        for name in names:
            if name not in self._variables:
                self.mistakes.unknown("variable", name, where, self._variables)

    def _parts(self, items: list[object], where: str, depth: int) -> tuple[Constraint, ...]:
        read = [self.constraint(each, f"{where}[{n}]", depth + 1) for n, each in enumerate(items)]
        return tuple(each for each in read if each is not None)

    def _implication(
        self, premise: object, conclusion: object, where: str, depth: int
    ) -> Constraint | None:
        met = self.constraint(premise, f"{where}, if", depth + 1)
        then = self.constraint(conclusion, f"{where}, then", depth + 1)
        if met is None or then is None:
            return None
        try:
            return AnyOf((negated(met), then))
        except ValueError:
            message = "all_different cannot be the condition of an if"
            self.mistakes.add("wrong-form", message, where)
            return None
