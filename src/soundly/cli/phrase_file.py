"""A phrase table in a JSON file, and the family that speaks with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from soundly.config.families import make_family
from soundly.core.codec import CodecError, from_json, to_json
from soundly.core.errors import UsageError
from soundly.core.family import Family
from soundly.families.planning.drawn import DrawnFamily
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.phrases import Phrases

_NOTHING = to_json(Phrases())


def family_speaking(name: str, phrases: Path | None) -> Family:
    """The family of this name, with the words of the file where one is given.

    Raises `UsageError` for a file that is no phrase table and for a family that takes none.
    """
    family = make_family(name)
    if phrases is None:
        return family
    planning = family.planning if isinstance(family, DrawnFamily) else family
    if not isinstance(planning, PlanningFamily):
        raise UsageError(f"--phrases: family {name!r} takes no phrase table")
    return replace(planning, phrases=read_phrases(phrases))


def read_phrases(path: Path) -> Phrases:
    """The table; raises `UsageError`, which names the file, for anything that is none."""
    try:
        entry = json.loads(path.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not JSON: {error}") from error
    try:
        if not isinstance(entry, Mapping):
            raise CodecError("it holds no object")
        return from_json(Phrases, {**_NOTHING, **entry})
    except ValueError as error:
        raise UsageError(f"{path} is no phrase table: {error}") from error
