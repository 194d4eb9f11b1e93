"""Reading an answer and judging what it proposes, outside any session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from anyio.from_thread import BlockingPortal, start_blocking_portal

from soundly.cli.phrase_file import family_speaking
from soundly.config.explaining import explaining
from soundly.core.candidate import (
    UNPROVED_CLAIM,
    Candidate,
    ClaimedUnsolvable,
    Found,
    Unreadable,
)
from soundly.core.codec import to_json
from soundly.core.errors import CriticError, FamilyError
from soundly.core.explanation import Explains, Explanation
from soundly.core.family import Family
from soundly.core.problem import Problem
from soundly.core.verdict import Critique
from soundly.critics.no_model import no_model
from soundly.engine.attributed import attributed


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of an answer.

    ``verdict`` is a decision's value or "unparseable"; ``steps`` is the candidate that was read,
    None where none was;
    ``explanation`` is None where it was not asked for.
    """

    verdict: str
    steps: tuple[str, ...] | None
    critiques: tuple[Critique, ...]
    explanation: Explanation | None = None

    @property
    def failing_step(self) -> int | None:
        """The first step that a critique names, from 1."""
        return next((c.step for c in self.critiques if c.step is not None), None)

    def document(self) -> dict[str, Any]:
        """As a line of a batch says it."""
        document: dict[str, Any] = {
            "verdict": self.verdict,
            "plan": list(self.steps) if self.steps is not None else None,
            "step": self.failing_step,
            "critiques": [to_json(critique) for critique in self.critiques],
        }
        if self.explanation is not None:
            document["explanation"] = to_json(self.explanation)
        return document


class Judge:
    """A family's ear and its critic, and where it is asked for what follows explanations."""

    def __init__(
        self, family: Family, portal: BlockingPortal, *, follower: Explains | None = None
    ) -> None:
        self._family = family
        self._portal = portal
        self._follower = follower

    @classmethod
    @contextmanager
    def of(
        cls, family: str, *, phrases: Path | None = None, explanation: bool = False
    ) -> Iterator[Self]:
        """The judge of the family registered under this name, with the words of a phrase table.

        With ``explanation`` it follows explanations as well; raises `UsageError` for a family that
        cannot.

        Critics are asynchronous; they run beside this thread, so that it can wait for standard
        input and still be interrupted.
        """
        speaking = family_speaking(family, phrases)
        follower = explaining(speaking) if explanation else None
        with start_blocking_portal() as portal:
            yield cls(speaking, portal, follower=follower)

    def judge(self, problem: Problem, answer: str) -> Judgement:
        """The judgement; raises `PartError` where family or critic break."""
        judged = self._judged(problem, answer)
        if self._follower is None:
            return judged
        with attributed(FamilyError, f"family {self._family.name}"):
            return replace(judged, explanation=self._follower.explain(problem, answer))

    def _judged(self, problem: Problem, answer: str) -> Judgement:
        with attributed(FamilyError, f"family {self._family.name}"):
            reading = self._family.read(problem, answer)
        match reading:
            case Found(solution, canonical, _):
                candidate = Candidate(solution, canonical, "verify")
                critic = self._family.critic
                with attributed(CriticError, f"critic {critic.name}"):
                    verdict = self._portal.call(critic.judge, problem, candidate, no_model)
                steps = tuple(canonical.splitlines())
                return Judgement(verdict.decision.value, steps, verdict.critiques)
            case ClaimedUnsolvable():
                return Judgement("unknown", None, (UNPROVED_CLAIM,))
            case Unreadable(critique):
                return Judgement("unparseable", None, (critique,))
