"""One completion, judged: the baseline that every other strategy has to beat."""

from __future__ import annotations

from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.strategies.sampling import Sampling


async def single(
    session: Session,
    *,
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(),
) -> Attempt | None:
    """The one attempt if the critic accepted it, else None. Costs one call."""
    request = sampling.request(session.render(style), session.rng)
    attempt = await session.check(await session.generate(request))
    return attempt if attempt.accepted else None
