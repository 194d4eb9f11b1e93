"""The person at the terminal: shown a candidate, asked what to do with it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import anyio
from rich.console import Console, RenderableType
from rich.text import Text

from soundly.cli.display.question import choices, question_shown
from soundly.cli.display.steps import with_marks
from soundly.cli.typed_lines import TypedLines
from soundly.cli.visible import one_line
from soundly.core.candidate import Reading, Unreadable
from soundly.core.errors import UsageError
from soundly.critics.human import Accept, Edit, Leave, Question, Reject, Reply, Specify

ASSIST = "assist"
"""The strategy that hears everything a person says."""

_ANOTHER = "wants another answer"


@dataclass(frozen=True)
class TerminalPerson:
    """Asks at the terminal, one question at a time.

    ``read`` reads an answer as the family does, so that one that cannot be read is said to be so
    while its author is still there. ``paused`` holds the moving line of the display still.
    ``heard`` is False for a model that reads no words: it can only be asked again.
    """

    console: Console
    lines: TypedLines
    read: Callable[[str], Reading]
    paused: Callable[[], AbstractContextManager[None]]
    heard: bool = True
    _turn: anyio.Lock = field(default_factory=anyio.Lock)

    async def ask(self, question: Question) -> Reply:
        """What the person chooses; `Leave` for q and at the end of input."""
        async with self._turn:
            with self.paused():
                for shown in question_shown(question):
                    self.console.print(shown)
                try:
                    return await self._reply(question)
                finally:
                    self.console.print()  # what comes next begins on a line of its own

    async def _reply(self, question: Question) -> Reply:
        while True:
            self._show(choices(acceptable=question.acceptable, heard=self.heard))
            line = await self._line("> ")
            if line is None:
                return Leave()
            chosen = await self._chosen(line.strip().lower(), question)
            if not isinstance(chosen, str):
                return chosen
            self._show(Text(chosen, "spent"))

    async def _chosen(  # noqa: PLR0911 - one return for each letter
        self, key: str, question: Question
    ) -> Reply | str:
        """The reply behind a letter; where there is none, why, for the person."""
        match key:
            case "a" if question.acceptable:
                return Accept()
            case "r" if not self.heard:
                return Reject(_ANOTHER)
            case "r":
                return await self._words("why? ", Reject)
            case "w" if self.heard:
                return await self._words("what is wanted? ", Specify)
            case "e":
                return await self._edit(question)
            case "q":
                return Leave()
            case "a":
                return "the critic rejects it, and that stands: choose another letter"
            case _:
                return f"{one_line(key)!r:.40} is none of the letters"

    async def _words(self, prompt: str, reply: Callable[[str], Reply]) -> Reply | str:
        line = await self._line(prompt)
        if line is None:
            return Leave()
        return reply(line.strip()) if line.strip() else "nothing was said"

    async def _edit(self, question: Question) -> Reply | str:
        """An answer typed line by line; one that cannot be read is not handed on."""
        self._show(Text("the whole answer, and an empty line behind it:", "quiet"))
        typed: list[str] = []
        while line := await self._line("  "):
            typed.append(line)
        if not typed:
            return Leave() if line is None else "nothing was written"
        answer = with_marks("\n".join(typed), question.candidate.canonical)
        reading = self.read(answer)
        if isinstance(reading, Unreadable):
            return f"it cannot be read: {one_line(str(reading.critique))}"
        return Edit(answer)

    async def _line(self, prompt: str) -> str | None:
        self.console.print(Text(prompt, "stage"), end="")
        self.console.file.flush()
        return await self.lines.next()

    def _show(self, renderable: RenderableType) -> None:
        self.console.print(renderable)


def require_terminal(*, as_json: bool) -> None:
    """Raise `UsageError` where nobody can be asked: before anything is opened or paid for."""
    if as_json:
        raise UsageError("--with-me asks a person, and --json prints for programs: choose one")
    for name, stream in (("input", sys.stdin), ("output", sys.stdout)):
        if not stream.isatty():
            raise UsageError(
                f"--with-me asks a person at a terminal, and standard {name} is none; in a "
                "program, give soundly.solve a person"
            )
