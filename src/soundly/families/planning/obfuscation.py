"""Any domain under other names: misleading ones (Mystery), or none that say anything (Randomised).

A planner does not care what things are called. Whether a model does is the question (Valmeekam et
al., arXiv:2206.10498): the obfuscated problem has the same plans as the plain one, in other words.

    obfuscation = mystery()
    hidden = obfuscation.problem(problem, family="mystery-blocksworld")
    there = obfuscation.renaming(task_of(problem))
    there.plan(plan)             # valid for ``hidden`` if and only if ``plan`` is for ``problem``
    there.inverse().plan(found)  # and the way back

Types, constants, predicates, functions, actions, objects, variables and the domain's name all
change; ``object``, ``total-cost``, numbers and the words of PDDL stay. The vocabulary of a domain
is the same in all its problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from random import Random
from string import ascii_lowercase, digits
from typing import Protocol

from soundly.core.problem import Problem
from soundly.families.planning.pddl import (
    And,
    Domain,
    Effect,
    Equal,
    Exists,
    Forall,
    ForEach,
    Formula,
    Imply,
    Not,
    Or,
    Task,
    Together,
    When,
    format_domain,
    format_problem,
)
from soundly.families.planning.problems import task_of
from soundly.families.planning.renaming import Names, Renaming

_KEPT = frozenset({"object", "total-cost"})
_RANDOM_LENGTH = 8

VOCABULARY: Mapping[str, tuple[str, ...]] = {
    "domain": ("masquerade",),
    "type": ("season", "melody", "harbour", "orchard", "rumour", "lantern", "festival", "weather"),
    "fact": ("drizzle", "applause", "twilight", "silence", "gossip", "frost"),
    "property": ("sunlit", "grateful", "salty", "famous", "jealous", "asleep", "polite", "hollow"),
    "relation": ("envies", "forgives", "outshines", "remembers", "imitates", "misquotes", "salutes",
                 "teaches", "interrupts", "flatters"),
    "function": ("courage", "patience", "volume", "luck"),
    "action": ("congratulate", "marinate", "whisper", "postpone", "polish", "serenade", "translate",
               "sharpen", "juggle", "apologise", "rehearse", "decorate"),
    "object": ("violin", "pepper", "comet", "walrus", "teapot", "cactus", "anchor", "pillow",
               "cello", "turnip", "glacier", "parrot", "button", "saffron", "kettle", "badger",
               "ribbon", "mango", "puddle", "thimble", "falcon", "noodle", "candle", "otter"),
}  # fmt: skip


class Words(Protocol):
    """Where new names come from."""

    def __call__(self, kind: str) -> Iterator[str]:
        """Endless different names for a kind of thing: a key of `VOCABULARY`."""
        ...


@dataclass(frozen=True, slots=True)
class MysteryWords:
    """Everyday words that mean something else: an action may be called "marinate".

    Where the words run out they are numbered.
    """

    def __call__(self, kind: str) -> Iterator[str]:
        """The words for a kind, in their order."""
        yield from VOCABULARY[kind]
        for number in count(2):
            for word in VOCABULARY[kind]:
                yield f"{word}{number}"


@dataclass(frozen=True, slots=True)
class RandomWords:
    """Eight random letters and digits; ``seed`` chooses them."""

    seed: int = 0

    def __call__(self, kind: str) -> Iterator[str]:
        """Different strings, at random."""
        rng = Random(f"obfuscation {self.seed} {kind}")  # noqa: S311 - names are not secrets
        seen: set[str] = set()
        while True:
            rest = "".join(rng.choices(ascii_lowercase + digits, k=_RANDOM_LENGTH - 1))
            name = rng.choice(ascii_lowercase) + rest
            if name not in seen:
                seen.add(name)
                yield name


@dataclass(frozen=True, slots=True)
class Obfuscation:
    """One way to rename every domain and its problems."""

    words: Words

    def problem(self, problem: Problem, *, family: str) -> Problem:
        """The same problem in other words; its own name stays, so it should say nothing.

        Raises `ProblemError` where the statement is no PDDL.
        """
        task = task_of(problem)
        hidden = self.renaming(task).task(task)
        texts = {"domain": format_domain(hidden.domain), "problem": format_problem(hidden)}
        return Problem(family, problem.name, texts)

    def renaming(self, task: Task) -> Renaming:
        """New names for all that a task names: the domain's in its order, then the problem's.

        Tasks of one domain share their names for what belongs to the domain.
        """
        domain = task.domain
        variables = dict.fromkeys([*_variables_of(domain), *_bound(task.goal)])
        numbered = {name: f"?v{number}" for number, name in enumerate(variables, start=1)}
        return Renaming(
            domains=self._names("domain", [domain.name]),
            types=self._names("type", domain.types),
            predicates=self._predicates(domain),
            functions=self._names("function", domain.functions),
            actions=self._names("action", domain.actions),
            objects=self._names("object", task.objects),
            variables=Names(numbered),
        )

    def _predicates(self, domain: Domain) -> Names:
        """By how many arguments they take, so that English stays English."""
        by_arity = {"fact": range(1), "property": range(1, 2), "relation": range(2, 1000)}
        listed: dict[str, str] = {}
        for kind, arities in by_arity.items():
            these = [p.name for p in domain.predicates.values() if p.arity in arities]
            listed |= self._names(kind, these).listed
        return Names(listed)

    def _names(self, kind: str, old: Iterable[str]) -> Names:
        renamed = [name for name in old if name not in _KEPT]
        return Names(dict(zip(renamed, self.words(kind), strict=False)))


def mystery() -> Obfuscation:
    """Misleading names: the words of another world."""
    return Obfuscation(MysteryWords())


def randomised(seed: int = 0) -> Obfuscation:
    """Names that say nothing; each seed makes its own."""
    return Obfuscation(RandomWords(seed))


def _variables_of(domain: Domain) -> Iterator[str]:
    for signature in (*domain.predicates.values(), *domain.functions.values()):
        yield from (parameter.name for parameter in signature.parameters)
    for action in domain.actions.values():
        yield from (parameter.name for parameter in action.parameters)
        yield from _bound(action.precondition)
        yield from _bound_in(action.effect)


def _bound(formula: Formula) -> Iterator[str]:
    """The variables that quantifiers bind."""
    match formula:
        case Not(operand):
            yield from _bound(operand)
        case And(operands) | Or(operands):
            for part in operands:
                yield from _bound(part)
        case Imply(before, after):
            yield from _bound(before)
            yield from _bound(after)
        case Exists(variables, body) | Forall(variables, body):
            yield from (variable.name for variable in variables)
            yield from _bound(body)
        case Equal() | _:
            return


def _bound_in(effect: Effect) -> Iterator[str]:
    match effect:
        case Together(operands):
            for part in operands:
                yield from _bound_in(part)
        case When(condition, inner):
            yield from _bound(condition)
            yield from _bound_in(inner)
        case ForEach(variables, inner):
            yield from (variable.name for variable in variables)
            yield from _bound_in(inner)
        case _:
            return
