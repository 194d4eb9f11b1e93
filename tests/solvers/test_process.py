"""A worker process answers with one JSON object, or the solver broke."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import anyio
import pytest

from soundly.core.errors import SolverError
from soundly.solvers.process import run_worker

pytestmark = pytest.mark.anyio


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Write a worker module and return its name."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def write(body: str) -> str:
        (tmp_path / "a_worker.py").write_text(body)
        return "a_worker"

    return write


async def ask(module: str, *, max_seconds: float = 20.0, max_memory_mb: int = 2048) -> dict:
    return await run_worker(
        module, {"question": 6}, max_seconds=max_seconds, max_memory_mb=max_memory_mb
    )


READ = "from soundly.solvers.process import read_payload, write_answer\npayload = read_payload()\n"


async def test_answer_comes_back(worker) -> None:
    """What the worker writes is what the caller gets."""
    module = worker(READ + "write_answer({'answer': payload['question'] * 7})")
    assert await ask(module) == {"answer": 42}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise SystemExit('boom')", "boom"),
        ("import os; os._exit(9)", "ended with 9: silent"),
        ("print('not json')", "wanted JSON"),
        ("pass", "wanted JSON"),
        ("print('[1]')", "printed a list"),
    ],
)
async def test_anything_else_is_a_solver_error(worker, body: str, said: str) -> None:
    """A crash, silence or noise is a broken solver, never an answer."""
    with pytest.raises(SolverError, match=said):
        await ask(worker(body))


async def test_memory_ends_where_the_limit_says(worker) -> None:
    """A worker that eats memory dies by itself and takes nothing with it."""
    with pytest.raises(SolverError, match="MemoryError"):
        await ask(worker(READ + "x = bytearray(10**9)"), max_memory_mb=512)


async def test_cancelling_kills_the_worker(worker, tmp_path: Path) -> None:
    """A cancelled caller leaves no process behind."""
    pid = tmp_path / "pid"
    body = f"import os, pathlib, time\npathlib.Path({str(pid)!r}).write_text(str(os.getpid()))\n"
    module = worker(body + "time.sleep(60)")
    began = time.monotonic()
    with anyio.move_on_after(30) as scope:
        async with anyio.create_task_group() as group:
            group.start_soon(ask, module)
            while not (pid.exists() and pid.read_text()):  # noqa: ASYNC110
                await anyio.sleep(0.01)
            group.cancel_scope.cancel()
    assert not scope.cancelled_caught
    assert time.monotonic() - began < 20
    assert not Path(f"/proc/{pid.read_text()}").exists() or sys.platform != "linux"


async def test_files_in_the_callers_folder_are_not_imported(worker, tmp_path, monkeypatch) -> None:
    """A worker started in a folder with a json.py of its own still means the real one."""
    name = worker(READ + "write_answer({'answer': payload['question'] * 7})")
    folder = tmp_path / "callers"
    folder.mkdir()
    (folder / "json.py").write_text("raise SystemExit('the wrong json')")
    monkeypatch.chdir(folder)
    assert await ask(name) == {"answer": 42}
