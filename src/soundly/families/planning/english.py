"""English for any domain: what its actions, facts, conditions and effects say.

Phrases come from a family's table where it has them; everything else is worded from names and
arities alone. The wording is plain rather than pretty: where a name does not show how its
arguments relate, the sentence does not pretend to know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from soundly.families.planning.pddl import (
    Action,
    And,
    Atom,
    Equal,
    Exists,
    Forall,
    Formula,
    Imply,
    Not,
    Or,
    TypedName,
)
from soundly.families.planning.phrases import Phrases, fill

_PREPOSITIONS = frozenset(
    ("about", "above", "against", "at", "before", "behind", "below", "beside", "by", "for", "from",
     "in", "inside", "into", "near", "of", "off", "on", "onto", "over", "to", "under", "within")
)  # fmt: skip
_STATES = frozenset({"empty", "free", "clear", "ready", "idle", "full", "open", "closed"})


@dataclass(frozen=True, slots=True)
class English:
    """Words for the formulas of one domain.

    ``named`` says the variables that are bound where a formula stands: ``?x`` → ``X``. Variables
    are said in capitals, so that none is taken for an object.
    """

    phrases: Phrases
    named: Mapping[str, str] = field(default_factory=dict, hash=False)

    def bind(self, variables: Sequence[TypedName]) -> English:
        """The same words where these variables are bound as well."""
        inner = {name.name: name.name.lstrip("?").upper() for name in variables}
        return English(self.phrases, {**self.named, **inner})

    def term(self, term: str) -> str:
        """A variable or an object."""
        return self.named[term] if term in self.named else self.phrases.object(term)

    def atom(self, predicate: str, terms: Sequence[str]) -> str:
        """What an atom says; empty where the phrase table leaves it unsaid."""
        arguments = [self.term(term) for term in terms]
        phrase = self.phrases.predicates.get(predicate)
        if phrase == "":
            return ""
        if phrase is not None and phrase.count("{}") == len(arguments):
            return fill(phrase, arguments)
        return _worded(predicate, arguments)

    def condition(self, formula: Formula) -> str:  # noqa: PLR0911 - one return a case
        """What a condition asks, as one clause; nested parts stand in brackets."""
        match formula:
            case Atom(predicate, terms):
                return self.atom(predicate, terms)
            case Equal(left, right):
                return f"{self.term(left)} is {self.term(right)}"
            case Not(Equal(left, right)):
                return f"{self.term(left)} is not {self.term(right)}"
            case Not(operand):
                return f"it is not so that {self._part(operand)}"
            case And(operands):
                return listed(self._parts(operands)) or "nothing"
            case Or(operands):
                return f"either {listed(self._parts(operands), last='or') or 'nothing at all'}"
            case Imply(antecedent, consequent):
                return f"if {self._part(antecedent)}, then {self._part(consequent)}"
            case Exists(variables, body):
                inner = self.bind(variables)
                return f"for some {inner.variables(variables)}, {inner.condition(body)}"
            case Forall(variables, body):
                inner = self.bind(variables)
                return f"for every {inner.variables(variables)}, {inner.condition(body)}"

    def conjuncts(self, formula: Formula) -> list[str]:
        """The clauses that must all hold, without those that the phrase table leaves unsaid."""
        parts = formula.operands if isinstance(formula, And) else (formula,)
        return [clause for part in parts if (clause := self.condition(part))]

    def variables(self, variables: Sequence[TypedName]) -> str:
        """Bound variables with their types: ``X and Y of type block``."""
        return listed([self.typed(variable) for variable in variables])

    def typed(self, variable: TypedName) -> str:
        """A bound variable, with its type where that says anything."""
        said = self.term(variable.name)
        if variable.types == ("object",):
            return said
        return f"{said} of type {listed([words(t) for t in variable.types], last='or')}"

    def _parts(self, operands: Sequence[Formula]) -> list[str]:
        return [said for operand in operands if (said := self._part(operand))]

    def _part(self, formula: Formula) -> str:
        simple = isinstance(formula, Atom | Equal) or (
            isinstance(formula, Not) and isinstance(formula.operand, Equal)
        )
        said = self.condition(formula)
        return said if simple or not said else f"({said})"


def action_template(action: Action, phrases: Phrases) -> str:
    """The imperative for an action, with ``{}`` for each argument.

    Without a phrase of its own: its name, its first argument, and the others behind the names of
    their parameters: "drive truck {} with loc from {}, loc to {} and city {}".
    """
    phrase = phrases.actions.get(action.name)
    if phrase is not None and phrase.count("{}") == action.arity:
        return phrase
    said = words(action.name)
    if action.parameters:
        said += " {}"
    if action.arity > 1:
        said += f" with {listed([f'{_label(p)}{{}}' for p in action.parameters[1:]])}"
    return said


def words(name: str) -> str:
    """A PDDL name as words: ``hand-empty`` is "hand empty"."""
    return re.sub("[-_]+", " ", name).strip() or name


def listed(parts: Sequence[str], *, last: str = "and") -> str:
    """``a``; ``a and b``; ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def _worded(predicate: str, arguments: Sequence[str]) -> str:  # noqa: PLR0911 - one return a case
    """A statement made from a name: "x is on y", "x is clear", "“road” holds for x, y and z"."""
    name = words(predicate)
    *before, last = name.split(" ")
    joins = last in _PREPOSITIONS or name.split(" ")[0] in _PREPOSITIONS
    match list(arguments):
        case [] if before and last in _STATES:
            return f"the {' '.join(before)} is {last}"
        case []:
            return f"{name} holds"
        case [only] if last.endswith("ing") or joins:
            return f"{name} {only}"
        case [only] if before and before[0] in {"is", "has"}:
            return f"{only} {name}"
        case [only]:
            return f"{only} is {name}"
        case [first, second] if joins or last.endswith("ing"):
            return f"{first} is {name} {second}"
        case [first, second] if not before and last.endswith("s"):
            return f"{first} {name} {second}"
    return f"“{name}” holds for {listed(arguments)}"


def _label(parameter: TypedName) -> str:
    """The words of a parameter's name before its argument, where the name is a word."""
    name = words(parameter.name.lstrip("?"))
    return f"{name} " if len(name) > 2 and not name[-1].isdigit() else ""
