"""Meta-controllers: what is made of the critiques before the model sees them.

Source: Kambhampati et al., arXiv:2402.01817, section 3 (the meta-controller); Gundawar et al.,
arXiv:2405.20625 and arXiv:2411.14484.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from soundly.core.completion import Message
from soundly.core.session import Session
from soundly.core.verdict import Critique
from soundly.strategies.modulo.aside import Aside
from soundly.strategies.modulo.options import Controller, Feedback
from soundly.strategies.modulo.review import CRITIC, FORMAT, Review, Voice
from soundly.strategies.modulo.wording import AGAIN, IN_FORM, Told, in_words, shown_answer
from soundly.strategies.sampling import Sampling

_EARLIER_LIMIT = 8
_EARLIER_CHARACTERS = 600
_SUMMARISE = (
    "Critics looked at that answer. Say in a few sentences what has to change in it, in the "
    "order in which it should be changed, and nothing else. What they said:"
)


@dataclass(frozen=True, slots=True)
class BackPrompt:
    """The next turn of the user, and what made it."""

    text: str
    told: Told
    controller: Controller


class MetaController(Protocol):
    """Turns the critiques of one answer into the next prompt."""

    async def back_prompt(self, review: Review) -> BackPrompt:
        """The prompt; a controller may remember earlier answers."""
        ...


def meta_controller(
    controller: Controller, level: Feedback, *, session: Session, sampling: Sampling
) -> MetaController:
    """The controller of a name."""
    match controller:
        case "concatenate":
            return Concatenate(level)
        case "round-robin":
            return RoundRobin(level)
        case "summarise":
            return Summarise(level, Aside(session, "controller", sampling))
        case "diversify":
            return Diversify(level)


class Concatenate:
    """All critiques, one after the other."""

    def __init__(self, level: Feedback) -> None:
        self._level = level

    async def back_prompt(self, review: Review) -> BackPrompt:
        """All that was said."""
        return _concatenated(review.voices, self._level)


class RoundRobin:
    """The critiques of one critic a round: of the one that has waited longest to be heard.

    The session's critic may stand for many, so its critiques take turns by what they are about:
    each code is a critic of its own.
    """

    def __init__(self, level: Feedback) -> None:
        self._level = level
        self._heard: list[str] = []

    async def back_prompt(self, review: Review) -> BackPrompt:
        """One critic's critiques; those never heard come first, in the order of the bank."""
        turns = [turn for voice in review.voices for turn in _turns(voice)]
        turn = min(turns, key=lambda each: self._last_heard(each.critic))
        self._heard.append(turn.critic)
        said = in_words((turn,), self._level)
        return BackPrompt(f"{said.text}\n{_closing(turn)}", said, "round-robin")

    def _last_heard(self, critic: str) -> int:
        return max(
            (place for place, name in enumerate(self._heard, 1) if name == critic), default=0
        )


class Summarise:
    """The model's own summary of several critiques; costs a call where there are several.

    One critique stands as it is, and so do all where the summary comes back empty.
    """

    def __init__(self, level: Feedback, aside: Aside) -> None:
        self._level = level
        self._aside = aside

    async def back_prompt(self, review: Review) -> BackPrompt:
        """The summary in place of what the critics said."""
        plain = _concatenated(review.voices, self._level)
        if plain.told.shown < 2:
            return plain
        answer = shown_answer(review.completion).content
        question = f"An answer to a problem:\n{answer}\n\n{_SUMMARISE}\n{plain.told.text}"
        summary = (await self._aside.ask((Message("user", question),))).text.strip()
        if not summary:
            return plain
        text = f"That answer was checked and is not accepted. What has to change:\n{summary}"
        said = Told(text, plain.told.critics, plain.told.shown)
        return BackPrompt(f"{text}\n{AGAIN}", said, "summarise")


class Diversify:
    """All critiques, and the wish for an answer that differs from all earlier ones."""

    def __init__(self, level: Feedback) -> None:
        self._level = level
        self._earlier: list[str] = []

    async def back_prompt(self, review: Review) -> BackPrompt:
        """The critiques and the latest earlier answers; without one to differ from, only those."""
        if review.canonical is not None and review.canonical not in self._earlier:
            self._earlier.append(review.canonical)
        plain = _concatenated(review.voices, self._level)
        if not self._earlier:
            return plain
        given = "\n".join(f"- {_on_one_line(each)}" for each in self._earlier[-_EARLIER_LIMIT:])
        text = (
            f"{plain.told.text}\nThese answers were given before, and none is accepted:\n{given}\n"
            "Give a complete answer that differs from all of them, in the form that was asked for."
        )
        return BackPrompt(text, plain.told, "diversify")


def _concatenated(voices: Sequence[Voice], level: Feedback) -> BackPrompt:
    said = in_words(voices, level)
    return BackPrompt(f"{said.text}\n{_closing(*voices)}", said, "concatenate")


def _closing(*voices: Voice) -> str:
    return IN_FORM if any(voice.critic == FORMAT for voice in voices) else AGAIN


def _turns(voice: Voice) -> list[Voice]:
    if voice.critic != CRITIC or not voice.critiques:
        return [voice]
    by_code: dict[str, list[Critique]] = {}
    for critique in voice.critiques:
        by_code.setdefault(critique.code, []).append(critique)
    return [Voice(f"{CRITIC}/{code}", tuple(critiques)) for code, critiques in by_code.items()]


def _on_one_line(canonical: str) -> str:
    text = " ".join(canonical.split())
    return text if len(text) <= _EARLIER_CHARACTERS else f"{text[:_EARLIER_CHARACTERS]} …"
