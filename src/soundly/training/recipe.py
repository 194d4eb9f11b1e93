"""Recipes: everything that decides a training run, in one TOML file.

```toml
name = "blocksworld-tiny"
seed = 0

[[data]]
family = "blocksworld"
smallest = 3
largest = 8
instances = 2000
teacher = "blocksworld-towers"

[model]
layers = 4

[supervised]
tokens = 10_000_000

[evaluation]
families = ["blocksworld"]
sizes = [3, 4, 5]
```

``[reinforce]`` (`ReinforceSettings`, and ``family`` and ``validation`` of `Reinforcing`) goes on
with verified rewards. ``[[variant]]`` tables train one model each on other traces of the same
data, to compare them; the first one is exported.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from soundly.core.errors import UsageError
from soundly.training.evaluation_settings import EvaluationSettings
from soundly.training.reinforce_settings import ReinforceSettings
from soundly.training.reinforcing import Reinforcing
from soundly.training.shape import Shape
from soundly.training.source import Source
from soundly.training.supervised_settings import SupervisedSettings
from soundly.training.traces.kinds import tracing

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Variant:
    """One model of a comparison: the recipe's data with this kind of trace."""

    name: str
    trace: str = "none"
    swapped: bool = False
    most_words: int = 400

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a variant needs a name")

    def of(self, source: Source) -> Source:
        """The source with this variant's traces."""
        return replace(source, trace=self.trace, swapped=self.swapped, most_words=self.most_words)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A training run: data, a model, how it learns, and how it is measured.

    Raises `ValueError` for values that do not go together.
    """

    name: str
    seed: int
    data: tuple[Source, ...]
    evaluation: EvaluationSettings
    model: Shape = Shape()
    supervised: SupervisedSettings = SupervisedSettings()
    variants: tuple[Variant, ...] = ()
    reinforcing: Reinforcing | None = None
    excluded: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if not self.name or not self.data:
            raise ValueError("a recipe needs a name and at least one [[data]]")
        if self.reinforcing is not None and self.variants:
            raise ValueError("[reinforce] goes on with one model, and [[variant]] asks for several")
        names = [variant.name for variant in self.variants]
        if len(set(names)) != len(names):
            raise ValueError("two variants have one name")
        for source in self.sources:
            tracing(source.trace)

    @property
    def sources(self) -> Sequence[Source]:
        """The data of every variant, or the data as they are."""
        return [v.of(s) for v in self.variants for s in self.data] or self.data


def read_recipe(path: Path) -> Recipe:
    """The recipe in a file; `UsageError`, with the nearest right name, for what is wrong in it."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is no TOML: {error}") from error
    return _recipe(document, path)


def _recipe(document: Mapping[str, Any], path: Path) -> Recipe:
    tables = {
        "name": None, "seed": None, "data": Source, "model": Shape, "variant": Variant,
        "supervised": SupervisedSettings, "evaluation": EvaluationSettings,
        "reinforce": ReinforceSettings, "excluded": None,
    }  # fmt: skip
    _require_known(document, list(tables), f"{path}")
    for needed in ("name", "data", "evaluation"):
        if needed not in document:
            raise UsageError(f"{path} lacks {needed!r}")
    parts: dict[str, Any] = {
        "name": document["name"],
        "seed": document.get("seed", 0),
        "data": tuple(_several(Source, document["data"], f"{path}: [[data]]")),
        "variants": tuple(_several(Variant, document.get("variant", []), f"{path}: [[variant]]")),
        "excluded": _listed(path, document.get("excluded")),
    }
    for name in ("model", "supervised", "evaluation"):
        if name in document:
            parts[name] = _table(tables[name], document[name], f"{path}: [{name}]")
    if "reinforce" in document:
        parts["reinforcing"] = _reinforcing(document["reinforce"], f"{path}: [reinforce]")
    try:
        return Recipe(**parts)
    except (ValueError, TypeError) as error:
        raise UsageError(f"{path}: {error}") from error


def _reinforcing(table: object, where: str) -> Reinforcing:
    """The table's keys are those of the settings and, beside them, those of what is asked."""
    if not isinstance(table, dict):
        raise UsageError(f"{where}: a {type(table).__name__} came, wanted a table")
    of_its_own = {"family": str, "validation": int}
    _require_known(table, [*of_its_own, *(f.name for f in fields(ReinforceSettings))], where)
    if "family" not in table:
        raise UsageError(f"{where} lacks 'family'")
    asked = {
        key: _typed(table[key], hint, f"{where}: {key}")
        for key, hint in of_its_own.items()
        if key in table
    }
    rest = {key: value for key, value in table.items() if key not in of_its_own}
    settings = _table(ReinforceSettings, rest, where)
    try:
        return Reinforcing(settings=settings, **asked)  # type: ignore[arg-type]
    except ValueError as error:
        raise UsageError(f"{where}: {error}") from error


def _several(kind: type[_T], tables: object, where: str) -> list[_T]:
    if not isinstance(tables, list):
        raise UsageError(f"{where}: a {type(tables).__name__} came, wanted tables")
    return [_table(kind, each, f"{where} {place}") for place, each in enumerate(tables, start=1)]


def _table(kind: type[_T] | None, table: object, where: str) -> _T:
    if kind is None or not isinstance(table, dict):
        raise UsageError(f"{where}: a {type(table).__name__} came, wanted a table")
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    _require_known(table, list(known), where)
    hints = get_type_hints(kind)
    for name, each in known.items():
        if each.default is MISSING and each.default_factory is MISSING and name not in table:
            raise UsageError(f"{where} lacks {name!r}")
    values = {key: _typed(value, hints[key], f"{where}: {key}") for key, value in table.items()}
    try:
        return kind(**values)
    except ValueError as error:
        raise UsageError(f"{where}: {error}") from error


def _typed(value: object, hint: object, where: str) -> object:
    """The value as the field wants it: lists become tuples, whole numbers may stand for others."""
    if isinstance(value, list):
        value = tuple(value)
    if hint is float and type(value) is int:
        return float(value)
    wanted: dict[object, tuple[type, str]] = {
        int: (int, "a whole number"), float: (float, "a number"), str: (str, "a text"),
        bool: (bool, "true or false"),
    }  # fmt: skip
    if hint in wanted and type(value) is not wanted[hint][0]:
        raise UsageError(f"{where} is {value!r:.60}, wanted {wanted[hint][1]}")
    if str(hint).startswith("tuple"):
        inner = str if "str" in str(hint) else int
        if not (isinstance(value, tuple) and all(type(each) is inner for each in value)):
            raise UsageError(f"{where} is {value!r:.60}, wanted a list of {inner.__name__}")
    return value


def _require_known(table: Mapping[str, object], known: Sequence[str], where: str) -> None:
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"
            raise UsageError(f"{where}: unknown key {key!r}{hint}")


def _listed(path: Path, name: object) -> tuple[str, ...]:
    """The digests in a file beside the recipe, one a line."""
    if name is None:
        return ()
    if not isinstance(name, str):
        raise UsageError(f"{path}: excluded is {name!r:.60}, wanted the name of a file")
    beside = path.parent / name
    try:
        lines = beside.read_text(encoding="utf-8").split()
    except OSError as error:
        raise UsageError(f"cannot read {beside}: {error.strerror or error}") from error
    return tuple(lines)
