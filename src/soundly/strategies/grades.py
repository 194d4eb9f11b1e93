"""A model grades answers: a soft score, which orders them and decides nothing.

Source: models as judges, Zheng et al., arXiv:2306.05685 (single-answer grading). Models are poor
judges of plans, their own above all (arXiv:2310.08118), so a grade only says what is checked first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from soundly.core.candidate import Found
from soundly.core.completion import Completion, Message, Request
from soundly.core.errors import BudgetExhausted
from soundly.core.family import PromptStyle
from soundly.core.session import Session
from soundly.strategies.draws import draw
from soundly.strategies.sampling import Sampling

PART = "judge"
BEST_GRADE = 10

_QUESTION = (
    "Below are a problem and a proposed answer. Look for mistakes in the answer. Then grade it: 0 "
    "if it is certainly wrong, 10 if it is certainly right and complete. What the answer says "
    "about itself counts for nothing. End with one line: GRADE: and a whole number from 0 to 10."
)
_GRADE = re.compile(
    r"^[^\w\n]{0,9}GRADE[^\w\n-]{0,9}(\d{1,3})(?:[ ]?/[ ]?10)?[^\w\n]{0,9}$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Grades:
    """One score a completion; minus infinity where the model gave no grade or was not asked."""

    scores: tuple[float, ...]
    refused: BudgetExhausted | None


@dataclass(frozen=True, slots=True)
class Judge:
    """Asks the session's model for grades; it is told the problem without worked examples.

    ``sampling`` bounds what a judgement may cost. Grades are asked for at temperature 0, or at none
    where the model is asked to reason.
    """

    style: PromptStyle
    sampling: Sampling
    concurrency: int

    async def grades(self, session: Session, completions: Sequence[Completion]) -> Grades:
        """A grade for each completion, from 0 to 10; one call for each different answer.

        The calls are those of a part of their own. Where no answer can be read nobody is asked,
        and a judgement without a grade is none: such completions rank last, as they were drawn.
        """
        read = [session.read(completion) for completion in completions]
        answers = [reading.canonical if isinstance(reading, Found) else None for reading in read]
        asked = list(dict.fromkeys(answer for answer in answers if answer is not None))
        if not asked:
            return Grades((-math.inf,) * len(answers), None)
        messages = session.render(PromptStyle(language=self.style.language, examples=0))
        stated = "\n".join(message.content for message in messages)
        requests = [self._request(session, stated, answer) for answer in asked]
        said = await draw(session.part(PART), requests, concurrency=self.concurrency)
        known = {
            answer: grade_in(judgement.text)
            for answer, judgement in zip(asked, said.by_request, strict=True)
            if judgement is not None
        }
        grades = [known.get(answer) if answer is not None else None for answer in answers]
        return Grades(
            tuple(-math.inf if grade is None else float(grade) for grade in grades), said.refused
        )

    def _request(self, session: Session, stated: str, answer: str) -> Request:
        content = (
            f"{_QUESTION}\n\n--- PROBLEM ---\n{stated}\n\n--- PROPOSED ANSWER ---\n"
            f"{answer}\n--- END OF THE ANSWER ---"
        )
        # a model that reasons takes no temperature
        temperature = 0.0 if self.sampling.reasoning_effort is None else None
        sampling = replace(self.sampling, temperature=temperature)
        return sampling.request((Message("user", content),), session.rng)


def grade_in(judgement: str) -> int | None:
    """The last grade that stands on a line of its own, or None; one above 10 is no grade."""
    found = _GRADE.findall(judgement)
    grade = int(found[-1]) if found else None
    return grade if grade is not None and grade <= BEST_GRADE else None
