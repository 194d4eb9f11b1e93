"""Lists of steps: which lines belong together, so that two plans are never made one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from soundly.families.planning.pddl import Plan, Step
from soundly.families.planning.reading.lexicon import Lexicon
from soundly.families.planning.reading.lines import Line, Style, as_written

_NUMBERED = frozenset({Style.NUMBER, Style.COUNT})


@dataclass(slots=True)
class Run:
    """Lines that make one list.

    ``ended`` once other text stands behind an unnumbered one. ``numbered`` is the last line with
    a number.
    """

    style: Style
    depth: int
    lines: list[Line] = field(default_factory=list)
    ended: bool = False
    numbered: Line | None = None

    @classmethod
    def beginning(cls, line: Line) -> Run:
        """The list that a line begins."""
        run = cls(line.style, line.depth)
        run.take([line])
        return run

    def take(self, lines: list[Line]) -> None:
        """Adds lines, of which the last alone may have a number."""
        self.lines += lines
        if lines[-1].number is not None:
            self.numbered = lines[-1]

    @property
    def plan(self) -> Plan:
        """The steps in their order; a line that is none stands here word by word."""
        steps: list[Step] = []
        for place, line in enumerate(self.lines):
            if line.steps:
                steps.extend(line.steps)
            elif not line.heading and not self._has_details(place):
                steps.append(as_written(line.content))
        return tuple(steps)

    @property
    def first(self) -> Step:
        """The first step that was read as one."""
        return next(step for line in self.lines for step in line.steps)

    @property
    def set_apart(self) -> bool:
        """Whether the answer sets it apart as a list of steps: by numbers, labels or brackets."""
        return self.style not in {Style.BARE, Style.BULLET} or all(
            line.formal for line in self.lines
        )

    def goes_on(self, line: Line) -> bool:
        """Whether a line of steps, or a numbered line, belongs to this list."""
        if line.style is not self.style:
            return False
        if line.number is None:
            return self.style is Style.LABEL or not self.ended
        return line.number > 1 or self.lines[-1].number == 0

    def resumes(self, line: Line, *, after: Run) -> bool:
        """Whether a line has the next number of this list, with a remark in between.

        What read as a step there was a remark, unless labels make it a list of its own.
        """
        last = self.numbered.number if self.numbered and self.lines[0].steps else None
        if last is None or line.number != last + 1 or after.style is Style.LABEL:
            return False
        return line.style is self.style or bool(line.steps)

    def stands_above(self, line: Line) -> bool:
        """Whether a line stands below one of this list's numbers."""
        return self.style in _NUMBERED and line.number is None and line.depth > self.depth

    def under_heading(self) -> bool:
        """Whether the last numbered line says no step itself."""
        return self.numbered is not None and not self.numbered.steps

    def _has_details(self, place: int) -> bool:
        following = self.lines[place + 1 : place + 2]
        return bool(following) and self.stands_above(following[0])


def find_runs(lines: Iterable[Line]) -> list[Run]:
    """The lists in some lines, in the order in which they end; without those that hold no step.

    A numbered list goes on, whatever is said between its lines, until a number of 0 or 1 begins
    another; its next number belongs to it even where a remark before that reads as a step. What
    stands deeper than a numbered step explains it; what stands deeper than a numbered heading are
    its steps. Any other numbered line that cannot be read stays in the list as it was written.

    Without numbers a list goes on until other text stands between two steps. A line that cannot
    be read but stands directly between two steps, with no empty line, was meant as one of them
    and stays in the list as it was written.
    """
    runs: list[Run] = []
    run: Run | None = None
    numbered: Run | None = None
    unread: list[Line] = []
    for line in lines:
        if line.blank or line.comment:
            if run is not None and unread and line.blank:
                run.ended = True
            unread = unread if line.comment else []
        elif run is not None and run.stands_above(line):
            if line.steps and run.under_heading():
                run.take([line])
        elif run is not None and (line.steps or line.number is not None) and run.goes_on(line):
            run.take([*unread, line])
            unread = []
        elif run is not None and numbered is not None and numbered.resumes(line, after=run):
            run, unread = numbered, []
            run.take([line])
        elif line.steps or line.number is not None:
            unread = []
            if line.number in {None, 0, 1} or (line.steps and numbered is None):
                run = Run.beginning(line)
                runs.append(run)
                numbered = run if line.number is not None else numbered
        elif run is not None and _could_be_a_step(run, line):
            unread.append(line)
        elif run is not None and line.depth <= run.depth:
            run.ended, unread = True, []
    runs.sort(key=lambda run: run.lines[-1].end)
    return [run for run in runs if any(line.steps for line in run.lines)]


def _could_be_a_step(run: Run, line: Line) -> bool:
    """Whether text inside an unnumbered list looks like the list's own lines."""
    same = run.style is line.style and run.style in {Style.BARE, Style.BULLET}
    return same and not run.ended and not line.heading


def counting(runs: list[Run], lexicon: Lexicon) -> Run | None:
    """The list that counts: the last that is set apart as a list of steps, else the last.

    Before that, lists whose first step is whole count before lists that begin with a remark that
    only sounds like one ("Attack a to induce pain"), and these before lists of unknown actions.
    """
    known = [run for run in runs if any(lexicon.knows(step) for step in run.plan)]
    whole = [run for run in known if lexicon.is_whole(run.first)]
    for among in (whole, known, runs):
        if among:
            return ([run for run in among if run.set_apart] or among)[-1]
    return None
