"""Trains by a recipe, shows how far it is, and says where to go on after an interrupt."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from soundly.cli.display.training import TrainingDisplay
from soundly.cli.exits import Exit
from soundly.cli.visible import visible
from soundly.training.events import FILE
from soundly.training.run import run_recipe

_RUNS = Path("out/train")


def run_training(recipe: Path, *, out: Path | None, resume: bool) -> Exit:
    """Run a recipe; an interrupt ends in one line that says how to go on."""
    folder = out or _RUNS / recipe.stem
    display = TrainingDisplay()
    try:
        with display:
            run_recipe(recipe, folder=folder, resume=resume, on_event=display.take)
    except KeyboardInterrupt:
        print(f"soundly: interrupted{_how_to_go_on(recipe, folder)}", file=sys.stderr)
        return Exit.INTERRUPTED
    display.ended(folder)
    return Exit.OK


def _how_to_go_on(recipe: Path, folder: Path) -> str:
    """Nothing where the run had not begun, for then there is nothing to go on with."""
    if not (folder / FILE).exists():
        return ""
    words = ["soundly", "train", str(recipe), "--out", str(folder), "--resume"]
    return f"; go on with: {visible(shlex.join(words))}"
