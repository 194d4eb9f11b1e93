"""Where things lie in PlanBench's repository, whole or in part."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soundly.bench.planbench.json_types import named, required
from soundly.bench.planbench.oddity import OddFieldError
from soundly.core.errors import UsageError

_PARTS = ("configs", "results", "prompts")


@dataclass(frozen=True, slots=True)
class Root:
    """One generation of the benchmark: ``plan-bench`` or ``llm_planning_analysis``."""

    path: Path

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.path.name

    def configs(self) -> list[Path]:
        """The YAML files, one a set of problems."""
        return sorted((self.path / "configs").glob("*.yaml"))

    def sets(self) -> list[str]:
        """The names of all sets that have a configuration, prompts or results."""
        parts = (self.path / "prompts", self.path / "results")
        folders = [each for part in parts if part.is_dir() for each in part.iterdir()]
        names = {each.name for each in folders if each.is_dir()}
        return sorted(names | {path.stem for path in self.configs()})

    def config(self, name: str) -> Path:
        """``configs/<set>.yaml``, whether it is there or not."""
        return self.path / "configs" / f"{name}.yaml"

    def prompts(self, name: str) -> list[Path]:
        """``prompts/<set>/<task>.json``."""
        return sorted((self.path / "prompts" / name).glob("*.json"))

    def results(self, name: str) -> list[Path]:
        """``results/<set>/<model>/<task>.json``."""
        return sorted((self.path / "results" / name).glob("*/*.json"))

    def logs(self) -> list[Path]:
        """Results of the first year, kept as printed text: they have no fields to read."""
        return sorted((self.path / "results").glob("**/*.txt"))


@dataclass(frozen=True, slots=True)
class Layout:
    """A folder and the generations in it."""

    folder: Path
    roots: tuple[Root, ...]

    @classmethod
    def of(cls, folder: Path) -> Layout:
        """The layout of a checkout, or of one generation's folder.

        Raises `UsageError` for what is neither.
        """
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder: wanted a checkout of PlanBench's repository")
        candidates = [folder, *sorted(child for child in folder.iterdir() if child.is_dir())]
        roots = tuple(
            Root(path) for path in candidates if any((path / part).is_dir() for part in _PARTS)
        )
        if not any(root.configs() for root in roots):
            found = "it is empty" if len(candidates) == 1 else "no configs/*.yaml in it or below"
            raise UsageError(
                f"{folder} is no PlanBench: {found}; wanted plan-bench/ or "
                "llm_planning_analysis/ with configs, instances, prompts, results"
            )
        return cls(folder, roots)

    def name(self, path: Path) -> str:
        """A file's name from the folder on, with forward slashes."""
        return path.relative_to(self.folder).as_posix()


def read_entries(path: Path) -> list[Any]:
    """The list under "instances" of a file of prompts or results.

    Raises `UsageError` for a file that cannot be read or is no JSON, half-written ones included,
    and `OddFieldError` where it has no such list.
    """
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"is not JSON, or only the beginning of it: {error}") from error
    if not isinstance(document, dict):
        raise OddFieldError("instances", f"is missing: the file holds {named(document)}")
    entries: list[Any] = required(document, "instances", list)
    return entries
