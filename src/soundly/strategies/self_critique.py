"""Self-critique: the model judges its own answers, in the place of a sound critic.

Source: Stechly et al., "On the Self-Verification Limitations of Large Language Models on Reasoning
and Planning Tasks", arXiv:2402.08115. It is here to be measured against: what the judge accepts
wrongly ends the loop, and the sound critic sees it only then.
"""

from __future__ import annotations

from soundly.core.completion import Completion
from soundly.core.critic import Critic
from soundly.core.errors import BudgetExhausted, UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.strategies.modulo.gates import JudgeGate
from soundly.strategies.modulo.loop import Loop
from soundly.strategies.modulo.options import (
    Controller,
    Feedback,
    History,
    Judging,
    LoopOptions,
    Schedule,
)
from soundly.strategies.modulo.own_judge import own_judge
from soundly.strategies.modulo.prose import require_prose
from soundly.strategies.modulo.review import Review, Voice
from soundly.strategies.sampling import Sampling


async def self_critique(
    session: Session,
    *,
    rounds: int = 5,
    history: History = "last",
    feedback: Feedback = "constructive",
    controller: Controller = "concatenate",
    repeats: int = 0,
    judge: Critic | None = None,
    judging: Judging = Judging(),
    schedule: Schedule = Schedule(),
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(),
) -> Attempt | None:
    """The answer at which the judge stopped the loop, checked once; None where it is rejected.

    The judge is the model itself, or any critic: for a model that writes a notation and no prose, a
    `LearnedCritic` over a learned score. Its acceptance ends the loop and its critiques are the
    back-prompt. After the last round, or when the budget affords no further call, the last answer
    is the one that is checked.

    Costs two calls a round with the model as judge. The other options are those of `refine`.
    """
    try:
        options = LoopOptions(rounds, history, feedback, controller, repeats)
        loop = Loop(options, schedule, sampling)
    except ValueError as error:
        raise UsageError(f"self-critique: {error}") from error
    problem = session.render(style)
    prose = {"the model as its own judge": judge is None, **options.prose}
    require_prose(problem, prose, strategy="self-critique")
    chosen = judge or own_judge(session, judging, style, sampling.reasoning_effort)
    gate = _Kept(JudgeGate(session, chosen))
    refused: BudgetExhausted | None = None
    try:
        await loop.run(session, gate, problem)
    except BudgetExhausted as signal:
        if not gate.answers:
            raise
        refused = signal
    attempt = await session.check(gate.answers[-1])
    if refused is not None and not attempt.accepted:
        raise refused
    rejected = attempt.verdict is None or attempt.verdict.rejected
    return None if rejected else attempt


class _Kept:
    """A gate that keeps the answers, for when the budget ends the loop."""

    def __init__(self, gate: JudgeGate) -> None:
        self._gate = gate
        self.answers: list[Completion] = []

    async def review(self, completion: Completion) -> Review:
        """The gate's own review."""
        self.answers.append(completion)
        return await self._gate.review(completion)

    async def advice(self, review: Review) -> tuple[Voice, ...]:
        """The gate's own advice."""
        return await self._gate.advice(review)
