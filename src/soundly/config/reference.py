"""The public Python names as a page of the documentation.

``python -m soundly.config.reference > docs/reference/python.md`` writes it; a test compares.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from typing import Any

import soundly
from soundly.core import (
    candidate,
    completion,
    critic,
    events,
    family,
    session,
    solver,
    verdict,
)
from soundly.engine import solve

COMMAND = "python -m soundly.config.reference > docs/reference/python.md"
SEAMS = (family, critic, completion, candidate, verdict, session, solver, events)
"""The modules that a plug-in's author builds on."""


def page() -> str:
    """The whole page in Markdown, computed from signatures and docstrings."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# The Python interface"
    yield f"\nWritten by `{COMMAND}`; a test compares it with the code."
    yield "\n## `import soundly`"
    for name in soundly.__all__:
        if not name.startswith("_"):
            yield from _entry(f"soundly.{name}", getattr(soundly, name))
    yield "\n## The engine, for programs that bring their own objects"
    yield from _entry("soundly.engine.solve", solve)
    yield "\n## What plug-ins are made of"
    for module in SEAMS:
        yield f"\n### `{module.__name__}`\n\n{_summary(module)}\n\n| | |\n|---|---|"
        for name, value in vars(module).items():
            if inspect.isclass(value) and value.__module__ == module.__name__ and name[0] != "_":
                yield f"| `{name}` | {_summary(value)} |"


def _entry(name: str, value: object) -> Iterator[str]:
    shown = f"{name}{_signature(value)}" if callable(value) else name
    yield f"\n### `{name}`\n\n```text\n{shown}\n```\n\n{inspect.getdoc(value) or ''}"


def _signature(value: Any) -> str:  # noqa: ANN401 - classes and functions
    """One parameter a line; of a dataclass its fields, of a plain exception or enum nothing."""
    if not callable(value) or (
        inspect.isclass(value) and not hasattr(value, "__dataclass_fields__")
    ):
        return ""
    signature = inspect.signature(value)
    shown: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in shown:
            shown.append("*")
        shown.append(_parameter(parameter))
    returns = "" if inspect.isclass(value) else f" -> {signature.return_annotation}"
    return "(\n" + "".join(f"    {each},\n" for each in shown) + f"){returns}"


def _parameter(parameter: inspect.Parameter) -> str:
    default: object = parameter.default
    if default is parameter.empty:
        return f"{parameter.name}: {parameter.annotation}"
    # the representation of a function holds its address, which differs from run to run
    text = getattr(default, "__name__", None) or repr(default)
    return f"{parameter.name}: {parameter.annotation} = {text}"


def _summary(value: object) -> str:
    return (inspect.getdoc(value) or "").partition("\n\n")[0].replace("\n", " ").replace("|", r"\|")


if __name__ == "__main__":
    sys.stdout.write(page())
