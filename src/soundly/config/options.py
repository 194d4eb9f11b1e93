"""Options written as ``key=value`` pairs, bound to a function's keyword-only parameters.

A parameter that is itself a bundle of options (`Sampling`, `PromptStyle`) is given by its fields:
``refine:rounds=3,temperature=0.7,language=formal``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from soundly.config.given_text import template_of
from soundly.core.augmentation import Template
from soundly.core.errors import UnknownNameError, UsageError


@dataclass(frozen=True, slots=True)
class _Option:
    parameter: str
    field: str | None
    hint: Any


def parse_pairs(text: str, *, what: str) -> dict[str, str]:
    """``a=1,b=2`` as a dictionary; raises `UsageError` for anything else, or a repeated key."""
    pairs: dict[str, str] = {}
    for piece in filter(None, (part.strip() for part in text.split(","))):
        key, equals, value = piece.partition("=")
        if not (equals and key.strip() and value.strip()):
            raise UsageError(f"{what}: got {piece!r}, wanted key=value pairs joined by commas")
        if key.strip() in pairs:
            raise UsageError(f"{what}: {key.strip()} is given twice")
        pairs[key.strip()] = value.strip()
    return pairs


def bind(function: Callable[..., Any], pairs: Mapping[str, str], *, what: str) -> dict[str, Any]:
    """The keyword arguments that the pairs spell for ``function``.

    Raises `UnknownNameError` for an option that it does not take, `UsageError` for a value of
    another type than the annotation's.
    """
    known = _known_options(function)
    arguments: dict[str, Any] = {}
    for key, text in pairs.items():
        if key not in known:
            raise UnknownNameError(f"option of {what}", key, known)
        option = known[key]
        value = _converted(option.hint, text, f"{what}: {key}")
        if option.field is None:
            arguments[option.parameter] = value
            continue
        bundle = arguments.get(option.parameter) or _default(function, option.parameter)
        try:
            arguments[option.parameter] = replace(bundle, **{option.field: value})
        except ValueError as error:
            raise UsageError(f"{what}: {error}") from error
    return arguments


def _known_options(function: Callable[..., Any]) -> dict[str, _Option]:
    target = function.__init__ if inspect.isclass(function) else function
    hints = get_type_hints(target)
    known: dict[str, _Option] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if name in ("self", "session") or parameter.default is inspect.Parameter.empty:
            continue
        if is_dataclass(hints[name]):
            inner = get_type_hints(hints[name])
            for field in fields(hints[name]):
                known[field.name] = _Option(name, field.name, inner[field.name])
        else:
            known[name] = _Option(name, None, hints[name])
    return known


def _default(function: Callable[..., Any], parameter: str) -> Any:  # noqa: ANN401
    return inspect.signature(function).parameters[parameter].default


def _converted(hint: Any, text: str, where: str) -> Any:  # noqa: ANN401 - dispatch over annotations
    if get_origin(hint) in (Union, UnionType):
        hint = next(choice for choice in get_args(hint) if choice is not NoneType)
    if get_origin(hint) is Literal:
        if text not in get_args(hint):
            raise UsageError(f"{where}: got {text!r}, wanted one of {', '.join(get_args(hint))}")
        return text
    if hint is Template:
        return template_of(text, what=where)
    if hint not in (int, float, str, bool):
        raise UsageError(f"{where}: cannot be given as text")
    if hint is bool:
        if text not in ("true", "false"):
            raise UsageError(f"{where}: got {text!r}, wanted true or false")
        return text == "true"
    try:
        return hint(text)
    except ValueError as error:
        kind = {int: "a whole number", float: "a number"}.get(hint, "text")
        raise UsageError(f"{where}: got {text!r}, wanted {kind}") from error
