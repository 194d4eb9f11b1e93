"""A synthetic run, with everything that a report can draw."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from soundly.training.events import Event, EventLog, Measured, Noted, Stepped
from soundly.training.notes import planned, trained

SIZES = (3, 5, 8, 12)


def everything() -> list[Event]:
    """Two stages, lines by size beyond what was trained on, ablations, notes, broken answers."""
    events: list[Event] = [planned("sft", 60), trained(3, 8), Noted("sft", "device: cpu")]
    for step in range(1, 601):
        loss = 3 * math.exp(-step / 100) + 0.2
        events.append(Stepped("sft", step, loss, step * 1000, step / 10, 3e-3))
    events += [Measured("sft", 300, "valid", "no trace", 7, 41, size=3)]
    for number, size in enumerate(SIZES):
        events.append(Measured("sft", 600, "valid", "no trace", 97 - 29 * number, 101, size))
        events.append(
            Measured("sft", 600, "valid", "swapped", 83 - 23 * number, 103, size, broken=1)
        )
        events.append(Measured("sft", 600, "valid trace", "swapped", number, 107, size))
    events += [
        Stepped("grpo", step, 0.01, step * 500, step / 2, 1e-5, reward=step / 40)
        for step in range(1, 31)
    ]
    events += [
        Measured("grpo", 30, "valid", "no trace", 99 - number, 109, s)
        for number, s in enumerate(SIZES)
    ]
    events += [
        Measured("moves", 0, "solved", "both", 71, 113, tokens=4321, seconds=12.5),
        Measured("moves", 0, "solved", "random moves", 31, 127, broken=2, tokens=5432, seconds=9),
    ]
    return events  # fmt: skip


def log(run: Path, events: list[Event], recipe: str | None = None) -> Path:
    """Write the events of a run into its folder."""
    run.mkdir(exist_ok=True)
    file = EventLog(run)
    for event in events:
        file.add(event)
    if recipe is not None:
        (run / "recipe.toml").write_text(recipe, encoding="utf-8")
    return run


@pytest.fixture
def write(tmp_path: Path):
    """Writes the events of a run into a folder of their own."""
    return lambda events, recipe=None: log(tmp_path / "a-run", events, recipe)


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run with everything; a test that changes it takes a copy."""
    recipe = 'family = "blocksworld"  # <b> & "more"\n'
    return log(tmp_path_factory.mktemp("runs") / "a-run", everything(), recipe)
