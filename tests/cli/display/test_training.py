"""A training run on a terminal, and in a file."""

import io

from rich.console import Console

from soundly.cli.display.console import THEME, open_console
from soundly.cli.display.training import TrainingDisplay
from soundly.training.events import Noted, Stepped
from soundly.training.notes import planned

STEPS = [Stepped("sft", n, 1.0, 1000 * n, float(n), 1e-3, reward=0.5) for n in range(1, 101)]


def shown(events, console):
    with TrainingDisplay(console) as display:
        for event in events:
            display.take(event)


def test_without_a_terminal_a_step_is_a_line_every_thirty_seconds():
    stream = io.StringIO()
    shown(STEPS, open_console(stream))
    lines = stream.getvalue().splitlines()
    assert [line.split(" · ")[0] for line in lines] == [
        "sft  step 1", "sft  step 31", "sft  step 61", "sft  step 91"
    ]  # fmt: skip


def test_on_a_terminal_the_moving_line_has_everything_in_eighty_columns():
    stream = io.StringIO()
    console = Console(file=stream, theme=THEME, force_terminal=True, color_system=None, width=80)
    shown([planned("sft", 205), *STEPS], console)
    last = "1 min 45 s left · step 100 · loss 1 · reward 0.500 · 1,000 tokens/s"
    assert last in stream.getvalue()


def test_what_a_run_notes_cannot_move_the_cursor():
    stream = io.StringIO()
    shown([Noted("da\x1bta", "words\x1b[2J")], open_console(stream))
    assert "\x1b" not in stream.getvalue()
