"""Answers that compete: how fit each is, who becomes a parent, and how two parents are shown.

Tournaments choose the parents: Goldberg and Deb, "A Comparative Analysis of Selection Schemes Used
in Genetic Algorithms" (1991).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from soundly.core.completion import Completion, Message
from soundly.core.session import Attempt, Session
from soundly.core.verdict import Critique
from soundly.strategies.modulo.wording import shown_answer

CRITIQUES_SHOWN = 12
TOURNAMENT = 2
"""Answers of which the fittest becomes a parent."""


@dataclass(frozen=True, slots=True)
class Individual:
    """An answer that was judged.

    ``reach`` is how many of its first steps stand, 0 where the family does not say.
    """

    completion: Completion
    attempt: Attempt
    reach: int

    @property
    def fitness(self) -> tuple[bool, int, int]:
        """What compares two answers; the greater is the fitter.

        One that can be read before one that cannot, then the one that reaches further, then the one
        with fewer critiques. Nothing here is estimated.
        """
        return self.attempt.candidate is not None, self.reach, -len(self.attempt.critiques)

    @property
    def canonical(self) -> str:
        """What tells answers apart: the solution's one spelling, or the text of no solution."""
        candidate = self.attempt.candidate
        return self.completion.text if candidate is None else candidate.canonical


async def judged(session: Session, completion: Completion) -> Individual:
    """The answer with the session's verdict, and how far its steps stand."""
    attempt = await session.check(completion)
    reach = 0
    if session.prefixes is not None:
        root = session.prefixes.judge(())
        reach = session.prefixes.judge(session.prefixes.read(completion, root)).reach
    return Individual(completion, attempt, reach)


def survivors(individuals: Sequence[Individual], size: int) -> list[Individual]:
    """The fittest, each solution once; of equally fit ones those that came first."""
    distinct = {each.canonical: each for each in reversed(individuals)}
    first = [each for each in individuals if distinct[each.canonical] is each]
    return sorted(first, key=lambda each: each.fitness, reverse=True)[:size]


def parents(individuals: Sequence[Individual], rng: Random) -> tuple[Individual, ...]:
    """Two different ones, the fitter first, each the winner of a tournament; one of one."""
    left = list(individuals)
    chosen: list[Individual] = []
    while left and len(chosen) < 2:
        entrants = sorted(rng.sample(range(len(left)), min(TOURNAMENT, len(left))))
        best = max(entrants, key=lambda place: left[place].fitness)
        chosen.append(left.pop(best))
    return tuple(sorted(chosen, key=lambda each: each.fitness, reverse=True))


def recombined(problem: Sequence[Message], pair: Sequence[Individual]) -> tuple[Message, ...]:
    """The conversation that asks for a child: the problem, the parents, and their critiques.

    The fitter parent is the model's own last answer, so that turns alternate.
    """
    first, *others = pair
    parts = [f"That answer was checked and is not accepted:\n{_listed(first.attempt.critiques)}"]
    for other in others:
        text = shown_answer(other.completion).content
        faults = _listed(other.attempt.critiques)
        parts.append(f"Another answer to the same problem:\n\n{text}\n\nIt fails too:\n{faults}")
    ask = "Keep what is right in it" if not others else "Keep what is right in each of the two"
    parts.append(f"{ask}, mend what is wrong, and give one complete answer in the form asked for.")
    return (*problem, shown_answer(first.completion), Message("user", "\n\n".join(parts)))


def _listed(critiques: Sequence[Critique]) -> str:
    lines = [f"- {critique}" for critique in critiques[:CRITIQUES_SHOWN]]
    if len(critiques) > CRITIQUES_SHOWN:
        lines.append(f"- and {len(critiques) - CRITIQUES_SHOWN} more")
    return "\n".join(lines) or "- the critic could not accept it and gave no reason"
