"""The commands as a page of the documentation: ``python -m soundly.cli.reference > PAGE``."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from typing import Any

import typer
from typer.main import get_command

from soundly.cli.exits import MEANINGS
from soundly.cli.main import app

COMMAND = "python -m soundly.cli.reference > docs/reference/cli.md"


def page() -> str:
    """The whole page in Markdown, computed from the commands themselves."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    group: Any = get_command(app)
    yield "# The command line"
    yield ""
    yield f"Written by `{COMMAND}`; a test compares it with the commands."
    yield ""
    yield "## Exit codes"
    yield ""
    yield "The same for every command.\n\n| code | meaning |\n|---:|---|"
    for code, meaning in MEANINGS.items():
        yield f"| {code.value} | {_cell(meaning)} |"
    yield ""
    yield "A failure ends as one line on standard error that begins with `soundly: error:`."
    yield "`soundly --traceback COMMAND …`, or `SOUNDLY_TRACEBACK=1`, shows where it came from."
    for name, command in _commands(group):
        yield from _section(name, command)


def _commands(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """The commands of a group and of the groups in it, each with all its words."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


def _section(name: str, command: Any) -> Iterator[str]:  # noqa: ANN401 - typer's own, not public
    context = typer.Context(command, info_name=f"soundly {name}")
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = [f"soundly {name}", "[OPTIONS]" if options else "", *map(_placed, arguments)]
    yield f"\n## soundly {name}\n\n```text\n{' '.join(filter(None, usage))}\n```\n"
    yield inspect.cleandoc(command.help or "")
    if command.params:
        yield "\n| | default | |\n|---|---|---|"
    for argument in arguments:
        yield f"| `{argument.name.upper()}` | | {_cell(argument.help or '')} |"
    for option in options:
        yield f"| {_spelled(option)} | {_default(option, context)} | {_cell(_help(option))} |"


def _placed(argument: Any) -> str:  # noqa: ANN401
    name: str = argument.name.upper()
    return name if argument.required else f"[{name}]"


def _spelled(option: Any) -> str:  # noqa: ANN401
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    return (
        names if option.is_flag else f"{names} `{_cell((option.metavar or option.name).upper())}`"
    )


def _default(option: Any, context: typer.Context) -> str:  # noqa: ANN401
    if isinstance(option.show_default, str):
        return _cell(option.show_default)
    value = option.get_default(context)
    return "" if value is None or value is False or option.is_flag else f"`{value}`"


def _help(option: Any) -> str:  # noqa: ANN401
    said: str = option.help or ""
    return f"{said} Or set `{option.envvar}`." if option.envvar else said


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.write(page())
