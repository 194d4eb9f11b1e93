"""In the sandbox: reasoning-gym itself, asked for its data sets, entries and scores.

Whatever it draws from the global random generators is the same each time, since these are seeded
first; sets of strings keep their order because the sandbox fixes the hash seed.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
import reasoning_gym
from reasoning_gym.factory import CURRICULA, DATASETS, create_curriculum

_MOST_LEVELS = 100


@dataclass(frozen=True, slots=True)
class _Entry:
    dataset: Any
    content: dict[str, Any]


def prepare(request: dict[str, Any]) -> object:
    """What a call needs that no model wrote: the entry, or what is asked about the data set."""
    ask, name = request["ask"], request["dataset"]
    if name not in DATASETS:
        return {"known": sorted(DATASETS)}
    if ask == "describe":
        return {"levels": _levels(name), "version": reasoning_gym.__version__}
    if ask == "configuration":
        return _configuration(name, request["level"])
    return _entry(name, request["configuration"], request["seed"], request["index"])


def answer(prepared: object, request: dict[str, Any]) -> object:
    """The score of an answer, or what was prepared."""
    if not isinstance(prepared, _Entry):
        return prepared
    content = prepared.content
    if request["ask"] == "entry":
        key = content["answer"]
        return {
            "question": content["question"],
            "key": key if isinstance(key, str) else None,
            "metadata": _plain(content.get("metadata", {})),
        }
    if content["question"] != request["question"]:
        return {"other_question": content["question"][:200]}
    score = prepared.dataset.score_answer(answer=request["answer"], entry=content)
    number = isinstance(score, (int, float, np.integer, np.floating)) and not isinstance(score, str)
    return {"score": float(score)} if number else {"no_number": f"{score!r:.200}"}


@lru_cache(maxsize=16)
def _entry(name: str, configuration: str, seed: int, index: int) -> _Entry:
    options = json.loads(configuration)
    random.seed(seed)
    np.random.seed(seed % 2**32)
    kind, config_kind = DATASETS[name]
    config = config_kind(**options, seed=seed, size=index + 1)
    dataset = kind(config)
    return _Entry(dataset, dataset[index])


def _levels(name: str) -> int:
    """How many levels the curriculum has: those of its longest attribute, or one without any."""
    if name not in CURRICULA:
        return 1
    attributes = create_curriculum(name).attributes.values()
    return max((len(each.levels) for each in attributes), default=1)


def _configuration(name: str, level: int) -> dict[str, object]:
    """The options of a level, less seed and size; the defaults where there is no curriculum.

    An option that JSON cannot say, such as an enumeration, is left out where it has its default.
    """
    default = DATASETS[name][1]()
    if name in CURRICULA:
        curriculum = create_curriculum(name)
        curriculum.set_global_level(min(level, _MOST_LEVELS) - 1)
        config = curriculum.generate_configuration()
    else:
        config = default
    options: dict[str, object] = {}
    for each in fields(config):
        value = getattr(config, each.name)
        if each.name in ("seed", "size"):
            continue
        if _is_plain(value):
            options[each.name] = value
        elif value != getattr(default, each.name):
            raise ValueError(f"option {each.name} is {value!r:.80}, which JSON cannot say")
    return options


def _is_plain(value: object) -> bool:
    """Whether JSON says the value as it is; a tuple comes back as a list, which does no harm."""
    if type(value) in (list, tuple):
        return isinstance(value, Iterable) and all(map(_is_plain, value))
    return value is None or type(value) in (bool, int, float, str)


def _plain(value: object) -> object:
    """As JSON says it; what it cannot say, as text."""
    return json.loads(json.dumps(value, default=repr, skipkeys=True))
