"""The prefixes that a session judges and words: its family's, for the model that it asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from soundly.core.candidate import Found
from soundly.core.completion import Completion, Generator, Message
from soundly.core.errors import FamilyError
from soundly.core.family import Family, PromptStyle
from soundly.core.notation import PLAN, Notated, Notation, notation_read_by
from soundly.core.problem import Problem
from soundly.core.session import Session
from soundly.core.stepwise import NotatesSteps, Prefix, Steps, Stepwise, ask_to_go_on
from soundly.core.verdict import Critique
from soundly.engine.attributed import attributed


def prefixes_in(
    session: Session, family: Family, generator: Generator | None
) -> LivePrefixes | None:
    """The session's problem step by step; None for a family that is not `Stepwise`."""
    if not isinstance(family, Stepwise):
        return None
    reads = notation_read_by(generator) is not None
    notation = family.notation if reads and isinstance(family, Notated) else None
    return LivePrefixes(session, family, family, session.problem, notation)


@dataclass(frozen=True, slots=True)
class LivePrefixes:
    """What `Prefixes` says, by a family.

    ``notation`` is the one that the model reads, None for a model that reads text.
    """

    session: Session
    family: Family
    stepwise: Stepwise
    problem: Problem
    notation: Notation | None

    def judge(self, steps: Steps) -> Prefix:
        """What the family says; `FamilyError` where it speaks of other steps or breaks."""
        with attributed(FamilyError, f"family {self.family.name}"):
            prefix = self.stepwise.judge_steps(self.problem, steps)
        if prefix.steps != steps:
            raise FamilyError(
                f"family {self.family.name} judged {prefix.steps!r:.80}, asked for {steps!r:.80}"
            )
        return prefix

    def go_on(
        self,
        prefix: Prefix,
        style: PromptStyle,
        *,
        limit: int | None = None,
        critiques: Sequence[Critique] = (),
    ) -> tuple[Message, ...]:
        """The problem, what stands, and what is asked for.

        Raises `UsageError` where the model reads a notation that the family does not write.
        """
        rendered = self.session.render(style)
        standing = prefix.steps[: prefix.reach]
        if self.notation is not None:
            return (*rendered, self._own_words(self.notation, standing)) if standing else rendered
        told = None
        if standing:
            with attributed(FamilyError, f"family {self.family.name}"):
                told = self.stepwise.tell_steps(self.problem, prefix)
        return ask_to_go_on(rendered, told, limit=limit, critiques=critiques)

    def read(self, completion: Completion, prefix: Prefix) -> Steps:
        """What the answer adds to the steps that stand."""
        with attributed(FamilyError, f"family {self.family.name}"):
            said = self.stepwise.read_steps(self.problem, completion.text)
        standing = prefix.steps[: prefix.reach]
        return said[len(standing) :] if standing and said[: len(standing)] == standing else said

    def answer(self, steps: Steps, completion: Completion) -> Completion:
        """The whole answer, without log-probabilities: those there are tell of a part alone."""
        with attributed(FamilyError, f"family {self.family.name}"):
            text = self.stepwise.spell_steps(self.problem, steps)
        return replace(completion, text=text, logprobs=None)

    def _own_words(self, notation: Notation, standing: Steps) -> Message:
        """The steps as the model wrote them itself, from `PLAN` on."""
        with attributed(FamilyError, f"family {self.family.name}"):
            if isinstance(notation, NotatesSteps):
                words = notation.first_steps(self.problem, standing)
            else:
                words = notation.solution(self.problem, self._solution(standing))
        return Message("assistant", " ".join((PLAN, *words)))

    def _solution(self, standing: Steps) -> object:
        answer = self.stepwise.spell_steps(self.problem, standing)
        reading = self.family.read(self.problem, answer)
        if not isinstance(reading, Found):
            raise FamilyError(f"family {self.family.name} cannot read its own {answer!r:.80}")
        return reading.solution
