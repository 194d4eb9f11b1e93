"""What stands in a report, in its order, before it becomes a page or Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from soundly.charts.file_names import FileNames
from soundly.charts.look import Picture
from soundly.charts.tables import Table
from soundly.core.errors import UsageError
from soundly.training.events import read_events
from soundly.training.notes import planned_seconds
from soundly.training.report.curves import loss_picture, reward_picture
from soundly.training.report.history import Figure, History, history
from soundly.training.report.rates import bar_picture, size_picture
from soundly.training.report.tables import broken_sentence, figure_table, stage_table

RECIPE = "recipe.toml"


@dataclass(frozen=True, slots=True)
class Section:
    """One figure: its pictures, the counts that they are drawn from, and earlier ones."""

    title: str
    pictures: tuple[Picture, ...]
    table: Table
    earlier: Table | None


@dataclass(frozen=True, slots=True)
class Contents:
    """A report. ``recipe`` is the text of the run's recipe, None where it has none.

    ``notes`` are pairs of stage and text; ``broken`` is a sentence, None where nothing broke.
    """

    title: str
    stages: Table | None
    sections: tuple[Section, ...]
    curves: tuple[Picture, ...]
    notes: tuple[tuple[str, str], ...]
    broken: str | None
    recipe: str | None

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture, in order."""
        figures = (picture for section in self.sections for picture in section.pictures)
        return (*figures, *self.curves)


def contents(run: Path) -> Contents:
    """Read a run's folder, and draw.

    Raises `UsageError` where the folder has no events, or scipy is not installed.
    """
    found = history(read_events(run))
    if not (found.stages or found.figures or found.notes):
        raise UsageError(f"{run} has no events yet: nothing to report")
    name = FileNames()
    sections = tuple(_section(figure, found, name) for figure in found.figures)
    return Contents(
        title=f"Training run {run.resolve().name}",
        stages=stage_table(found.stages) if found.stages else None,
        sections=sections,
        curves=tuple(_curves(found, name)),
        notes=tuple((n.stage, n.text) for n in found.notes if planned_seconds(n) is None),
        broken=broken_sentence(found.figures),
        recipe=_recipe(run / RECIPE),
    )


def _section(figure: Figure, of: History, name: Callable[[str], str]) -> Section:
    pictures: list[Picture | None] = []
    if figure.sized:
        by_size = name(f"{figure.what}-by-size")
        pictures.append(size_picture(figure, name=by_size, trained=of.trained))
    if figure.sizeless:
        pictures.append(bar_picture(figure, name=name(figure.what)))
    return Section(
        title=figure.what[:1].upper() + figure.what[1:],
        pictures=tuple(picture for picture in pictures if picture is not None),
        table=figure_table(figure, figure.last),
        earlier=figure_table(figure, figure.earlier) if figure.earlier else None,
    )


def _curves(of: History, name: Callable[[str], str]) -> Iterator[Picture]:
    for stage in of.stages:
        loss = loss_picture(stage, name=name(f"loss-{stage.name}"))
        reward = reward_picture(stage, name=name(f"reward-{stage.name}"))
        yield from (picture for picture in (loss, reward) if picture is not None)


def _recipe(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
