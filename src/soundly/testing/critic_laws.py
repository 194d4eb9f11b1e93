"""The laws of a critic: it keeps its guarantee, gives reasons, and breaks aloud."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from soundly.core.candidate import Candidate
from soundly.core.completion import Completion, Request
from soundly.core.critic import Critic
from soundly.core.errors import CriticError, GeneratorError
from soundly.core.problem import Problem
from soundly.core.verdict import Guarantee, Verdict
from soundly.testing.law import LawBroken, require


@dataclass(frozen=True)
class CriticCase:
    """A critic with candidates whose worth is known.

    ``right`` and ``wrong`` are candidates for ``problem``; the wrong ones best are near misses.
    ``broken`` are candidates of another family's type: nothing that this critic can judge.
    ``ask`` answers a critic that needs a model.
    """

    critic: Critic
    problem: Problem
    right: tuple[Candidate, ...]
    wrong: tuple[Candidate, ...]
    broken: tuple[Candidate, ...] = (
        Candidate(object(), "an object", "laws"),
        Candidate(None, "nothing", "laws"),
        Candidate(b"bytes", "bytes", "laws"),
        Candidate((1, 2.5, None), "numbers", "laws"),
    )
    ask: Callable[[Request], Awaitable[Completion]] | None = None

    async def judge(self, candidate: Candidate) -> Verdict:
        """The critic's verdict."""
        return await self.critic.judge(self.problem, candidate, self.ask or _no_model)


CriticLaw: TypeAlias = Callable[[CriticCase], Awaitable[None]]


async def a_sound_critic_accepts_nothing_wrong(case: CriticCase) -> None:
    """SOUND: an accepted candidate is correct, near misses not excepted."""
    if Guarantee.SOUND in case.critic.guarantee:
        for candidate in case.wrong:
            verdict = await case.judge(candidate)
            require(not verdict.accepted, f"{case.critic.name} accepts {candidate.canonical!r}")


async def a_complete_critic_rejects_nothing_right(case: CriticCase) -> None:
    """COMPLETE: a correct candidate is never rejected."""
    if Guarantee.COMPLETE in case.critic.guarantee:
        for candidate in case.right:
            verdict = await case.judge(candidate)
            require(not verdict.rejected, f"{case.critic.name} rejects {candidate.canonical!r}")


async def a_critic_tells_right_from_wrong(case: CriticCase) -> None:
    """Some known-good candidate is accepted and some known-bad one rejected: it does its work."""
    right = [await case.judge(candidate) for candidate in case.right]
    wrong = [await case.judge(candidate) for candidate in case.wrong]
    require(any(verdict.accepted for verdict in right), f"{case.critic.name} accepts nothing")
    require(any(verdict.rejected for verdict in wrong), f"{case.critic.name} rejects nothing")


async def judging_is_deterministic(case: CriticCase) -> None:
    """The same candidate gets the same verdict with the same critiques, whatever came between."""
    candidates = (*case.right, *case.wrong)
    first = [await case.judge(candidate) for candidate in candidates]
    again = [await case.judge(candidate) for candidate in reversed(candidates)]
    for candidate, one, other in zip(candidates, first, reversed(again), strict=True):
        require(one == other, f"{candidate.canonical!r} was judged {one}, then {other}")


async def verdicts_are_verdicts(case: CriticCase) -> None:
    """A verdict is a `Verdict`: it has no truth value, and a rejection has its reasons."""
    for candidate in (*case.right, *case.wrong):
        verdict = await case.judge(candidate)
        if not isinstance(verdict, Verdict):
            raise LawBroken(f"{case.critic.name} returned a {type(verdict).__name__}")
        require(
            not verdict.rejected or all(c.message.strip() for c in verdict.critiques),
            f"{case.critic.name} rejects {candidate.canonical!r} without saying why",
        )


async def what_cannot_be_judged_breaks_the_critic(case: CriticCase) -> None:
    """A candidate of a foreign type raises `CriticError` and never gets a verdict."""
    for candidate in case.broken:
        try:
            verdict = await case.judge(candidate)
        except CriticError:
            continue
        except Exception as error:
            raise LawBroken(
                f"{case.critic.name} raised {type(error).__name__} for {candidate.canonical}"
            ) from error
        raise LawBroken(f"{case.critic.name} judged {candidate.canonical}: {verdict.decision}")


async def a_critic_says_who_it_is(case: CriticCase) -> None:
    """Name and version are not empty: traces and certificates carry them."""
    require(bool(case.critic.name and case.critic.version), "a critic without name or version")


async def _no_model(request: Request) -> NoReturn:  # noqa: ARG001
    raise GeneratorError("the case has no model for its critic to ask")


CRITIC_LAWS: tuple[CriticLaw, ...] = (
    a_sound_critic_accepts_nothing_wrong,
    a_complete_critic_rejects_nothing_right,
    a_critic_tells_right_from_wrong,
    judging_is_deterministic,
    verdicts_are_verdicts,
    what_cannot_be_judged_breaks_the_critic,
    a_critic_says_who_it_is,
)
"""Every law of a critic: run each over each of your cases."""
