"""Formalise, then solve: a model translates, a solver solves, and the original problem decides.

Source: Liu et al., "LLM+P: Empowering Large Language Models with Optimal Planning Proficiency",
arXiv:2304.11477, for PDDL; Pan et al., "Logic-LM", arXiv:2305.12295, for other formal languages and
for errors that go back to the model. Translations that are wrong go back as well, because a critic
of the original problem can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from soundly.core.added_words import in_notation
from soundly.core.completion import Message
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.formalism import Formalism, Mistranslation, Translation, TranslationChecked
from soundly.core.session import Attempt, Session
from soundly.core.solver import SolverFound, SolverProved
from soundly.core.verdict import Critique
from soundly.strategies.sampling import Sampling

ONLY_THE_FORMALISATION = "only the formalisation was solved"
"""How an outcome says that a solver's answer is not known to be one to the original problem."""

_MOST_CRITIQUES = 12
_WRONG_ANSWER = Critique(
    "wrong-answer",
    "the translation was solved, and the solution is no right answer to the problem",
    repair="look for what the problem demands and the translation does not",
)


async def formalise(
    session: Session,
    *,
    formalism: Formalism,
    rounds: int = 3,
    style: PromptStyle = PromptStyle(examples=0),
    sampling: Sampling = Sampling(max_output_tokens=4096),
) -> Attempt | None:
    """The first attempt that is not rejected, else the last that a solver led to, or None.

    A round is one call: the model translates the problem, the formalism's own reader judges the
    translation, its solver solves it, and what it finds is read and judged as an answer to the
    problem itself. What was wrong goes into the next round. An answer that no SOUND critic accepts
    carries the remark that only the formalisation was solved. That a translation has no solution
    says nothing of the problem, whoever proves it.
    """
    if rounds < 1:
        raise UsageError(f"formalise: rounds is {rounds}, wanted at least 1")
    stated = session.render(style)
    if in_notation(stated):
        raise UsageError(
            "formalise: the model is asked for a translation in words, and this one reads a "
            "notation: name a model that reads text"
        )
    asked = translation_request(stated, formalism)
    exchange: tuple[Message, ...] = ()
    last: Attempt | None = None
    for _ in range(rounds):
        completion = await session.generate(sampling.request((*asked, *exchange), session.rng))
        attempt, critiques = await _round(session, formalism, completion.text)
        if attempt is not None and not _rejected(attempt):
            return attempt
        last = attempt or last
        answer = Message("assistant", completion.text or "(an empty answer)")
        exchange = (answer, _feedback(critiques))
    return last


def translation_request(problem: Sequence[Message], formalism: Formalism) -> tuple[Message, ...]:
    """The conversation about a problem, with the last word asking for a translation instead."""
    stated = problem[-1].content
    asked = (
        "Below, between the lines <problem> and </problem>, is a problem. Do not solve it. "
        "Translate it, so that a solver can: whatever the problem says has to be in the "
        "translation, and nothing else."
        f"\n\n{formalism.instructions}\n\n<problem>\n{stated}\n</problem>"
    )
    return (*problem[:-1], Message("user", asked))


async def _round(
    session: Session, formalism: Formalism, text: str
) -> tuple[Attempt | None, Sequence[Critique]]:
    """What comes of a translation: an attempt where a solver found something, and what is wrong."""
    reading = formalism.read(text)
    if isinstance(reading, Mistranslation):
        session.note(TranslationChecked(formalism.name, False, reading.critiques))
        return None, reading.critiques
    session.note(TranslationChecked(formalism.name, True, reading.remarks))
    found = await session.ask_solver(formalism.solver, reading.problem)
    if not isinstance(found, SolverFound):
        reason = "proved" if isinstance(found, SolverProved) else found.reason
        return None, (_without_solution(reason), *reading.remarks)
    attempt = await _answered(session, formalism, reading, found.text)
    return attempt, (_WRONG_ANSWER, *attempt.critiques, *reading.remarks)


async def _answered(
    session: Session, formalism: Formalism, translation: Translation, found: str
) -> Attempt:
    attempt = await session.check_text(formalism.worded(translation, found))
    remark = f"{ONLY_THE_FORMALISATION} ({formalism.name}, by {formalism.solver.name})"
    return replace(attempt, remark=remark)


def _without_solution(reason: str) -> Critique:
    return Critique(
        "no-solution",
        f"the solver found no solution to the translation: {reason}",
        repair="look for what the translation demands and the problem does not",
    )


def _rejected(attempt: Attempt) -> bool:
    """Whether another round may help: what no critic can tell, no translation changes."""
    return attempt.verdict is None or attempt.verdict.rejected


def _feedback(critiques: Sequence[Critique]) -> Message:
    lines = [f"- {critique}" for critique in critiques[:_MOST_CRITIQUES]]
    if len(critiques) > _MOST_CRITIQUES:
        lines.append(f"- and {len(critiques) - _MOST_CRITIQUES} more")
    reasons = "\n".join(lines)
    return Message(
        "user",
        f"Your translation was put to the test:\n{reasons}\n"
        "Write the whole translation again, corrected, in the form that was asked for.",
    )
