"""Evolutionary search: answers compete, and the model makes new ones of two and their critiques.

Source: Lee et al., "Evolving Deeper LLM Thinking" (Mind Evolution), arXiv:2501.09891: a genetic
algorithm whose operators are prompts, with islands and migration. Its critic and author are the
session's critic and the model; its reset of islands is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from soundly.core.completion import Message
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.strategies.draws import draw
from soundly.strategies.population import Individual, judged, parents, recombined, survivors
from soundly.strategies.sampling import Sampling


@dataclass(frozen=True, slots=True)
class Evolving:
    """How a population evolves.

    ``population``: answers that live on an island. ``generations``: how often new ones are made,
    the first time from nothing. ``islands``: populations that meet only through ``migrants``, so
    many of the fittest of each, copied to the next island after each generation.
    ``concurrency``: calls at the same time; what they bring is judged when all have come.
    """

    population: int = 4
    generations: int = 4
    islands: int = 1
    migrants: int = 1
    concurrency: int = 1

    def __post_init__(self) -> None:
        for field in fields(self):
            least = 0 if field.name == "migrants" else 1
            if (number := getattr(self, field.name)) < least:
                raise ValueError(f"{field.name} is {number}, wanted at least {least}")
        if self.migrants > self.population:
            raise ValueError(f"migrants is {self.migrants} of {self.population} on an island")


async def evolution(
    session: Session,
    *,
    evolving: Evolving = Evolving(),
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(temperature=0.8),
) -> Attempt | None:
    """The first accepted attempt, or None.

    In each generation and on each island ``population`` answers are made of two parents each, with
    what the critic said of them, and the fittest of old and new live on. Fitness is how many first
    steps stand, where the family can say, then how few critiques there are. A model that reads a
    notation sees no parents, and only samples.

    Costs at most ``islands * population * generations`` calls.
    """
    problem = session.render(style)
    islands: list[list[Individual]] = [[] for _ in range(evolving.islands)]
    for _ in range(evolving.generations):
        for place, island in enumerate(islands):
            born = await _born(session, problem, island, evolving, sampling)
            for child in born:
                if child.attempt.accepted:
                    return child.attempt
            islands[place] = survivors([*island, *born], evolving.population)
        islands = _migrated(islands, evolving)
    return None


async def _born(
    session: Session,
    problem: tuple[Message, ...],
    island: Sequence[Individual],
    evolving: Evolving,
    sampling: Sampling,
) -> list[Individual]:
    """A generation on one island; it ends with the first that is accepted.

    Raises `BudgetExhausted` when the budget affords no more and none of those paid for is accepted.
    """
    requests = []
    for _ in range(evolving.population):
        pair = parents(island, session.rng)
        messages = recombined(problem, pair) if pair else problem
        requests.append(sampling.request(messages, session.rng))
    born: list[Individual] = []
    for start in range(0, len(requests), evolving.concurrency):
        some = requests[start : start + evolving.concurrency]
        drawn = await draw(session, some, concurrency=evolving.concurrency)
        for completion in drawn.completions:
            born.append(await judged(session, completion))
            if born[-1].attempt.accepted:
                return born
        drawn.require_affordable(None)
    return born


def _migrated(islands: Sequence[list[Individual]], evolving: Evolving) -> list[list[Individual]]:
    """Each island with the fittest of the one before it, in a ring."""
    if len(islands) == 1:
        return list(islands)
    return [
        survivors([*island, *islands[place - 1][: evolving.migrants]], evolving.population)
        for place, island in enumerate(islands)
    ]
