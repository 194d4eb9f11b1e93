"""PDDL for the kernel, and nothing beyond what the project supports.

That is: STRIPS, typing, negation, disjunction, equality, quantifiers, conditional effects,
constants and action costs. Whatever else a statement holds is refused. So is a name that is not
declared, or that stands with the wrong terms: a reading that guessed would be a reading of
another problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from soundly.kernel.declarations import Declarations, Scope
from soundly.kernel.formula import (
    MAX_CHOICES,
    TRUE,
    And,
    Atom,
    Exists,
    ForAll,
    Formula,
    Literal,
    Or,
    Variables,
    extent,
    most_choices,
    spell,
)
from soundly.kernel.refused import Refused
from soundly.kernel.task import Action, Effect, Task
from soundly.kernel.text import Expression, name, read_expression, show

_REQUIREMENTS = frozenset(
    {
        ":strips",
        ":typing",
        ":negative-preconditions",
        ":disjunctive-preconditions",
        ":equality",
        ":existential-preconditions",
        ":universal-preconditions",
        ":quantified-preconditions",
        ":conditional-effects",
        ":adl",
        ":action-costs",
    }
)
_DOMAIN_SECTIONS = frozenset({":requirements", ":types", ":constants", ":predicates", ":functions"})
_PROBLEM_SECTIONS = frozenset({":requirements", ":domain", ":objects", ":init", ":goal", ":metric"})
_NUMBER = re.compile(r"[0-9]{1,18}(\.[0-9]{1,18})?")
_TOTAL_COST = "total-cost"
_SHOWN = "shown"


def read_task(statement: Mapping[str, object]) -> Task:
    """The task that the texts under "domain" and "problem" state. Raises `Refused`.

    A statement may have a text "shown" as well: what a prompt shows beside the problem. No claim
    is about it, and `aside` says so.
    """
    if set(statement) - {_SHOWN} != {"domain", "problem"}:
        raise Refused(
            'a PDDL statement has exactly the fields "domain" and "problem", and "shown" '
            "where its prompt shows more"
        )
    if not isinstance(statement.get(_SHOWN, ""), str):
        raise Refused("what is shown has to be a text")
    domain_name, domain, action_texts = _sections(statement["domain"], "domain", _DOMAIN_SECTIONS)
    _, problem, no_actions = _sections(statement["problem"], "problem", _PROBLEM_SECTIONS)
    if no_actions:
        raise Refused("the problem holds an action")
    if problem.get(":domain") != [domain_name]:
        raise Refused(f"the problem is not for the domain {domain_name}")
    for flag in domain.get(":requirements", []) + problem.get(":requirements", []):
        if not isinstance(flag, str) or flag not in _REQUIREMENTS:
            raise Refused(f"unsupported requirement {show(flag)}")
    declarations = Declarations(
        types=domain.get(":types", []),
        constants=domain.get(":constants", []),
        objects=problem.get(":objects", []),
        predicates=domain.get(":predicates", []),
        functions=domain.get(":functions", []),
    )
    return _Reader(declarations).task(problem, action_texts)


def aside(statement: Mapping[str, object]) -> str:
    """What a summary adds where a statement holds a text that no claim is about."""
    return "; what is shown beside the problem is no part of it" if _SHOWN in statement else ""


class _Reader:
    """Reads formulas, effects and whole tasks against the declarations."""

    def __init__(self, declarations: Declarations) -> None:
        self._declared = declarations

    def task(
        self, problem: Mapping[str, list[Expression]], action_texts: list[list[Expression]]
    ) -> Task:
        """The task of one problem."""
        actions: dict[str, Action] = {}
        for text in action_texts:
            action = self._action(text)
            if action.name in actions:
                raise Refused(f"the action {action.name} is declared twice")
            actions[action.name] = action
        goal = problem.get(":goal", [])
        if len(goal) != 1 or ":init" not in problem:
            raise Refused("the problem has to have an :init and one :goal")
        metric = problem.get(":metric", ["minimize", [_TOTAL_COST]])
        if metric != ["minimize", [_TOTAL_COST]]:
            raise Refused(f"unsupported metric {show(metric)}")
        init, costs = self._init(problem[":init"])
        return Task(
            predicates={each: len(terms) for each, terms in self._declared.predicates.items()},
            actions=actions,
            init=init,
            goal=self._condition(goal[0], {}),
            costs=costs,
            minimizes_cost=":metric" in problem,
        )

    def _init(self, items: list[Expression]) -> tuple[frozenset[Atom], dict[Atom, Fraction]]:
        init: set[Atom] = set()
        false: set[Atom] = set()
        costs: dict[Atom, Fraction] = {}
        for item in items:
            match item:
                case ["=", term, amount]:
                    key, value = self._declared.function_term(term, {}), _number(amount)
                    if costs.setdefault(key, value) != value:
                        raise Refused(f"{show(item)} gives a second value to the same term")
                case ["not", atom]:
                    false.add(self._declared.atom(atom, {}))
                case _:
                    init.add(self._declared.atom(item, {}))
        if init & false:
            raise Refused(f"{spell(min(init & false))} is stated both true and false")
        return frozenset(init), costs

    def _action(self, text: list[Expression]) -> Action:
        action_name = name(text[1] if len(text) > 1 else [], "an action")
        fields = _fields(text[2:], f"action {action_name}")
        parameters = fields.get(":parameters", [])
        if isinstance(parameters, str):
            raise Refused(f"the parameters of {action_name} have to be a list")
        scope = self._declared.variables(parameters, {}, f"action {action_name}")
        found = list(self._effects(fields.get(":effect") or ["and"], scope, (), TRUE))
        return Action(
            name=action_name,
            parameters=tuple(scope.values()),
            precondition=self._condition(fields.get(":precondition", []), scope),
            effects=tuple(each for each in found if isinstance(each, Effect)),
            costs=tuple(each for each in found if not isinstance(each, Effect)),
        )

    def _condition(self, text: Expression, scope: Scope, within: Variables = ()) -> Formula:
        """A whole condition, judged for each choice of the variables that it stands ``within``.

        Here, and nowhere within a formula, ``()`` is always true.
        """
        formula = self._formula(text or ["and"], scope)
        _require_few(extent(within) * max(1, most_choices(formula)), text)
        return formula

    def _formula(self, text: Expression, scope: Scope, positive: bool = True) -> Formula:
        """The formula, or its negation, with negations pushed down to the atoms."""
        match text:
            case ["not", inner]:
                return self._formula(inner, scope, not positive)
            case ["imply", premise, conclusion]:
                return self._formula(["or", ["not", premise], conclusion], scope, positive)
            case ["and" | "or" as word, *inner]:
                parts = tuple(self._formula(each, scope, positive) for each in inner)
                return And(parts) if (word == "and") is positive else Or(parts)
            case ["forall" | "exists" as word, list(names), inner]:
                variables = self._declared.variables(names, scope, str(word))
                body = self._formula(inner, {**scope, **variables}, positive)
                quantifier = ForAll if (word == "forall") is positive else Exists
                return quantifier(tuple(variables.values()), body)
            case ["=", left, right]:
                terms = (self._declared.term(left, scope), self._declared.term(right, scope))
                return Literal(("=", *terms), positive)
            case _:
                return Literal(self._declared.atom(text, scope), positive)

    def _effects(
        self, text: Expression, scope: Scope, variables: Variables, condition: Formula
    ) -> Iterator[Effect | Fraction | Atom]:
        """What the text sets, under which quantifiers and conditions, and what it costs."""
        match text:
            case ["and", *parts]:
                for part in parts:
                    yield from self._effects(part, scope, variables, condition)
            case ["forall", list(names), inner] if condition is TRUE:
                more = self._declared.variables(names, scope, "forall")
                all_variables = variables + tuple(more.values())
                _require_few(extent(all_variables), text)
                yield from self._effects(inner, {**scope, **more}, all_variables, TRUE)
            case ["when", premise, inner] if condition is TRUE:
                met = self._condition(premise, scope, variables)
                yield from self._effects(inner, scope, variables, met)
            case ["increase", [str(total)], amount] if total == _TOTAL_COST:
                if variables or condition is not TRUE or amount == [total]:
                    raise Refused(f"unsupported cost effect {show(text)}")
                self._declared.function_term([total], scope)
                by_number = isinstance(amount, str)
                yield _number(amount) if by_number else self._declared.function_term(amount, scope)
            case ["not", atom]:
                yield Effect(variables, condition, self._declared.atom(atom, scope), positive=False)
            case _:
                yield Effect(variables, condition, self._declared.atom(text, scope), positive=True)


def _sections(
    text: object, what: str, allowed: frozenset[str]
) -> tuple[str, dict[str, list[Expression]], list[list[Expression]]]:
    """The name, the sections by keyword (each at most once), and the actions."""
    match read_expression(text, what):
        case ["define", [str(word), str(title)], *bodies] if word == what:
            name(title, f"a {what}")
        case _:
            raise Refused(f"the {what} has to read (define ({what} …) …)")
    sections: dict[str, list[Expression]] = {}
    actions: list[list[Expression]] = []
    for body in bodies:
        match body:
            case [":action", *_]:
                actions.append(list(body))
            case [str(keyword), *items] if keyword in allowed:
                if keyword in sections:
                    raise Refused(f"the {what} has the section {keyword} twice")
                sections[keyword] = items
            case _:
                raise Refused(f"unsupported section in the {what}: {show(body)}")
    return title, sections, actions


def _fields(items: list[Expression], what: str) -> dict[str, Expression]:
    fields: dict[str, Expression] = {}
    if len(items) % 2:
        raise Refused(f"{what} has a keyword without a value")
    for keyword, value in zip(items[::2], items[1::2], strict=True):
        if keyword not in (":parameters", ":precondition", ":effect") or keyword in fields:
            raise Refused(f"unsupported or repeated {show(keyword)} in {what}")
        fields[str(keyword)] = value
    return fields


def _require_few(choices: int, text: Expression) -> None:
    if choices > MAX_CHOICES:
        raise Refused(f"{show(text)} has more than {MAX_CHOICES:,} choices of objects")


def _number(text: Expression) -> Fraction:
    if isinstance(text, str) and _NUMBER.fullmatch(text):
        return Fraction(text)
    raise Refused(f"{show(text)} is no number of at least 0")
