"""What a search over partial solutions says of its course."""

from __future__ import annotations

from rich.console import Group
from rich.text import Text

from soundly.cli.amounts import plural
from soundly.cli.display.attempt import critique_lines
from soundly.core.searching import StepsProposed


def steps_proposed(event: StepsProposed) -> Group:
    """How far a proposal reaches, and why no further."""
    if event.proposed == event.kept:
        came = plural(event.kept, "step")
    else:
        came = f"{event.kept} of {plural(event.proposed, 'step')}"
    behind = f" behind {event.standing}" if event.standing else ""
    mark = ("✗ ", "bad") if event.critiques else ("▸ ", "stage")
    return Group(Text.assemble(mark, f"{came} stand{behind}"), *critique_lines(event.critiques))
