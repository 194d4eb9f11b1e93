"""From free text to the critics' form: a loop inside the loop.

Source: Kambhampati et al., arXiv:2402.01817, figure 3 (the reformatter, which gives the critics a
candidate in the form that they can read).
"""

from __future__ import annotations

from soundly.core.completion import Completion, Message
from soundly.core.events import LoopStopped
from soundly.core.session import Attempt, Session
from soundly.strategies.modulo.aside import Aside
from soundly.strategies.modulo.wording import shown_answer
from soundly.strategies.sampling import Sampling

_REFORMULATE = (
    "Write the answer that this holds in the form that was asked for, and nothing else. Change "
    "nothing about it: add no step, leave none out, mend no mistake."
)


class Reformulator:
    """Asks the model, at most ``rounds`` times an answer, to write it in the form wanted.

    Each try is an attempt of its own part in the trace, so that an answer found in this way is
    credited to the reformulator: it may have mended more than the form.
    """

    def __init__(
        self, session: Session, problem: tuple[Message, ...], *, rounds: int, sampling: Sampling
    ) -> None:
        self._problem = problem
        self._rounds = rounds
        self._aside = Aside(session, "reformulator", sampling)

    async def reformulated(
        self, completion: Completion, attempt: Attempt
    ) -> tuple[Completion, Attempt]:
        """The first rewriting that could be read and its attempt; else what came in."""
        if self._rounds == 0 or attempt.candidate is not None or attempt.claims_unsolvable:
            return completion, attempt
        told = _REFORMULATE
        written, number = completion, 0
        for number in range(1, self._rounds + 1):
            asked = (*self._problem, shown_answer(written), Message("user", told))
            written = await self._aside.ask(asked)
            again = await self._aside.part.check(written)
            if again.candidate is not None:
                self._stop("read", number)
                return written, again
            unread = "\n".join(f"- {critique}" for critique in again.critiques)
            told = f"No answer can be read from that:\n{unread}\n{_REFORMULATE}"
        self._stop("rounds", number)
        return completion, attempt

    def _stop(self, reason: str, rounds: int) -> None:
        self._aside.part.note(LoopStopped("", reason, rounds))
