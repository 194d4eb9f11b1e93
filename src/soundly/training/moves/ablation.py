"""Which part of learnt moves does the work: every player on the same held-out problems.

At equal calls each player gets the same number of completions; at equal tokens each gets, on every
problem, what so many plain samples of that problem cost on average, prompts included, so that words
added to prompts are paid for. One plain sample is best of n at a budget of 1. The policy's own
arithmetic is in neither account.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from soundly.core.errors import UsageError
from soundly.core.problem import Problem
from soundly.training.events import Measured
from soundly.training.moves.environment import Environment, Play
from soundly.training.moves.players import Player, Seat

STAGE = "moves"
BUDGETS = (1, 2, 4, 8, 16)
PLAIN = "best of n"
AT_EQUAL_CALLS, AT_EQUAL_TOKENS = "accepted at equal calls", "accepted at equal tokens"
Limit: TypeAlias = tuple[float, float]
"""How many calls and how many tokens a course may take."""


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

    def won(self, calls: float, tokens: float) -> bool | None:
        """Whether it was accepted within both; None where a broken call would have decided."""
        within = len(self.spent) <= calls and self.spent[-1] <= tokens
        return (None if self.broken else self.accepted) if within else False


def courses(
    environment: Environment,
    seat: Seat,
    problems: Sequence[Problem],
    *,
    calls: int,
    seed: int,
    tokens: Sequence[float] = (),
) -> list[Course]:
    """One course a problem, all played at once.

    Each goes on until an acceptance, or until it has both its calls and its tokens behind it;
    ``tokens`` says how many for each problem, and is empty where calls alone count.
    """
    limits = tokens or [0.0] * len(problems)
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
        if place not in ended and (len(each) < calls or each[-1] < limits[place])
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
    """The courses of every player, `PLAIN` first.

    Every player's luck is its own: what two players are told for equal prompts is not equal.
    Raises `UsageError` where the plain player is missing.
    """
    if PLAIN not in seats or not problems:
        raise UsageError(f"wanted problems, and the player {PLAIN!r} among {', '.join(seats)}")
    most = max(budgets)
    plain = courses(environment, seats[PLAIN], problems, calls=most, seed=seed)
    tokens = [most * cost for cost in sample_tokens(plain)]
    found = {PLAIN: plain}
    for place, (name, seat) in enumerate(seats.items(), start=1):
        if name != PLAIN:
            found[name] = courses(
                environment, seat, problems, calls=most, seed=seed + place, tokens=tokens
            )
    return found


def sample_tokens(plain: Sequence[Course]) -> list[float]:
    """What a plain sample of each problem cost on average, in tokens of prompt and answer."""
    return [each.spent[-1] / len(each.spent) for each in plain]


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
    for name, played in found.items():
        for budget in budgets:
            for what, limits in (
                (AT_EQUAL_CALLS, [(float(budget), float("inf"))] * len(played)),
                (AT_EQUAL_TOKENS, _token_limits(found, budget)),
            ):
                won = [each.won(*limit) for each, limit in zip(played, limits, strict=True)]
                spent = sum(_spent(*each) for each in zip(played, limits, strict=True))
                broken = won.count(None)
                judged = len(won) - broken
                yield Measured(
                    STAGE, budget, what, name, won.count(True), judged, size, broken, spent
                )


def _token_limits(found: Mapping[str, Sequence[Course]], budget: int) -> list[Limit]:
    """Half a token more than so many plain samples, so that sums of floats do not decide."""
    return [(float("inf"), budget * cost + 0.5) for cost in sample_tokens(found[PLAIN])]


def _spent(course: Course, limit: Limit) -> int:
    """The tokens of those calls that were within the budget."""
    calls, tokens = limit
    within = [
        total for number, total in enumerate(course.spent, 1) if number <= calls and total <= tokens
    ]
    return within[-1] if within else 0


def difference(
    found: Mapping[str, Sequence[Course]],
    ours: str,
    theirs: str,
    *,
    budget: int,
    what: str = AT_EQUAL_CALLS,
    seed: int = 0,
    draws: int = 2000,
) -> tuple[float, float, float]:
    """How much oftener one player wins than another, from -1 to 1, with a 95% interval.

    ``what`` is `AT_EQUAL_CALLS` or `AT_EQUAL_TOKENS`. Problems are drawn again with replacement
    (bootstrap, percentiles); those that a broken part touches are left out. Raises `UsageError`
    where none is left.
    """
    limits = _token_limits(found, budget)
    if what == AT_EQUAL_CALLS:
        limits = [(float(budget), float("inf"))] * len(limits)
    gains = [
        int(won) - int(other_won)
        for mine, other, limit in zip(found[ours], found[theirs], limits, strict=True)
        if (won := mine.won(*limit)) is not None and (other_won := other.won(*limit)) is not None
    ]
    if not gains:
        raise UsageError("there are no pairs of courses to compare")
    rng = Random(f"difference {seed}")  # noqa: S311 - reproducible draws, not secrets
    means = sorted(sum(rng.choices(gains, k=len(gains))) / len(gains) for _ in range(draws))
    low, high = means[int(0.025 * draws)], means[int(0.975 * draws) - 1]
    return sum(gains) / len(gains), low, high
