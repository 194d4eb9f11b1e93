"""The words of a back-prompt: what was wrong, as much of it as the model is to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from soundly.core.completion import Completion, Message
from soundly.core.verdict import Critique
from soundly.strategies.modulo.options import Feedback
from soundly.strategies.modulo.review import FORMAT, Voice

_ANSWER_LIMIT = 4000
_CRITIQUE_LIMIT = 12
_NO_REASON = "the critic could not accept it and gave no reason"

AGAIN = "Give a complete, corrected answer in the form that was asked for."
IN_FORM = "Give a complete answer in the form that was asked for."


@dataclass(frozen=True, slots=True)
class Told:
    """Critiques in words, whose they are, and how many."""

    text: str
    critics: tuple[str, ...]
    shown: int


def in_words(voices: Sequence[Voice], level: Feedback) -> Told:
    """What was wrong, at a level of feedback.

    What the format critic says is always told in full: it is about the form, and gives nothing of
    a solution away.
    """
    if any(voice.critic == FORMAT for voice in voices):
        return _listed("No answer could be read from that:", voices, "constructive")
    if level == "binary":
        critics = tuple(voice.critic for voice in voices)
        return Told("That answer was checked and is not accepted.", critics, 0)
    return _listed("That answer was checked and is not accepted:", voices, level)


def shown_answer(completion: Completion) -> Message:
    """An answer as the model's own turn: never empty, and a very long one shortened."""
    text = completion.text
    if len(text) > _ANSWER_LIMIT:
        half = _ANSWER_LIMIT // 2
        text = f"{text[:half]}\n[… {len(text) - 2 * half} characters left out …]\n{text[-half:]}"
    return Message("assistant", text or "(an empty answer)")


def _listed(heading: str, voices: Sequence[Voice], level: Feedback) -> Told:
    lines = [heading]
    count = 0
    for voice in voices:
        if voice.advice:
            lines.append(f"Advice of {voice.critic}, which may be wrong:")
        critiques = voice.critiques[:1] if level == "first" else voice.critiques
        shown = critiques[:_CRITIQUE_LIMIT]
        lines += [f"- {_worded(each, level)}" for each in shown]
        if len(critiques) > len(shown):
            lines.append(f"- and {len(critiques) - len(shown)} more")
        count += len(shown)
    if not count:
        lines.append(f"- {_NO_REASON}")
    return Told("\n".join(lines), tuple(voice.critic for voice in voices), count)


def _worded(critique: Critique, level: Feedback) -> str:
    return str(critique if level == "constructive" else replace(critique, repair=None))
