"""Planning problems from files, for suites over what somebody has already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from soundly.core.apart import APART
from soundly.core.errors import ProblemError, UsageError
from soundly.core.problem import Problem
from soundly.families.planning.problems import problem_from_files, problem_from_texts, task_of
from soundly.kernel.seal import digest


@dataclass(frozen=True, slots=True)
class Given:
    """A planning problem by its name and its digest, which tells it from every other one.

    ``size`` is the number of its objects. ``domain`` and ``problem`` are its PDDL texts; results do
    not repeat them, so what is read back from a run lacks them.
    """

    name: str
    digest: str
    size: int
    domain: str = field(default="", repr=False, compare=False, metadata=APART)
    problem: str = field(default="", repr=False, compare=False, metadata=APART)

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a problem needs a name")

    def stated(self, family: str) -> Problem:
        """The problem, in the words of a family; `UsageError` where its texts are not here."""
        if not self.problem:
            raise UsageError(f"problem {self.name} is not here: only its suite has its text")
        return problem_from_texts(self.domain, self.problem, name=self.name, family=family)


def read_given(folder: Path, domain: str, patterns: Sequence[str], where: str) -> tuple[Given, ...]:
    """The problems in the files that the patterns name, each once, sorted within its pattern.

    Patterns are as in a shell, from ``folder`` on; what lies there is named by its path from there.
    The domain's own file is left out. Raises `UsageError` for a pattern that names no file, and
    for a file that holds no PDDL.
    """
    if not patterns:
        raise UsageError(f"{where} is empty, so the grid has no cell")
    found: dict[Path, Path] = {}
    own = (folder / domain).resolve()
    for pattern in patterns:
        files = [path for path in _matching(folder, pattern) if path.resolve() != own]
        if not files:
            raise UsageError(f"{where}: {pattern!r} names no file, looked for in {folder}")
        for path in files:
            found.setdefault(path.resolve(), path)
    return tuple(_read(folder, folder / domain, path, where) for path in found.values())


def _matching(folder: Path, pattern: str) -> list[Path]:
    """The files that it names, in their order; none for what is no pattern, as ``a**``."""
    anchor = Path(pattern).anchor
    start = Path(anchor) if anchor else folder
    try:
        found = start.glob(str(Path(pattern).relative_to(anchor)))
        return sorted(path for path in found if path.is_file())
    except ValueError:
        return []


def _read(folder: Path, domain: Path, path: Path, where: str) -> Given:
    try:
        stated = problem_from_files(domain, path)
    except (UsageError, ProblemError) as error:
        raise UsageError(f"{where}: {path} with domain {domain}: {error}") from error
    texts = dict(stated.statement)
    name = path.relative_to(folder) if path.is_relative_to(folder) else path
    return Given(
        name.as_posix(),
        digest(texts),
        max(1, len(task_of(stated).objects)),
        texts["domain"],
        texts["problem"],
    )
