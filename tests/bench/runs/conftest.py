"""Suites that run offline in no time, and what a store says of their cells."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from soundly.store import Store

Write = Callable[..., Path]


@pytest.fixture
def script(tmp_path: Path) -> Callable[..., str]:
    """Writes a script of replies and names the model that says them in each session."""

    def write(*replies: object, name: str = "replies") -> str:
        path = tmp_path / f"{name}.jsonl"
        path.write_text("".join(f"{json.dumps(reply)}\n" for reply in replies))
        return f"scripted:{path}"

    return write


@pytest.fixture
def write_suite(tmp_path: Path) -> Write:
    """Writes a suite of one grid: three-block problems, asked in these ways."""

    def write(
        *strategies: str, models: tuple[str, ...] = (), seeds: str = "0-9", before: str = ""
    ) -> Path:
        path = tmp_path / "suite.toml"
        axes = {
            "families": ["blocksworld"],
            "sizes": [3],
            "strategies": list(strategies),
            "models": list(models),
            "seeds": seeds,
        }
        lines = [f"{key} = {json.dumps(value)}" for key, value in axes.items()]
        path.write_text("\n".join([before, "[[grid]]", *lines]))
        return path

    return write


@pytest.fixture
def ends() -> Callable[[str | Path], Counter[str]]:
    """How many sessions of each cell a store holds that came to an end of their own."""

    def count(address: str | Path) -> Counter[str]:
        with Store.open(address, create=False) as store:
            return Counter(
                session.session_id.partition(".")[0]
                for session in store.sessions(limit=None)
                if session.status not in ("unfinished", "cancelled")
            )

    return count
