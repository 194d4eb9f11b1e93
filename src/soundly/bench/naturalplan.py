"""Natural Plan's files imported: recorded answers judged anew, beside the official figure.

The official figure calls any other answer than the golden one wrong (trips and calendars), or
counts meetings and looks no further. Ours asks whether the answer is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soundly.bench.output import Output
from soundly.core.candidate import ClaimedUnsolvable, Unreadable
from soundly.core.errors import UsageError
from soundly.families.naturalplan.official import (
    Item,
    Official,
    Score,
    Skipped,
    read_official,
    score,
)
from soundly.families.naturalplan.official.trip_prompt import Windows

GOLDEN = "golden_plan"
"""The name under which the golden plans themselves are scored."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One answer to one item; ``answer_of`` names the field, such as "pred_5shot_pro"."""

    item: Item
    answer_of: str
    score: Score

    def document(self) -> dict[str, Any]:
        """As ``scores.jsonl`` says it."""
        verdict = self.score.verdict
        return {
            "id": self.item.id,
            "family": self.item.problem.family,
            "problem_sha256": self.item.problem.digest,
            "answer_of": self.answer_of,
            "reading": type(self.score.reading).__name__,
            "verdict": verdict.decision.value if verdict is not None else None,
            "valid": self.score.valid,
            "exact_match": self.score.exact_match,
            "feasible": self.score.feasible,
            "met": self.score.met,
            "most": self.score.most,
            "critiques": [str(each) for each in verdict.critiques] if verdict is not None else [],
        }


@dataclass(frozen=True, slots=True)
class Row:
    """The counts of one family's answers by one model, or of its golden plans."""

    family: str
    answer_of: str
    answers: int
    valid: int
    exact_match: int
    both: int
    unreadable: int
    claimed_unsolvable: int

    def document(self) -> dict[str, Any]:
        """As ``summary.json`` says it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Imported:
    """What files held, and what their answers are worth."""

    items: tuple[Item, ...]
    scored: tuple[Scored, ...]
    skipped: tuple[Skipped, ...]

    @property
    def rows(self) -> list[Row]:
        """The counts of each family and each model, in the order of their names."""
        groups: dict[tuple[str, str], list[Scored]] = {}
        for each in self.scored:
            groups.setdefault((each.item.problem.family, each.answer_of), []).append(each)
        return [_row(*key, group) for key, group in sorted(groups.items())]

    def document(self) -> dict[str, Any]:
        """The summary: counts, and what was skipped and why."""
        return {
            "items": len(self.items),
            "skipped": len(self.skipped),
            "rows": [row.document() for row in self.rows],
            "faults": [str(each) for each in self.skipped],
        }

    def write(self, folder: Path) -> None:
        """Write ``problems.jsonl``, ``scores.jsonl`` and ``summary.json``, all together.

        Raises `UsageError` for a folder that cannot be written to.
        """
        with Output(folder) as output:
            output.begin("problems.jsonl", "scores.jsonl")
            for item in self.items:
                problem = item.problem
                line = {"sha256": problem.digest, "family": problem.family, "name": problem.name}
                output.line("problems.jsonl", {**line, "statement": dict(problem.statement)})
            for each in self.scored:
                output.line("scores.jsonl", each.document())
            output.whole("summary.json", self.document())


def load(path: Path, *, windows: Windows = "worded") -> Official:
    """The items of a data file; raises `UsageError` for one that cannot be opened or is no JSON."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"cannot read {path}: {reason}") from error
    return read_official(text, source=str(path), windows=windows)


def import_natural_plan(paths: Iterable[Path], *, windows: Windows = "worded") -> Imported:
    """Read data files and score every recorded answer, and the golden plans with them.

    A file that cannot be read is skipped like an item, under the field "file".
    """
    items: list[Item] = []
    skipped: list[Skipped] = []
    for path in paths:
        try:
            official = load(path, windows=windows)
        except UsageError as error:
            skipped.append(Skipped(str(path), "-", "file", str(error)))
            continue
        items += official.items
        skipped += official.skipped
    scored = tuple(each for item in items for each in _scored(item))
    return Imported(tuple(items), scored, tuple(skipped))


def _scored(item: Item) -> Iterator[Scored]:
    golden = item.golden if isinstance(item.golden, str) else "\n".join(item.golden)
    for name, answer in {GOLDEN: golden, **item.responses}.items():
        yield Scored(item, name, score(item, answer))


def _row(family: str, answer_of: str, group: list[Scored]) -> Row:
    scores = [each.score for each in group]
    return Row(
        family,
        answer_of,
        answers=len(scores),
        valid=sum(each.valid for each in scores),
        exact_match=sum(each.exact_match for each in scores),
        both=sum(each.valid and each.exact_match for each in scores),
        unreadable=sum(isinstance(each.reading, Unreadable) for each in scores),
        claimed_unsolvable=sum(isinstance(each.reading, ClaimedUnsolvable) for each in scores),
    )
