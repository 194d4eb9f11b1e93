"""What the events of a run add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from soundly.training.events import Event, Measured, Noted, Stepped
from soundly.training.notes import trained_sizes


@dataclass(frozen=True, slots=True)
class Stage:
    """The steps of one stage, in order, without those that were lost and taken again."""

    name: str
    steps: tuple[Stepped, ...]

    def __post_init__(self) -> None:
        numbers = [each.step for each in self.steps]
        if not numbers or numbers != sorted(set(numbers)):
            raise ValueError(f"wanted one step or more, each later than the last, got {numbers}")

    @property
    def tokens_per_second(self) -> float | None:
        """Over the whole stage; None where no time has passed."""
        last = self.steps[-1]
        return last.tokens / last.seconds if last.seconds > 0 else None

    @property
    def rewarded(self) -> tuple[Stepped, ...]:
        """The steps that have a reward."""
        return tuple(each for each in self.steps if each.reward is not None)


@dataclass(frozen=True, slots=True)
class Figure:
    """Everything that was measured under one name.

    ``last`` has each series of each stage as it was measured last, in the order in which the series
    came, by size; ``earlier`` is what was measured at earlier steps.
    """

    what: str
    last: tuple[Measured, ...]
    earlier: tuple[Measured, ...]

    @property
    def sized(self) -> tuple[Measured, ...]:
        """What was measured last of instances that have a size."""
        return tuple(each for each in self.last if each.size is not None)

    @property
    def sizeless(self) -> tuple[Measured, ...]:
        """What was measured last without regard to size."""
        return tuple(each for each in self.last if each.size is None)

    @property
    def broken(self) -> int:
        """Answers that a critic broke on, among those measured last."""
        return sum(each.broken for each in self.last)

    def label(self, of: Measured) -> str:
        """A name for the series that no other series of this figure has.

        It is the series' own; the stage stands behind it where several stages have that series.
        """
        stages = {each.stage for each in self.last if each.series == of.series}
        if not of.series:
            return of.stage
        return f"{of.series} ({of.stage})" if len(stages) > 1 else of.series


@dataclass(frozen=True, slots=True)
class History:
    """A run, ready to be drawn. ``trained``: smallest and largest size trained on, if said."""

    stages: tuple[Stage, ...]
    figures: tuple[Figure, ...]
    notes: tuple[Noted, ...]
    trained: tuple[int, int] | None


def history(events: Iterable[Event]) -> History:
    """Add up the events of a run, in the order in which they were logged."""
    steps: dict[str, list[Stepped]] = {}
    measured: dict[tuple[object, ...], Measured] = {}
    notes: list[Noted] = []
    for event in events:
        match event:
            case Stepped():
                _step(steps.setdefault(event.stage, []), event)
            case Measured():
                measured[(event.what, event.stage, event.series, event.step, event.size)] = event
            case Noted():
                notes.append(event)
    return History(
        stages=tuple(Stage(name, tuple(found)) for name, found in steps.items()),
        figures=tuple(_figures(tuple(measured.values()))),
        notes=tuple(notes),
        trained=_trained(notes),
    )


def _step(steps: list[Stepped], event: Stepped) -> None:
    """Append a step; a run that was taken up again repeats some, and the later ones count."""
    while steps and steps[-1].step >= event.step:
        steps.pop()
    steps.append(event)


def _figures(measured: Sequence[Measured]) -> Iterator[Figure]:
    for what in dict.fromkeys(each.what for each in measured):
        series: dict[tuple[str, str], list[Measured]] = {}
        for each in measured:
            if each.what == what:
                series.setdefault((each.stage, each.series), []).append(each)
        last: list[Measured] = []
        earlier: list[Measured] = []
        for found in series.values():
            newest = max(each.step for each in found)
            last += sorted((each for each in found if each.step == newest), key=_size)
            before = (each for each in found if each.step != newest)
            earlier += sorted(before, key=lambda each: (each.step, _size(each)))
        yield Figure(what, tuple(last), tuple(earlier))


def _size(measured: Measured) -> int:
    return -1 if measured.size is None else measured.size


def _trained(notes: Iterable[Noted]) -> tuple[int, int] | None:
    found = [sizes for sizes in map(trained_sizes, notes) if sizes is not None]
    if not found:
        return None
    return min(low for low, _ in found), max(high for _, high in found)
