"""The loop of LLM-Modulo: propose, judge, prompt back.

Source: Kambhampati et al., arXiv:2402.01817, figure 3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from soundly.core.completion import Message
from soundly.core.events import FeedbackGiven, LoopStopped
from soundly.core.session import Session
from soundly.strategies.modulo.aside import Aside
from soundly.strategies.modulo.controllers import BackPrompt, meta_controller
from soundly.strategies.modulo.gates import Gate
from soundly.strategies.modulo.memory import Exchange, Memory
from soundly.strategies.modulo.options import LoopOptions, Schedule
from soundly.strategies.modulo.review import Review
from soundly.strategies.modulo.wording import shown_answer
from soundly.strategies.sampling import Sampling


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop with everything chosen; ``ValueError`` where the schedule has nowhere to begin."""

    options: LoopOptions
    schedule: Schedule = Schedule()
    sampling: Sampling = Sampling()

    def __post_init__(self) -> None:
        self.sampled(1)

    def sampled(self, number: int) -> Sampling:
        """How the answer of a round is sampled."""
        return self.schedule.sampling(self.sampling, number=number, rounds=self.options.rounds)

    async def run(self, session: Session, gate: Gate, problem: tuple[Message, ...]) -> Review:
        """What came of the last answer: the accepted one, or the one at which the loop stopped."""
        options = self.options
        memory = Memory(options.history, Aside(session, "summary", self.sampling))
        controller = meta_controller(
            options.controller, options.feedback, session=session, sampling=self.sampling
        )
        seen = _Seen(options.repeats)
        number = 0
        while True:
            number += 1
            sampling = self.sampled(number)
            request = sampling.request((*problem, *memory.shown), session.rng)
            review = await gate.review(await session.generate(request))
            if reason := _stops(review, number, options.rounds, seen):
                session.note(LoopStopped("", reason, number))
                return review
            if options.history == "none":
                continue
            advised = replace(review, voices=(*review.voices, *await gate.advice(review)))
            back = await controller.back_prompt(advised)
            session.note(_feedback(number, options, back))
            await memory.add(Exchange(shown_answer(review.completion), Message("user", back.text)))


class _Seen:
    """The answers given so far, and how many may come again."""

    def __init__(self, repeats: int) -> None:
        self._repeats = repeats
        self._answers: set[str] = set()
        self._again = 0

    def too_often(self, canonical: str | None) -> bool:
        """Whether this answer is one repeat too many; what could not be read repeats nothing."""
        if canonical is None:
            return False
        self._again += canonical in self._answers
        self._answers.add(canonical)
        return 0 < self._repeats <= self._again


def _stops(review: Review, number: int, rounds: int, seen: _Seen) -> str | None:
    if review.accepted:
        return "accepted"
    if seen.too_often(review.canonical):
        return "repeated"
    return "rounds" if number == rounds else None


def _feedback(number: int, options: LoopOptions, back: BackPrompt) -> FeedbackGiven:
    told = back.told
    return FeedbackGiven(number, "", options.feedback, back.controller, told.critics, told.shown)
