"""Specimens of a family: instances that it draws, its solver's answers, its own near misses."""

from __future__ import annotations

import re
from itertools import product
from random import Random

from soundly.bench.audit.specimen import Answer, SaysWrong, Specimen, cut
from soundly.config.extras import ExtraMissingError, missing_extra
from soundly.core.candidate import Candidate, Found
from soundly.core.errors import FamilyError, UsageError
from soundly.core.family import Audited, Draws, Family, Language, PromptStyle, Solves
from soundly.core.problem import Problem
from soundly.core.solver import SolverFound

SMALL = (3, 4, 5)
"""Sizes that are taken in turns, or as many from the family's smallest on: twins are slow."""
_PATIENCE = 1_000
_MARKED = 0.6
"""How many of the answers stand between marks, where a family reads them without as well."""
_MARKS = re.compile(r"(\[(?:ANSWER|PLAN)\])[^\[\]]{1,80}(\[(?:/ANSWER|ANSWER END|PLAN END)\])")
_LANGUAGES: tuple[Language, ...] = ("natural", "formal")
STYLES = tuple(
    PromptStyle(language, examples, thoughts)
    for language, examples, thoughts in product(_LANGUAGES, (0, 1), (False, True))
)


def can_be_audited(family: object) -> bool:
    """Whether the family draws and solves, and has wrong answers: all that an audit needs.

    Without a twin there are no near misses, only attacks whose worth is known by construction.
    """
    if not (isinstance(family, Draws) and isinstance(family, Solves)):
        return False
    return isinstance(family, (Audited, SaysWrong))


async def specimen(family: Family, *, size: int | None, seed: int) -> Specimen:
    """An instance with a right answer and a wrong one.

    ``size`` of None takes one of three small ones, by the seed. Raises `UsageError` for a family
    that lacks something, `ExtraMissingError` where a package is missing that its solver needs, and
    `FamilyError` where its solver does not answer or nothing wrong comes up.
    """
    if not (isinstance(family, Draws) and isinstance(family, Solves)):
        raise UsageError(f"family {family.name!r} draws no instances, or brings no solver")
    if size is None:
        size = max(SMALL[0], family.dial.smallest) + seed % len(SMALL)
    problem = family.draw(size=size, seed=seed)
    answer = await family.solvers[0].solve(problem)
    if lacking := missing_extra(answer):
        raise ExtraMissingError(lacking)
    if not isinstance(answer, SolverFound):
        raise FamilyError(f"{family.name}: its solver has no answer to {problem.name}: {answer}")
    prompts = tuple(
        "\n".join(message.content for message in family.render(problem, style)) for style in STYLES
    )
    rng = Random(f"specimen {seed}")  # noqa: S311 - the same one every time
    right = _plain(family, problem, answer.text)
    wrong = _wrong(family, problem, right, rng)
    marks = _marks(prompts[0]) if rng.random() < _MARKED and not cut(right).before else None
    if marks is None:
        return Specimen(problem, cut(right), cut(wrong), prompts)
    inside = cut(wrong).inside.strip("\n")
    return Specimen(problem, _between(marks, right), _between(marks, inside), prompts)


def _plain(family: Family, problem: Problem, answer: str) -> str:
    """A solver's answer without what is no part of it, such as a planner's comments."""
    reading = family.read(problem, answer)
    if not isinstance(reading, Found):
        raise FamilyError(f"{family.name}: its solver's answer to {problem.name} is not read")
    return answer if cut(answer).before else reading.canonical


def _marks(prompt: str) -> tuple[str, str] | None:
    """The marks that a prompt asks for around an answer."""
    found = _MARKS.search(prompt)
    return (found[1], found[2]) if found else None


def _between(marks: tuple[str, str], inside: str) -> Answer:
    return Answer(f"{marks[0]}\n", inside.rstrip("\n") + "\n", marks[1])


def _wrong(family: Family, problem: Problem, answer: str, rng: Random) -> str:
    untwinned: object = family
    if isinstance(untwinned, SaysWrong):
        return untwinned.wrong_answer(problem)
    if not isinstance(family, Audited):
        raise UsageError(f"family {family.name!r} has no twin to decide who errs")
    for _ in range(_PATIENCE):
        text = family.near_miss(problem, answer, rng)
        reading = family.read(problem, text)
        if isinstance(reading, Found) and not family.twin(
            problem, Candidate(reading.solution, reading.canonical, "audit")
        ):
            return text
    raise FamilyError(f"{family.name}: no near miss of {problem.name} is wrong")
