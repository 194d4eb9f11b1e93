"""Which part of learnt moves does the work: every player on the same held-out problems.

At equal calls each player gets the same number of completions; at equal tokens each gets what so
many plain samples cost on average, prompts included, so that words added to prompts are paid for.
One plain sample is best of n at a budget of 1. The policy's own arithmetic is in neither account.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from soundly.core.errors import UsageError
from soundly.core.problem import Problem
from soundly.training.events import Measured
from soundly.training.moves.environment import Environment, Play
from soundly.training.moves.players import Player, Seat

STAGE = "moves"
BUDGETS = (1, 2, 4, 8, 16)
PLAIN = "best of n"


@dataclass(frozen=True, slots=True)
class Course:
    """How one player fared on one problem.

    ``spent`` is the tokens spent after each call, prompts included. ``accepted`` says whether the
    last call was, and ``broken`` that it could not be judged; either ends the course.
    """

    spent: tuple[int, ...]
    accepted: bool
    broken: bool = False

    def __post_init__(self) -> None:
        if not self.spent or (self.accepted and self.broken):
            raise ValueError(f"no course: {self}")

    def won(self, *, calls: float, tokens: float) -> bool | None:
        """Whether it was accepted within both; None where a broken call would have decided."""
        within = len(self.spent) <= calls and self.spent[-1] <= tokens
        return (None if self.broken else self.accepted) if within else False


def courses(
    environment: Environment,
    seat: Seat,
    problems: Sequence[Problem],
    *,
    calls: int,
    tokens: float,
    seed: int,
) -> list[Course]:
    """One course a problem, all played at once.

    Each goes on until an acceptance, or until it has both its calls and its tokens behind it.
    """
    players: list[Player] = []
    for place, problem in enumerate(problems):
        rng = Random(f"players {seed} {place}")  # noqa: S311 - reproducible choices, not secrets
        players.append(seat(environment.base.prompt(problem), rng))
    spent: list[list[int]] = [[] for _ in problems]
    ended: dict[int, bool | None] = {}
    number = 0
    while going := [
        place
        for place, each in enumerate(spent)
        if place not in ended and (len(each) < calls or each[-1] < tokens)
    ]:
        plays = [Play(problems[place], players[place].choose()) for place in going]
        number += 1
        draw = Random(f"calls {seed} {number}").getrandbits(31)  # noqa: S311 - not secrets
        for place, played in zip(going, environment.play(plays, seed=draw), strict=True):
            spent[place].append((spent[place] or [0])[-1] + played.tokens)
            if played.reward is None or played.reward > 0:
                ended[place] = None if played.reward is None else True
            else:
                players[place].failed(played)
    return [
        Course(tuple(each), ended.get(place) is True, place in ended and ended[place] is None)
        for place, each in enumerate(spent)
    ]


def compared(
    environment: Environment,
    seats: Mapping[str, Seat],
    problems: Sequence[Problem],
    *,
    seed: int,
    budgets: Sequence[int] = BUDGETS,
) -> dict[str, list[Course]]:
    """The courses of every player, in the order of the seats.

    Every player's luck is its own: what two players are told for equal prompts is not equal.
    Raises `UsageError` where the plain player is missing.
    """
    if PLAIN not in seats or not problems:
        raise UsageError(f"wanted problems, and the player {PLAIN!r} among {', '.join(seats)}")
    most = max(budgets)
    once = courses(environment, seats[PLAIN], problems, calls=1, tokens=0, seed=seed)
    tokens = most * sample_tokens(once)
    return {
        name: courses(environment, seat, problems, calls=most, tokens=tokens, seed=seed + place)
        for place, (name, seat) in enumerate(seats.items())
    }


def sample_tokens(plain: Sequence[Course]) -> float:
    """What one plain sample costs on average, in tokens of prompt and answer: the first calls."""
    return sum(each.spent[0] for each in plain) / len(plain)


def curve(
    found: Mapping[str, Sequence[Course]],
    *,
    budgets: Sequence[int] = BUDGETS,
    size: int | None = None,
) -> Iterator[Measured]:
    """Counts for every player and budget, at equal calls and at equal tokens.

    ``step`` is the budget in samples. A problem on which a broken part would have decided is in
    neither count.
    """
    cost = sample_tokens(found[PLAIN])
    for name, played in found.items():
        for budget in budgets:
            for what, calls, tokens in (
                ("accepted at equal calls", float(budget), float("inf")),
                ("accepted at equal tokens", float("inf"), budget * cost),
            ):
                won = [each.won(calls=calls, tokens=tokens) for each in played]
                spent = sum(_spent(each, calls=calls, tokens=tokens) for each in played)
                broken = won.count(None)
                yield Measured(
                    STAGE,
                    budget,
                    what,
                    name,
                    won.count(True),
                    len(won) - broken,
                    size,
                    broken,
                    spent,
                )


def _spent(course: Course, *, calls: float, tokens: float) -> int:
    """The tokens of those calls that were within the budget."""
    within = [
        total for number, total in enumerate(course.spent, 1) if number <= calls and total <= tokens
    ]
    return within[-1] if within else 0


def difference(
    ours: Sequence[Course],
    theirs: Sequence[Course],
    *,
    calls: float = float("inf"),
    tokens: float = float("inf"),
    seed: int = 0,
    draws: int = 2000,
) -> tuple[float, float, float]:
    """How much oftener ours wins than theirs, from -1 to 1, with a 95% interval.

    Pairs of courses on the same problems are drawn again with replacement (bootstrap, percentiles);
    pairs that a broken part touches are left out. Raises `UsageError` where no pair is left.
    """
    pairs = [
        (mine.won(calls=calls, tokens=tokens), other.won(calls=calls, tokens=tokens))
        for mine, other in zip(ours, theirs, strict=True)
    ]
    gains = [
        int(mine) - int(other) for mine, other in pairs if mine is not None and other is not None
    ]
    if not gains:
        raise UsageError("there are no pairs of courses to compare")
    rng = Random(f"difference {seed}")  # noqa: S311 - reproducible draws, not secrets
    means = sorted(sum(rng.choices(gains, k=len(gains))) / len(gains) for _ in range(draws))
    low, high = means[int(0.025 * draws)], means[int(0.975 * draws) - 1]
    return sum(gains) / len(gains), low, high
