"""``soundly models``."""

from __future__ import annotations

import json
from typing import Annotated

from typer import Option

from soundly.cli.exits import Exit
from soundly.cli.visible import one_line


def models(
    *,
    as_json: Annotated[bool, Option("--json", help="Print a JSON list and nothing else.")] = False,
) -> int:
    """List the kinds of models, and what is missing where one cannot be used.

    Options follow a question mark: `gguf:model.gguf?slots=4`,
    `openai:NAME?input_price=0.25,output_price=2` (US dollars for a million tokens).
    """
    from soundly.config.availability import known_models  # noqa: PLC0415 - not for --help

    known = list(known_models())
    code = Exit.PART_BROKE if any(model.broken for model in known) else Exit.OK
    if as_json:
        entries = [
            {
                "model": model.written,
                "usable": model.availability.usable,
                "missing": model.availability.reason or None,
            }
            for model in known
        ]
        print(json.dumps(entries))
        return code
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from soundly.cli.display.console import open_console  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="label")
    table.add_column("")
    table.add_column("--model", no_wrap=True)
    table.add_column("", overflow="fold")
    for model in known:
        usable = model.availability.usable
        table.add_row(
            Text("✗", "bad")
            if model.broken
            else Text(*(("✔", "good") if usable else ("·", "quiet"))),
            Text(model.written, "" if usable else "quiet"),
            "usable" if usable else Text(one_line(model.availability.reason), "quiet"),
        )
    open_console().print(table)
    return code
