"""A command line in a folder of its own, with a store of its own."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import anyio
import pytest

from soundly.cli.main import main
from soundly.generators.scripted import ScriptedBy

PLAN = (
    "(unstack d c)",
    "(put-down d)",
    "(unstack c a)",
    "(put-down c)",
    "(pick-up b)",
    "(stack b c)",
    "(pick-up a)",
    "(stack a b)",
)


@dataclass(frozen=True)
class Ran:
    """What one run of a command left."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in an empty folder, as a person would."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOUNDLY_STORE", str(tmp_path / "store.sqlite3"))
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return call


@pytest.fixture
def blocks(examples: Path) -> tuple[Path, Path]:
    """The domain and the problem with four blocks that ship as an example."""
    folder = examples / "blocksworld"
    return folder / "domain.pddl", folder / "four-blocks.pddl"


@pytest.fixture
def plan() -> tuple[str, ...]:
    """A plan that solves `blocks`."""
    return PLAN


@pytest.fixture
def script(tmp_path: Path) -> Callable[..., str]:
    """Writes a script of replies and names the model that says them."""

    def write(*replies: object) -> str:
        path = tmp_path / "replies.jsonl"
        path.write_text("".join(f"{json.dumps(reply)}\n" for reply in replies))
        return f"scripted:{path}"

    return write


@pytest.fixture
def interrupting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], str]]:
    """Names a model that says "no plan" and is stopped by Ctrl-C in its call of that number."""

    def make(number: int) -> str:
        calls = 0

        async def interrupt_or_go_on(_: float) -> None:
            nonlocal calls
            calls += 1
            if calls == number:
                os.kill(os.getpid(), signal.SIGINT)
                await anyio.sleep(60)

        model = ScriptedBy(lambda _: "no plan", latency_seconds=1, sleep=interrupt_or_go_on)
        monkeypatch.setattr("soundly.config.generators.make_generator", lambda _: model)
        return "stopped"

    # a shell starts its background jobs with the signal ignored, and these tests may be one
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield make
    signal.signal(signal.SIGINT, before)
