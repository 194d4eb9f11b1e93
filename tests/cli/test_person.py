"""The person at the terminal: what is shown, what may be chosen, what a line comes to."""

import io
import os
import pty
from contextlib import contextmanager, nullcontext

import anyio
import pytest

from soundly.cli.display.console import open_console
from soundly.cli.display.steps import with_marks
from soundly.cli.person import TerminalPerson
from soundly.cli.typed_lines import TypedLines
from soundly.core.candidate import Candidate
from soundly.core.verdict import ACCEPT, Critique, reject
from soundly.critics.human import Accept, Edit, Leave, Question, Reject, Specify
from soundly.testing import FakeFamily
from soundly.testing.fake_family import PROBLEM, RIGHT, WRONG

pytestmark = pytest.mark.anyio
REJECTED = reject(Critique("goal-unmet", "the goal needs (on a b)", "goal", repair="stack it"))


class Typed:
    """Lines that are ready to be read; their end is the end of input."""

    def __init__(self, *lines):
        self._lines = iter(lines)

    async def next(self):
        return next(self._lines, None)


def question(verdict=ACCEPT, text=RIGHT):
    return Question(PROBLEM, Candidate(tuple(text.splitlines()), text, "t"), verdict, "checker")


async def replied(*lines, verdict=ACCEPT, heard=True):
    screen = io.StringIO()
    person = TerminalPerson(
        open_console(screen),
        Typed(*lines),
        read=lambda text: FakeFamily().read(PROBLEM, text),
        paused=nullcontext,
        heard=heard,
    )
    return await person.ask(question(verdict)), screen.getvalue()


@pytest.mark.parametrize(
    ("lines", "reply"),
    [
        (["a"], Accept()),
        ([" A "], Accept()),
        (["r", "too long"], Reject("too long")),
        (["r", " ", "r", "too long"], Reject("too long")),
        (["w", "b stays put"], Specify("b stays put")),
        (["e", "(pick-up a)", "(stack a b)", ""], Edit(RIGHT)),
        (["e", "hello", "", "a"], Accept()),
        (["e", "", "q"], Leave()),
        (["", "x", "q"], Leave()),
        ([], Leave()),
        (["r"], Leave()),
        (["e"], Leave()),
        (["e", "(pick-up a)"], Edit("(pick-up a)")),
    ],
)
async def test_a_letter_and_its_words_are_a_reply(lines, reply):
    """Whatever is unclear is asked again; the end of input is leaving."""
    assert (await replied(*lines))[0] == reply


async def test_what_the_critic_rejects_cannot_be_accepted():
    reply, screen = await replied("a", "q", verdict=REJECTED)
    assert reply == Leave()
    assert "a accept" not in screen
    assert "the critic rejects it, and that stands" in screen


async def test_a_model_that_hears_no_words_is_only_asked_again():
    """A reason or a wish would be lost on it, so neither is asked for."""
    reply, screen = await replied("w", "r", heard=False)
    assert reply == Reject("wants another answer")
    assert "say what is wanted" not in screen
    assert "why?" not in screen


async def test_the_candidate_stands_there_with_the_verdict_and_its_reasons():
    _, screen = await replied("q", verdict=REJECTED)
    for shown in ("1 (pick-up a)", "2 (stack a b)", "✗ rejected by checker", "→ stack it"):
        assert shown in screen


async def test_a_control_character_in_what_is_typed_is_shown_and_not_sent():
    _, screen = await replied("\x1b[2J", "q")
    assert "\x1b" not in screen


async def test_one_question_is_asked_at_a_time_with_the_display_held_still():
    """Answers sampled at once would otherwise ask over each other."""
    open_questions: list[int] = []
    most = 0

    @contextmanager
    def paused():
        nonlocal most
        open_questions.append(1)
        most = max(most, len(open_questions))
        yield
        open_questions.pop()

    class Slow(Typed):
        async def next(self):
            await anyio.lowlevel.checkpoint()
            return await super().next()

    person = TerminalPerson(
        open_console(io.StringIO()), Slow("a", "a", "a"), read=lambda text: None, paused=paused
    )
    async with anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(person.ask, question())
    assert most == 1


async def test_lines_come_as_they_are_typed_and_pasted_ones_wait(terminal):
    mine, lines = terminal
    os.write(mine, "one\ntwo ü\n".encode())
    assert [await lines.next(), await lines.next()] == ["one", "two ü"]
    os.write(mine, b"half\x04")
    with anyio.move_on_after(0.2) as waiting:
        await lines.next()
    assert waiting.cancelled_caught
    os.write(mine, b" more\n")
    assert await lines.next() == "half more"
    os.write(mine, b"\x04")
    assert await lines.next() is None
    assert await lines.next() is None


async def test_a_terminal_that_goes_away_is_the_end_of_input(terminal):
    mine, lines = terminal
    os.close(mine)
    assert await lines.next() is None


@pytest.fixture
def terminal():
    mine, theirs = pty.openpty()
    yield mine, TypedLines(theirs)
    os.close(theirs)


@pytest.mark.parametrize(
    ("answer", "canonical", "written"),
    [
        (RIGHT, WRONG[0], RIGHT),
        ("2 + 2", "[ANSWER]\n1 + 3\n[/ANSWER]", "[ANSWER]\n2 + 2\n[/ANSWER]"),
        ("2 + 2", "[ANSWER]\n1 + 3\n[ANSWER END]", "[ANSWER]\n2 + 2\n[ANSWER END]"),
        ("[ANSWER] 4 [/ANSWER]", "[ANSWER]\n1\n[/ANSWER]", "[ANSWER] 4 [/ANSWER]"),
    ],
)
def test_marks_that_the_screen_leaves_out_need_not_be_typed(answer, canonical, written):
    assert with_marks(answer, canonical) == written
