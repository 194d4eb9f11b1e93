"""What a word model wrote, read as its family reads: numbers become names, thought falls away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from soundly.core.candidate import Reading, Unreadable
from soundly.core.notation import END, PLAN, Statement, Words, unlabelled
from soundly.core.verdict import Critique


def answer_in(words: Sequence[str]) -> Words | None:
    """What stands between the one `PLAN` and the first `END`, or the end of the words.

    None where `PLAN` is missing, or stands twice: who answers twice has not answered.
    """
    said = tuple(words)
    said = said[: said.index(END)] if END in said else said
    return said[said.index(PLAN) + 1 :] if said.count(PLAN) == 1 else None


def reading_of(
    words: Sequence[str],
    statement: Statement,
    labels: Sequence[int],
    read: Callable[[str], Reading],
) -> Reading:
    """What the words of a completion propose, with names numbered by ``labels``.

    ``read`` is the family's own ear for this problem.
    """
    answer = answer_in(words)
    if answer is None:
        count = list(words).count(PLAN)
        return Unreadable(
            Critique("no-answer", f"the word {PLAN!r} came {count} times, wanted it once")
        )
    return read(statement.spelt((PLAN, *unlabelled(answer, labels))))
