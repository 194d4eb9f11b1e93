"""What advice is worth: one answer without it and one with it, everything else the same.

Source: the advice-taking programs of McCarthy, "Programs with Common Sense" (1959), whose test is
that behaviour improves merely by being told something.
"""

from __future__ import annotations

from dataclasses import replace

from soundly.core.advice import AdviceCompared
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.core.verdict import Decision
from soundly.strategies.sampling import Sampling


async def advised(
    session: Session,
    *,
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(),
) -> Attempt | None:
    """The attempt with the session's advice if it was accepted, else that without it, else None.

    Both are asked with one seed, so that a model that honours seeds differs by the advice alone,
    and an `AdviceCompared` in the trace says what changed. Costs two calls, also where the first
    answer is accepted. Raises `UsageError` for a session without advice.
    """
    without = session.render(replace(style, advice=False))
    with_it = session.render(style)
    if with_it == without:
        raise UsageError(
            "advised: compares an answer without advice to one with it, and no advice came; "
            "wanted some, as in --advice TEXT"
        )
    request = sampling.request(without, session.rng)
    before = await session.check(await session.generate(request))
    after = await session.check(await session.generate(replace(request, messages=with_it)))
    session.note(
        AdviceCompared(
            before.number,
            after.number,
            reading_changed=_read(before) != _read(after),
            before=_decided(before),
            after=_decided(after),
        )
    )
    return next((attempt for attempt in (after, before) if attempt.accepted), None)


def _read(attempt: Attempt) -> tuple[str | None, bool]:
    canonical = attempt.candidate.canonical if attempt.candidate is not None else None
    return canonical, attempt.claims_unsolvable


def _decided(attempt: Attempt) -> Decision | None:
    return attempt.verdict.decision if attempt.verdict is not None else None
