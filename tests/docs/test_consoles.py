"""The command lines on every page of docs/how-to run and print what the page says.

In a page, a fence such as ``jsonl answers.jsonl`` is a file, and each ``$`` of a ``console`` fence
is a command that runs in the folder of these files. ``…`` in its output stands for anything.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_command_lines_of_a_page_run(page: Path, tmp_path: Path) -> None:
    """A command that a reader copies prints what the page says."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for language, name, body in FENCE.findall(page.read_text(encoding="utf-8")):
        if name:
            (tmp_path / name).write_text(body, encoding="utf-8")
        elif language == "console":
            for command in body.removeprefix("$ ").split("\n$ "):
                line, _, said = command.partition("\n")
                printed = _run(line, tmp_path)
                assert re.fullmatch(_pattern(said), printed), f"$ {line}\n{printed}"


def _run(line: str, folder: Path) -> str:
    """What the command prints, with spaces at the ends of lines taken off."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SOUNDLY_STORE": str(folder / "store.sqlite3"),
        "COLUMNS": "80",
    }
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return "\n".join(text.rstrip() for text in done.stdout.splitlines())


def _pattern(said: str) -> re.Pattern[str]:
    anything = ".*".join(map(re.escape, said.strip("\n").split("…")))
    return re.compile(anything, re.DOTALL)
