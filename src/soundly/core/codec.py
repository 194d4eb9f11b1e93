"""Frozen values to JSON and back, strictly: an unknown field or a wrong type is an error.

Only what the vocabulary uses is supported: dataclasses, enums, tuples, string mappings, optional
values, and str, int, bool, and finite floats, because JSON (RFC 8259) has no others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import Field, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from soundly.core import events
from soundly.core.events import TRACE_VERSION, Event, TraceRecord

T = TypeVar("T")
_NO_VALUE: Final = object()


class CodecError(ValueError):
    """JSON that does not have the form of the value it should be."""


def to_json(value: object) -> Any:  # noqa: ANN401 - JSON is what it is
    """The value as plain JSON types."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise CodecError(f"cannot write {value} as JSON")
        return value
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {
            name: to_json(item)
            for name, left_out in _written(type(value))  # type: ignore[arg-type]
            if (item := getattr(value, name)) is not left_out and item != left_out
        }
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    raise CodecError(f"cannot write a {type(value).__name__} as JSON")


def from_json(cls: type[T], data: object) -> T:
    """The value of type ``cls`` that ``data`` spells; raises `CodecError` where it does not."""
    value: T = _decode(cls, data, cls.__name__)
    return value


def event_kind(event: Event) -> str:
    """The name of an event's type as it stands in a trace: ``call-held`` for `CallHeld`."""
    return _KINDS[type(event)]


def record_to_json(record: TraceRecord) -> dict[str, Any]:
    """One line of a trace: version, sequence, seconds, kind, and the event's own fields."""
    return {
        "v": TRACE_VERSION,
        "n": record.sequence,
        "t": to_json(round(record.seconds, 6)),
        "kind": event_kind(record.event),
        "event": to_json(record.event),
    }


def record_from_json(data: Mapping[str, Any]) -> TraceRecord:
    """The record that one line of a trace spells; raises `CodecError`."""
    if data.get("v") != TRACE_VERSION:
        raise CodecError(f"trace version is {data.get('v')!r}, this reads {TRACE_VERSION}")
    cls = _EVENTS.get(str(data.get("kind")))
    if cls is None:
        raise CodecError(f"unknown event kind {data.get('kind')!r}")
    return TraceRecord(
        from_json(int, data.get("n")),
        from_json(float, data.get("t")),
        from_json(cls, data.get("event")),
    )


_hints = cache(get_type_hints)


def _decode(  # noqa: PLR0911 - one return for each kind of annotation
    hint: Any,  # noqa: ANN401 - annotations are what they are
    data: object,
    where: str,
) -> Any:  # noqa: ANN401
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _decode_union(hint, data, where)
    if origin is Literal:
        if data not in get_args(hint):
            raise CodecError(f"{where}: got {data!r}, wanted one of {get_args(hint)}")
        return data
    if origin is tuple:
        if not isinstance(data, list):
            raise CodecError(f"{where}: got {type(data).__name__}, wanted a list")
        item = get_args(hint)[0]
        return tuple(_decode(item, entry, f"{where}[{i}]") for i, entry in enumerate(data))
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(data, dict):
            raise CodecError(f"{where}: got {type(data).__name__}, wanted an object")
        value = get_args(hint)[1]
        return {key: _decode(value, entry, f"{where}.{key}") for key, entry in data.items()}
    if isinstance(hint, type) and issubclass(hint, Enum):
        try:
            return hint(data)
        except ValueError as error:
            raise CodecError(f"{where}: {error}") from error
    if is_dataclass(hint):
        return _decode_dataclass(hint, data, where)
    return _decode_scalar(hint, data, where)


def _decode_union(hint: Any, data: object, where: str) -> Any:  # noqa: ANN401
    choices = get_args(hint)
    if data is None and NoneType in choices:
        return None
    concrete = [choice for choice in choices if choice is not NoneType]
    if len(concrete) != 1:
        raise CodecError(f"{where}: a union of {len(concrete)} types is not supported")
    return _decode(concrete[0], data, where)


def _decode_dataclass(cls: Any, data: object, where: str) -> Any:  # noqa: ANN401
    if not isinstance(data, dict):
        raise CodecError(f"{where}: got {type(data).__name__}, wanted an object")
    hints = _hints(cls)
    fields: dict[str, Field[Any]] = cls.__dataclass_fields__
    known = {name: field for name, field in fields.items() if not _is_apart(field)}
    if unknown := sorted(set(data) - set(known)):
        raise CodecError(f"{where}: unknown field {unknown[0]!r}")
    absent = [name for name in known if name not in data]
    if missing := [name for name in absent if not _came_later(known[name])]:
        raise CodecError(f"{where}: field {missing[0]!r} is missing")
    values = {
        name: _decode(hints[name], data[name], f"{where}.{name}") for name in known if name in data
    }
    try:
        return cls(**values)
    except ValueError as error:
        raise CodecError(f"{where}: {error}") from error


@cache
def _written(cls: Any) -> tuple[tuple[str, object], ...]:  # noqa: ANN401 - any dataclass
    """The fields of a dataclass, each with the value at which it is left out, if there is one."""
    return tuple(
        (name, field.default if _came_later(field) else _NO_VALUE)
        for name, field in cls.__dataclass_fields__.items()
        if not _is_apart(field)
    )


def _is_apart(field: Field[Any]) -> bool:
    return bool(field.metadata.get("apart"))


def _came_later(field: Field[Any]) -> bool:
    return bool(field.metadata.get("later"))


def _decode_scalar(hint: Any, data: object, where: str) -> object:  # noqa: ANN401
    if hint is float and type(data) in (int, float):
        return _decode_float(data, where)
    if hint in (str, int, bool) and type(data) is hint:
        return data
    raise CodecError(f"{where}: got {data!r:.80}, wanted {getattr(hint, '__name__', hint)}")


def _decode_float(data: Any, where: str) -> float:  # noqa: ANN401
    try:
        value = float(data)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise CodecError(f"{where}: got a number that is not finite or too large for a float")
    return value


_KINDS: dict[type, str] = {
    cls: re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower() for cls in get_args(events.Event)
}
_EVENTS: dict[str, type] = {kind: cls for cls, kind in _KINDS.items()}
