"""Suites as people write them.

```toml
name = "towers"

[budget]                            # of each session, as in --budget
calls = 10
usd = 0.05

[prices]                            # US dollars for a million tokens, in and out
"openai:gpt-5-mini" = [0.25, 2.0]

[[grid]]                            # every combination is a cell
families = ["blocksworld"]
obfuscations = ["none", "mystery"]
sizes = "3-5"                       # or [3, 4, 5]
solvability = ["solvable", "unsolvable"]
models = ["blocksworld-tiny"]
augmentations = ["none"]
strategies = ["single", "refine:rounds=3", "kairos"]
seeds = "0-9"
share = "any"                       # or "train", "unseen"
```

Only families, sizes, seeds and strategies have to stand there, and models where a strategy asks
one. A grid over PDDL files names them in place of what is drawn:

```toml
[[grid]]
domain = "logistics/domain.pddl"    # from the suite's folder
problems = ["logistics/p*.pddl"]    # names as in a shell
solvability = ["solvable"]          # what they are known to be, where it is known
models = ["openai:gpt-5-mini"]
strategies = ["refine", "kairos"]
```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, get_args

from soundly.bench.suites.cell import Share
from soundly.bench.suites.given import read_given
from soundly.bench.suites.suite import Grid, Price, Suite
from soundly.config.budget import parse_budget
from soundly.core.augmentation import Augmentation
from soundly.core.errors import UnknownNameError, UsageError
from soundly.core.spend import Budget

MOST_NUMBERS: Final = 1_000_000
"""The longest range of sizes or seeds."""

_RANGE: Final = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_SOLVABILITY: Final = {"solvable": True, "unsolvable": False}
_NEEDED: Final = ("families", "sizes", "seeds", "strategies")
_NEEDED_WITH_FILES: Final = ("domain", "problems", "strategies")
_DRAWING: Final = ("sizes", "obfuscations", "share")


def read_suite(path: Path) -> Suite:
    """The suite in a file; `UsageError` names the place, and the nearest right name."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} is no TOML: {error}") from error
    where = str(path)
    _require_known(document, ("name", "budget", "prices", "grid"), where)
    grids = document.get("grid", [])
    folder = path.parent
    if not isinstance(grids, list):
        raise UsageError(f"{where}: [grid] came, wanted [[grid]]")
    try:
        return Suite(
            name=_text(document.get("name", path.stem), f"{where}: name"),
            grids=tuple(
                _grid(table, folder, f"{where}, grid {n}") for n, table in enumerate(grids, 1)
            ),
            budget=_budget(document.get("budget", {}), f"{where}: [budget]"),
            prices=tuple(_prices(document.get("prices", {}), f"{where}: [prices]")),
        )
    except ValueError as error:
        raise UsageError(f"{where}: {error}") from error


def parse_price(text: str) -> Price:
    """A price as it stands in ``--price MODEL=IN,OUT``: US dollars for a million tokens."""
    model, equals, amounts = text.rpartition("=")
    wanted = f"--price is {text!r:.80}, wanted MODEL=IN,OUT in dollars for a million tokens"
    first, comma, second = amounts.partition(",")
    if not (model and equals and comma):
        raise UsageError(wanted)
    try:
        return Price(model, float(first), float(second))
    except ValueError as error:
        raise UsageError(wanted) from error


def _grid(table: object, folder: Path, where: str) -> Grid:
    readers: dict[str, Callable[[object, str], Any]] = {
        "families": _texts,
        "obfuscations": _texts,
        "sizes": _numbers,
        "solvability": _solvability,
        "models": _texts,
        "augmentations": _augmentations,
        "strategies": _texts,
        "seeds": _numbers,
        "share": _share,
        "domain": _text,
        "problems": _texts,
    }
    if not isinstance(table, dict):
        raise UsageError(f"{where}: a {type(table).__name__} came, wanted a table")
    _require_known(table, readers, where)
    from_files = "domain" in table or "problems" in table
    for name in _NEEDED_WITH_FILES if from_files else _NEEDED:
        if name not in table:
            raise UsageError(f"{where}: {name} is missing")
    axes = {name: readers[name](value, f"{where}: {name}") for name, value in table.items()}
    if "solvability" in axes:
        axes["solvable"] = axes.pop("solvability")
    if from_files:
        axes = _from_files(axes, folder, where)
    try:
        return Grid(**axes)
    except ValueError as error:
        raise UsageError(f"{where}: {error}") from error


def _from_files(axes: dict[str, Any], folder: Path, where: str) -> dict[str, Any]:
    """The axes of a grid over files: nothing is drawn, and a label is only what somebody states."""
    for name in _DRAWING:
        if name in axes:
            raise UsageError(f"{where}: {name} is for what is drawn, and files were named")
    labels = axes.get("solvable", (None,))
    if len(labels) > 1:
        raise UsageError(f"{where}: solvability has two values, wanted the one of all these files")
    domain, patterns = axes.pop("domain"), axes.pop("problems")
    given = read_given(folder, domain, patterns, f"{where}: problems")
    return {"families": ("planning",), "seeds": (0,), **axes, "solvable": labels, "given": given}


def _budget(table: object, where: str) -> Budget:
    if not isinstance(table, dict):
        raise UsageError(f"{where}: a {type(table).__name__} came, wanted a table")
    try:
        return parse_budget(",".join(f"{key}={value}" for key, value in table.items()))
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from error


def _prices(table: object, where: str) -> Iterable[Price]:
    if not isinstance(table, dict):
        raise UsageError(f"{where}: a {type(table).__name__} came, wanted a table")
    for model, pair in table.items():
        numbers = isinstance(pair, list) and all(type(each) in (int, float) for each in pair)
        if not numbers or len(pair) != 2:
            raise UsageError(f"{where}: {model} is {pair!r:.60}, wanted [IN, OUT] in dollars")
        yield Price(model, *pair)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{where} is {value!r:.60}, wanted a text")
    return value


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise UsageError(f"{where} is {value!r:.60}, wanted a list of texts")
    return tuple(_text(each, where) for each in value)


def _numbers(value: object, where: str) -> tuple[int, ...]:
    """A list of whole numbers, or a range with both its ends."""
    if isinstance(value, list) and all(type(each) is int for each in value):
        return tuple(value)
    if isinstance(value, str) and (match := _RANGE.fullmatch(value)):
        first, last = map(int, match.groups())
        if last - first >= MOST_NUMBERS:
            raise UsageError(f"{where} is {value!r}, wanted at most {MOST_NUMBERS:,} numbers")
        return tuple(range(first, last + 1))
    raise UsageError(f'{where} is {value!r:.60}, wanted numbers as in [3, 4] or "3-8"')


def _named(value: object, known: Mapping[str, Any], where: str) -> tuple[Any, ...]:
    texts = _texts(value, where)
    for text in texts:
        if text not in known:
            raise UnknownNameError(where, text, known)
    return tuple(known[text] for text in texts)


def _solvability(value: object, where: str) -> tuple[bool, ...]:
    return _named(value, _SOLVABILITY, where)


def _augmentations(value: object, where: str) -> tuple[Augmentation, ...]:
    return _named(value, {name: name for name in get_args(Augmentation)}, where)


def _share(value: object, where: str) -> Share:
    found: Share = _named([value], {name: name for name in get_args(Share)}, where)[0]
    return found


def _require_known(table: Mapping[str, object], known: Iterable[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise UnknownNameError(f"key in {where}:", key, known)
