"""Whether a family's own critic still tells right from wrong, on an instance that it draws."""

from __future__ import annotations

from functools import partial
from random import Random

import anyio

from soundly.config.extras import ExtraMissingError, missing_extra
from soundly.config.families import make_family
from soundly.core.candidate import Candidate, Found
from soundly.core.errors import CriticError, FamilyError
from soundly.core.family import Audited, Draws, Family, Solves
from soundly.core.problem import Problem
from soundly.core.solver import SolverFound
from soundly.core.verdict import Decision
from soundly.critics.no_model import no_model

SIZE = 4
NEAR_MISSES = 20


def can_be_checked(name: str) -> bool:
    """Whether the family draws, solves and spoils: then all that is needed is at hand."""
    family: object = make_family(name)
    return isinstance(family, Draws) and isinstance(family, Solves) and isinstance(family, Audited)


def check_family(name: str) -> str:
    """What was found, in one line; raises `CriticError` where critic and twin disagree.

    Raises `ExtraMissingError` where the family's solver cannot run for want of a package.

    The family's solver answers an instance, the answer is edited, and the critic has to say of the
    answer and of every edit what the family's slow twin says.
    """
    family = make_family(name)
    problem, answer = _answered(family)
    rng = Random(SIZE)  # noqa: S311 - the same edits every time
    texts = [answer, *(_spoiled(family, problem, answer, rng) for _ in range(NEAR_MISSES))]
    judged = [_agreed(family, problem, text) for text in texts]
    if not judged[0]:
        raise CriticError("its critic rejects the answer of its own solver")
    return f"critic and twin agree on {len(texts)} answers"


def _answered(family: object) -> tuple[Problem, str]:
    if not (isinstance(family, Draws) and isinstance(family, Solves)):
        raise FamilyError("it draws no instances or has no solver")
    problem = family.draw(size=max(SIZE, family.dial.smallest), seed=1)
    answer = anyio.run(family.solvers[0].solve, problem)
    if lacking := missing_extra(answer):
        raise ExtraMissingError(lacking)
    if not isinstance(answer, SolverFound):
        raise FamilyError(f"its solver found no answer to {problem.name}")
    return problem, answer.text


def _spoiled(family: object, problem: Problem, answer: str, rng: Random) -> str:
    if not isinstance(family, Audited):
        raise FamilyError("it makes no near misses")
    return family.near_miss(problem, answer, rng)


def _agreed(family: Family, problem: Problem, text: str) -> bool:
    """Whether the answer is right, if critic and twin say the same; unreadable is not right."""
    reading = family.read(problem, text)
    if not isinstance(reading, Found):
        return False
    candidate = Candidate(reading.solution, reading.canonical, "doctor")
    verdict = anyio.run(partial(family.critic.judge, problem, candidate, no_model))
    right = verdict.decision is Decision.ACCEPT
    audited: object = family
    if isinstance(audited, Audited) and audited.twin(problem, candidate) is not right:
        raise CriticError(f"its critic says {verdict.decision.value} to {text!r:.80}")
    return right
