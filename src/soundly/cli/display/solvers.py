"""What strategies say that put solvers to work on what a model wrote."""

from __future__ import annotations

from rich.console import Group
from rich.text import Text

from soundly.cli.amounts import plural
from soundly.cli.display.attempt import critique_lines
from soundly.cli.visible import one_line
from soundly.core.continuing import Repaired
from soundly.core.formalism import TranslationChecked


def repaired(event: Repaired) -> Text:
    """Whose the steps of an attempt are."""
    line = Text.assemble(("⚒ ", "stage"), f"attempt {event.attempt}: {shares(event)}")
    return line.append(f" · keep={one_line(event.keep)}", "quiet")


def shares(event: Repaired) -> str:
    """``5 of the model's 8 steps, 3 steps by kairos``."""
    kept = f"{event.kept} of the model's {plural(event.offered, 'step')}"
    return f"{kept}, {plural(event.added, 'step')} by {one_line(event.solver)}"


def translation_checked(event: TranslationChecked) -> Group:
    """Whether a translation is consistent, and what is wrong or odd about it."""
    language = one_line(event.language)
    if event.consistent:
        said = Text.assemble(("✔ ", "good"), f"the translation to {language} is consistent")
    else:
        said = Text.assemble(("✗ ", "bad"), f"this is no translation to {language}")
    return Group(said, *critique_lines(event.critiques))
