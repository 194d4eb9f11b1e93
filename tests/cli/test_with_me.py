"""`soundly solve --with-me`: at a real terminal, from the first question to the exit code."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
_PATIENCE_SECONDS = 60.0
_MAIN = """
import fcntl, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
# a test run in the background hands on that Ctrl-C is ignored, which a terminal does not
signal.signal(signal.SIGINT, signal.default_int_handler)
from soundly.cli.main import main
sys.exit(main())
"""
END_OF_INPUT, INTERRUPT = "\x04", "\x03"
MENU = "q stop\r\n> "


@dataclass(frozen=True)
class Screen:
    """What a session at a terminal left."""

    code: int
    text: str


@pytest.fixture
def ask(tmp_path, blocks, script, plan):
    """A session at a terminal; each pair is what has to be seen, and what is typed then.

    The model first gives a wrong plan and then a right one.
    """
    model = script("(pick-up a)", "\n".join(plan), "\n".join(plan))
    arguments = ("solve", *blocks, "--model", model, "--with-me", "--out", "out")

    def run(*typed: tuple[str, str]) -> Screen:
        mine, theirs = pty.openpty()
        store = str(tmp_path / "store.sqlite3")
        environment = os.environ | {"TERM": "xterm", "COLUMNS": "100", "SOUNDLY_STORE": store}
        with subprocess.Popen(
            [sys.executable, "-c", _MAIN, *map(str, arguments)],
            cwd=tmp_path,
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        ) as process:
            os.close(theirs)
            try:
                seen = _converse(mine, list(typed))
            except AssertionError:
                process.kill()
                raise
        os.close(mine)
        return Screen(process.returncode, seen)

    return run


def _converse(terminal: int, waiting: list[tuple[str, str]]) -> str:
    seen, place, deadline = "", 0, time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                seen += os.read(terminal, 65536).decode("utf-8", errors="replace")
            except OSError:  # the other side has gone
                return _ESCAPES.sub("", seen)
        plain = _ESCAPES.sub("", seen)
        if waiting and plain.find(waiting[0][0], place) >= 0:
            place = len(plain)
            os.write(terminal, waiting.pop(0)[1].encode())
    raise AssertionError(f"still waiting for {waiting[:1]} after:\n{seen}")


def test_a_person_rejects_writes_and_accepts(ask, plan, tmp_path):
    """What the critic rejects stays out; a reason reaches the model; an edit can win."""
    screen = ask(
        (MENU, "a\n"),
        ("that stands: choose another letter", "r\n"),
        ("why? ", "d is fragile\n"),
        ("a accept", "e\n"),
        ("empty line behind it", "hello\n\n"),
        ("it cannot be read", "e\n"),
        ("empty line behind it", "\n".join(plan) + "\n\n"),
        ("a accept", "a\n"),
    )
    assert screen.code == 0
    assert screen.text.count("✗ 1 (pick-up a)") == 1, "a candidate is shown once"
    assert "✗ rejected by plan-validator" in screen.text
    assert "a person: d is fragile" in screen.text
    assert re.search(r"found\s+by person", screen.text)
    trace = (tmp_path / "out" / "trace.jsonl").read_text().splitlines()
    held = [json.loads(line)["event"] for line in trace if '"call-held"' in line]
    assert len(held) == 2
    assert "d is fragile" in held[1]["request"]["messages"][-1]["content"]


def test_the_end_of_input_ends_the_session_unsolved(ask):
    screen = ask((MENU, END_OF_INPUT))
    assert screen.code == 11
    assert "NOT SOLVED" in screen.text
    assert "left without saying" in screen.text


def test_ctrl_c_at_a_question_interrupts_with_the_bill(ask):
    screen = ask((MENU, "r\n"), ("why? ", INTERRUPT))
    assert screen.code == 130
    assert re.search(r"\^C\s+soundly: interrupted: 1 model call", screen.text)


def test_without_a_terminal_nobody_can_be_asked(run, blocks, script):
    ran = run("solve", *blocks, "--model", script("(pick-up a)"), "--with-me")
    assert ran.code == 2
    assert "--with-me asks a person at a terminal" in ran.err
    assert not list(Path().glob("soundly-out/*"))


def test_a_program_cannot_be_the_person(run, blocks):
    ran = run("solve", *blocks, "--with-me", "--json")
    assert ran.code == 2
    assert "choose one" in ran.err
