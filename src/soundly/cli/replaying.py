"""``soundly bench replay`` on the screen."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from soundly.bench.planbench.replaying import replay_planbench
from soundly.bench.runs.folder import RESULTS, STORE
from soundly.cli.amounts import plural
from soundly.cli.display.console import open_console
from soundly.cli.exits import Exit
from soundly.cli.planbench import tell_oddities, while_reading


def run_replay(
    folder: Path, out: Path, *, sets: Collection[str], models: Collection[str], as_json: bool
) -> Exit:
    """Replay, and say what is where; USAGE where something could not be used."""
    with while_reading() as on_file:
        found = replay_planbench(folder, out, sets=sets, models=models, on_file=on_file)
    if as_json:
        document = {"run": str(out), "sessions": found.sessions}
        document["conversations_left_out"] = found.conversations
        print(json.dumps(document | {"oddities": [each.document() for each in found.oddities]}))
    else:
        console = open_console()
        for line in (
            f"{plural(found.sessions, 'stored answer')} put through sessions, without a call",
            *_left_out(found.conversations),
            f"results  {out / RESULTS}",
            f"traces   {out / STORE}",
        ):
            console.print(line, soft_wrap=True)
    tell_oddities(found.oddities, rest="--json names them all")
    return Exit.USAGE if found.oddities else Exit.OK


def _left_out(conversations: int) -> list[str]:
    if not conversations:
        return []
    return [f"{plural(conversations, 'conversation')} left out: soundly bench rounds counts them"]
