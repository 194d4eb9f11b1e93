"""The name of a strategy as traces and reports show it: what one would type to get it again."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache, partial
from typing import Any


def describe(strategy: Callable[..., Any]) -> str:
    """``refine:rounds=3`` for ``partial(refine, rounds=3)``; a cascade's stages joined by ``+``.

    A strategy that a router chose has its own name: it is what one would type. Options that have
    their default are left out; a bundle of options is shown by its fields.
    """
    if not isinstance(strategy, partial):
        return _name(strategy)
    options = dict(strategy.keywords)
    stages = options.pop("stages", None)
    if stages is not None:
        return "+".join(describe(stage) for stage in stages)
    solver = options.pop("solver", None)
    if solver is not None:
        return _joined(str(solver.name), list(_own_fields(solver)))
    chosen = options.pop("chosen", None)
    if chosen is not None:
        return describe(chosen)
    parameters = _parameters(strategy.func)
    shown: list[str] = []
    for key, value in options.items():
        default = parameters[key].default
        if _is_critic(value):
            shown.append(f"{key}={value.name}")
        elif is_dataclass(value):
            shown.extend(_changed_fields(value, default))
        elif value != default:
            shown.append(f"{key}={_spelt(value)}")
    return _joined(_name(strategy.func), shown)


@lru_cache(maxsize=256)
def _parameters(function: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(function).parameters


def _name(function: Callable[..., Any]) -> str:
    return str(getattr(function, "__name__", type(function).__name__)).replace("_", "-")


def _is_critic(value: object) -> bool:
    return hasattr(value, "judge") and hasattr(value, "name")


def _spelt(value: object) -> str:
    """A value as options are typed; critics by their names."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple) and value and all(map(_is_critic, value)):
        return "|".join(str(critic.name) for critic in value)
    return str(value)


def _joined(name: str, options: list[str]) -> str:
    return f"{name}:{','.join(options)}" if options else name


def _changed_fields(bundle: Any, default: Any) -> Iterator[str]:  # noqa: ANN401 - any dataclass
    for field in fields(bundle):
        value = getattr(bundle, field.name)
        if value != getattr(default, field.name, MISSING):
            yield f"{field.name}={_spelt(value)}"


def _own_fields(solver: object) -> Iterator[str]:
    """What was chosen for a solver; what it cannot be without goes without saying."""
    if not is_dataclass(solver):
        return
    for field in fields(solver):
        value = getattr(solver, field.name)
        default = field.default if field.default_factory is MISSING else field.default_factory()
        if default is MISSING or field.name == "name" or value == default:
            continue
        if is_dataclass(value):
            yield from _changed_fields(value, default)
        else:
            yield f"{field.name}={value}"
