"""Least-to-most prompting: split the problem, solve its parts in turn, then the whole.

Source: Zhou et al., "Least-to-Most Prompting Enables Complex Reasoning in Large Language Models",
arXiv:2205.10625. Zero-shot: the paper's worked examples are replaced by instructions.
"""

from __future__ import annotations

import re

from soundly.core.added_words import with_words
from soundly.core.completion import Message
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.session import Attempt, Session
from soundly.strategies.sampling import Sampling

_SPLIT = (
    "Do not solve this yet. Which simpler questions have to be answered first? List at most {most} "
    "of them, from the easiest to the hardest, so that each needs only the answers of those before "
    "it: one a line, numbered 1., 2., and so on, and nothing else."
)
_PART = "Part {number}: {question}\nAnswer this part alone."
_FIRST = "We solve it part by part.\n\n{part}"
_WHOLE = "With these parts answered, now answer the whole problem, in the form that was asked for."
_QUESTION = re.compile(r"^\s{0,8}\d{1,2}[.)]\s{1,8}(\S.*?)\s*$", re.MULTILINE)
_EMPTY = "(an empty answer)"


async def least_to_most(
    session: Session,
    *,
    parts: int = 6,
    style: PromptStyle = PromptStyle(),
    sampling: Sampling = Sampling(),
) -> Attempt | None:
    """The attempt at the whole problem if the critic accepted it, else None.

    The first call asks for at most ``parts`` simpler questions, and of a longer list the first
    are taken. Each is asked in a call of its own, with all answers so far in the prompt, which
    therefore grows; only the last answer, to the whole problem, is judged. Where no question can
    be read, the problem is asked as it is. Costs at most ``parts`` + 2 calls. Raises `UsageError`
    for a model that reads a notation, which has no words for questions.
    """
    if parts < 1:
        raise UsageError(f"least-to-most: parts is {parts}, wanted at least 1")
    problem = session.render(style)
    splitting = with_words(problem, _SPLIT.format(most=parts))
    listed = await session.part("split").generate(sampling.request(splitting, session.rng))
    conversation = problem
    for number, question in enumerate(_questions(listed.text)[:parts], start=1):
        part = _PART.format(number=number, question=question)
        if number == 1:
            conversation = with_words(problem, _FIRST.format(part=part))
        else:
            conversation = (*conversation, Message("user", part))
        answer = await session.generate(sampling.request(conversation, session.rng))
        conversation = (*conversation, Message("assistant", answer.text or _EMPTY))
    if conversation is not problem:
        conversation = (*conversation, Message("user", _WHOLE))
    attempt = await session.check(
        await session.generate(sampling.request(conversation, session.rng))
    )
    return attempt if attempt.accepted else None


def _questions(text: str) -> list[str]:
    """The numbered lines of a list, without their numbers."""
    return _QUESTION.findall(text)
