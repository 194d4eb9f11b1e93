"""Draws the README's picture from a session's folder: what its terminal showed, cropped.

    make demo && .venv/bin/python docs/images/draw_demo.py out/demo docs/images/demo.svg

The attempts between the first and the last are left out and counted. Nothing is made up: the folder
holds the trace of a real session, and its certificate is re-checked while the picture is drawn.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from soundly.cli.certificate_file import recheck_file
from soundly.cli.display.console import THEME
from soundly.cli.display.ending import ending_panel
from soundly.cli.display.story import Story
from soundly.core.codec import record_from_json
from soundly.core.events import (
    AnswerUnreadable,
    CallSettled,
    FeedbackGiven,
    Judged,
    TraceRecord,
    UnsolvabilityClaimed,
)
from soundly.core.replay import replay

WIDTH = 100
_COLOURS = TerminalTheme(
    (22, 27, 34),
    (201, 209, 217),
    [(72, 79, 88), (255, 123, 114), (86, 211, 100), (227, 179, 65),
     (121, 192, 255), (210, 168, 255), (86, 212, 221), (201, 209, 217)],
)  # fmt: skip
_SHAPE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>A model's attempts are rejected with reasons; a planner's plan is accepted</title>
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>{lines}</defs>
<rect fill="#161b22" width="{width}" height="{height}" rx="8"/>
<g transform="translate(8, 12)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g></g></svg>
"""


def draw(folder: Path) -> str:
    """The picture as SVG, with no font or script from elsewhere."""
    lines = (folder / "trace.jsonl").read_text(encoding="ascii").splitlines()
    records = [record_from_json(json.loads(line)) for line in lines]
    plan = (folder / "plan.pddl").read_text(encoding="utf-8").splitlines()
    console = Console(file=StringIO(), record=True, width=WIDTH, theme=THEME, highlight=False)
    for renderable in _cropped(records):
        console.print(renderable)
    console.print(ending_panel(records, replay(records), plan))
    accepted = recheck_file(folder / "certificate.json")
    console.print(f"certificate  {folder / 'certificate.json'}", markup=False)
    console.print(
        Text.assemble("re-checked   ", ("✔ ", "good"), f"by the kernel: {accepted.summary}")
    )
    return console.export_svg(theme=_COLOURS, code_format=_SHAPE, unique_id="demo")


def _cropped(records: Iterable[TraceRecord]) -> Iterator[RenderableType]:
    """The story without the calls after the first and what became of their answers."""
    story = Story()
    left_out = 0
    for record in records:
        told = story.take(record)
        event = record.event
        if isinstance(event, CallSettled) and event.call > 1:
            left_out += 1
        elif left_out and _about_an_answer(record):
            continue
        elif told and left_out:
            yield Padding(Text(f"⋮ {left_out} more attempts of the model", "quiet"), (0, 0, 1, 0))
            left_out = 0
            yield from told
        else:
            yield from told


def _about_an_answer(record: TraceRecord) -> bool:
    """Whether the record says what became of a model's answer."""
    about = Judged | AnswerUnreadable | UnsolvabilityClaimed | FeedbackGiven
    return isinstance(record.event, about)


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(draw(Path(sys.argv[1])), encoding="utf-8")
