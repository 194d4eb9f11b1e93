"""LLM-Modulo: propose, have it judged by a bank of critics, prompt back, propose again.

Source: Kambhampati et al., "LLMs Can't Plan, But Can Help Planning in LLM-Modulo Frameworks",
arXiv:2402.01817, figure 3; with a reasoning model as generator it is LRM-Modulo (Valmeekam et al.,
arXiv:2409.13373; Gundawar et al., arXiv:2411.14484).
"""

from __future__ import annotations

from soundly.core.critic import Critic
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.strategies.modulo.gates import CriticGate
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
from soundly.strategies.modulo.reformulator import Reformulator
from soundly.strategies.sampling import Sampling


async def refine(
    session: Session,
    *,
    rounds: int = 5,
    history: History = "last",
    feedback: Feedback = "constructive",
    controller: Controller = "concatenate",
    repeats: int = 0,
    reformulations: int = 0,
    self_critic: bool = False,
    advisers: tuple[Critic, ...] = (),
    judging: Judging = Judging(),
    schedule: Schedule = Schedule(),
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(),
) -> Attempt | None:
    """The first accepted attempt within ``rounds``, or None.

    The session's critic gates. ``advisers`` are soft critics: heard where it does not accept, and
    named as advice; ``self_critic`` makes the model one of them. What cannot be read gets a
    critique of its own before any critic is asked, after at most ``reformulations`` tries of the
    model to put it into the form that critics read. The other options are those of `LoopOptions`,
    `Judging` and `Schedule`. A very long answer is shown back shortened.

    Costs a call a round, and those of reformulations, soft critics and summaries, each booked under
    a part of its own.
    """
    try:
        options = LoopOptions(rounds, history, feedback, controller, repeats)
        loop = Loop(options, schedule, sampling)
        _require_usable(options, reformulations, heard=bool(advisers) or self_critic)
    except ValueError as error:
        raise UsageError(f"refine: {error}") from error
    problem = session.render(style)
    prose = {"self_critic": self_critic, "reformulations": reformulations > 0, **options.prose}
    require_prose(problem, prose, strategy="refine")
    bank = list(advisers)
    if self_critic:
        bank.append(own_judge(session, judging, style, sampling.reasoning_effort))
    reformulator = Reformulator(session, problem, rounds=reformulations, sampling=sampling)
    review = await loop.run(session, CriticGate(session, reformulator, bank), problem)
    return review.attempt if review.accepted else None


def _require_usable(options: LoopOptions, reformulations: int, *, heard: bool) -> None:
    if reformulations < 0:
        raise ValueError(f"reformulations is {reformulations}, wanted 0 or more")
    if heard and options.history == "none":
        raise ValueError("soft critics advise, and with history=none no critique is shown")
