"""Assistive mode: a model proposes, critics gate, and a person says what to do next.

Source: the human in the loop of Kambhampati et al., "LLMs Can't Plan, But Can Help Planning in
LLM-Modulo Frameworks", arXiv:2402.01817. The person is asked by the session's critic, see
`soundly.critics.accompanied`; what they say comes as critiques.
"""

from __future__ import annotations

from collections.abc import Sequence

from soundly.core.added_words import in_notation, with_words
from soundly.core.completion import Completion, Message
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.core.verdict import Critique
from soundly.critics.human import ACCEPTED, EDITED, LEFT, SPECIFIED
from soundly.strategies.sampling import Sampling

PART = "person"
"""The part that a person's own answers are credited to."""

_MOST_CRITIQUES = 12
_WISHES = "What is wanted, said more precisely by the person who asks:"


async def assist(
    session: Session,
    *,
    rounds: int = 20,
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(),
) -> Attempt | None:
    """The first attempt that critic and person accept, or that the person takes undecided.

    Each round judges one answer: the model's, or one that the person wrote in its place. What
    they want beside stays in every further prompt; other reasons stand in the next one. An answer
    that the critic could not decide and the person takes is returned as the candidate that it is:
    it solves nothing. None when ``rounds`` are over or the person has left. Costs at most
    ``rounds`` calls. Without a person it is back-prompting. A model that reads a notation hears
    none of the reasons, and is asked again.
    """
    if rounds < 1:
        raise UsageError(f"assist: rounds is {rounds}, wanted at least 1")
    problem = session.render(style)
    wishes: list[str] = []
    shown: tuple[Message, ...] = ()
    edit: str | None = None
    for _ in range(rounds):
        if edit is None:
            asked = (*_specified(problem, wishes), *shown)
            answer = await session.generate(sampling.request(asked, session.rng))
            attempt = await session.check(answer)
        else:
            answer = Completion(edit, PART)
            attempt = await session.part(PART).check(answer)
        said = {critique.code: critique for critique in attempt.critiques}
        if attempt.accepted or _taken(attempt, said):
            return attempt
        if LEFT in said:
            return None
        edit = said[EDITED].repair if EDITED in said else None
        if SPECIFIED in said:
            wishes.append(said[SPECIFIED].message)
        shown = _exchange(answer, attempt.critiques)
    return None


def _taken(attempt: Attempt, said: dict[str, Critique]) -> bool:
    """Whether a person takes what no critic rejected."""
    return ACCEPTED in said and attempt.verdict is not None and not attempt.verdict.rejected


def _specified(problem: tuple[Message, ...], wishes: Sequence[str]) -> tuple[Message, ...]:
    if not wishes or in_notation(problem):
        return problem
    return with_words(problem, "\n".join((_WISHES, *(f"- {wish}" for wish in wishes))))


def _exchange(answer: Completion, critiques: Sequence[Critique]) -> tuple[Message, Message]:
    """The answer and why it is not taken; what a person wants beside stands in the problem."""
    reasons = [each for each in critiques if each.code not in (SPECIFIED, EDITED)]
    lines = [f"- {reason}" for reason in reasons[:_MOST_CRITIQUES]]
    listed = "\n".join(lines) or "- it is not what is wanted"
    asked = (
        f"That answer is not taken:\n{listed}\n"
        "Give a complete, corrected answer in the form that was asked for."
    )
    return Message("assistant", answer.text or "(an empty answer)"), Message("user", asked)
