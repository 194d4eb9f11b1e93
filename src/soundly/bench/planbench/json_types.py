"""Fields of JSON that others wrote: present, and of the type that was wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from soundly.bench.planbench.oddity import OddFieldError

T = TypeVar("T")

_NAMES = {
    dict: "an object",
    list: "a list",
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def named(value: object) -> str:
    """What kind of JSON value it is, in words."""
    return _NAMES.get(type(value), type(value).__name__)


def required(entry: Mapping[str, Any], field: str, kind: type[T]) -> T:
    """The field's value; raises `OddFieldError` where it is missing or of another kind."""
    if field not in entry:
        raise OddFieldError(field, "is missing")
    value = entry[field]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise OddFieldError(field, f"is {named(value)}, wanted {_NAMES[kind]}")
    return value


def texts(entry: Mapping[str, Any], field: str) -> dict[str, str]:
    """A mapping of texts to texts; empty where the field is missing or null."""
    value = entry.get(field)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise OddFieldError(field, f"is {named(value)}, wanted an object")
    for key, said in value.items():
        if not isinstance(key, str) or not isinstance(said, str):
            raise OddFieldError(field, f"has {key!r:.40}: {said!r:.40}, wanted texts")
    return dict(value)
