"""LLM-Modulo back-prompting: propose, have it judged, show the critiques, propose again.

Source: Kambhampati et al., "LLMs Can't Plan, But Can Help Planning in LLM-Modulo Frameworks",
arXiv:2402.01817, figure 3, with the family's critic as the bank of critics.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from soundly.core.completion import Completion, Message
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.core.verdict import Critique
from soundly.strategies.sampling import Sampling

History: TypeAlias = Literal["none", "last", "all"]

_ANSWER_LIMIT = 4000
_CRITIQUE_LIMIT = 12


async def refine(
    session: Session,
    *,
    rounds: int = 5,
    history: History = "last",
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(),
) -> Attempt | None:
    """The first accepted attempt within ``rounds``, or None. Costs at most ``rounds`` calls.

    ``history`` is how many earlier rounds the model sees besides the problem: none (each round is
    a fresh sample), the last answer with its critiques, or all of them (the prompt then grows with
    every round). A very long answer is shown back shortened.
    """
    if rounds < 1:
        raise UsageError(f"refine: rounds is {rounds}, wanted at least 1")
    if history not in get_args(History):
        raise UsageError(f"refine: history is {history!r}, wanted {', '.join(get_args(History))}")
    problem = session.render(style)
    exchanges: list[tuple[Message, Message]] = []
    for _ in range(rounds):
        shown = [message for exchange in exchanges for message in exchange]
        request = sampling.request((*problem, *shown), session.rng)
        completion = await session.generate(request)
        attempt = await session.check(completion)
        if attempt.accepted:
            return attempt
        exchange = (_answer(completion), back_prompt(attempt.critiques))
        exchanges = _remembered(exchanges, exchange, history)
    return None


def back_prompt(critiques: tuple[Critique, ...]) -> Message:
    """The critiques as the next user turn; at most a dozen, and the rest as a count."""
    lines = [f"- {critique}" for critique in critiques[:_CRITIQUE_LIMIT]]
    if len(critiques) > _CRITIQUE_LIMIT:
        lines.append(f"- and {len(critiques) - _CRITIQUE_LIMIT} more")
    reasons = "\n".join(lines) or "- the critic could not accept it and gave no reason"
    return Message(
        "user",
        f"That answer was checked and is not accepted:\n{reasons}\n"
        "Give a complete, corrected answer in the form that was asked for.",
    )


def _answer(completion: Completion) -> Message:
    text = completion.text
    if len(text) > _ANSWER_LIMIT:
        half = _ANSWER_LIMIT // 2
        text = f"{text[:half]}\n[… {len(text) - 2 * half} characters left out …]\n{text[-half:]}"
    return Message("assistant", text or "(an empty answer)")


def _remembered(
    exchanges: list[tuple[Message, Message]],
    exchange: tuple[Message, Message],
    history: History,
) -> list[tuple[Message, Message]]:
    match history:
        case "none":
            return []
        case "last":
            return [exchange]
        case "all":
            return [*exchanges, exchange]
