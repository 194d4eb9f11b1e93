"""Reading an answer and judging what it proposes, outside any session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from anyio.from_thread import BlockingPortal, start_blocking_portal

from soundly.cli.phrase_file import family_speaking
from soundly.core.candidate import Candidate, ClaimedUnsolvable, Found, Unreadable
from soundly.core.codec import to_json
from soundly.core.errors import CriticError, FamilyError
from soundly.core.family import Family
from soundly.core.problem import Problem
from soundly.core.verdict import Critique
from soundly.critics.no_model import no_model
from soundly.engine.attributed import attributed
from soundly.engine.live_session import UNPROVED_CLAIM


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of an answer.

    ``verdict`` is a decision's value or "unparseable"; ``steps`` is the candidate that was read,
    None where none was.
    """

    verdict: str
    steps: tuple[str, ...] | None
    critiques: tuple[Critique, ...]

    @property
    def failing_step(self) -> int | None:
        """The first step that a critique names, from 1."""
        return next((c.step for c in self.critiques if c.step is not None), None)

    def document(self) -> dict[str, Any]:
        """As a line of a batch says it."""
        return {
            "verdict": self.verdict,
            "plan": list(self.steps) if self.steps is not None else None,
            "step": self.failing_step,
            "critiques": [to_json(critique) for critique in self.critiques],
        }


class Judge:
    """A family's ear and its critic."""

    def __init__(self, family: Family, portal: BlockingPortal) -> None:
        self._family = family
        self._portal = portal

    @classmethod
    @contextmanager
    def of(cls, family: str, *, phrases: Path | None = None) -> Iterator[Self]:
        """The judge of the family registered under this name, with the words of a phrase table.

        Critics are asynchronous; they run beside this thread, so that it can wait for standard
        input and still be interrupted.
        """
        speaking = family_speaking(family, phrases)
        with start_blocking_portal() as portal:
            yield cls(speaking, portal)

    def judge(self, problem: Problem, answer: str) -> Judgement:
        """The judgement; raises `PartError` where family or critic break."""
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
