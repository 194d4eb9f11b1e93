"""Inside the sandbox: a module of ours answers calls, each in a process of its own.

``python -m soundly.critics.sandbox.serving MODULE`` reads a JSON object a line and writes one. The
module has ``prepare(request)``, which may keep what it makes and must not run anything that a
model wrote, and ``answer(prepared, request)``, which runs in a fork: whatever it does to the
interpreter is gone before the next call. Its result is a JSON value.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol, cast

from soundly.critics.sandbox.no_children import forbid_children, forbid_looking_in

_MEGABYTE = 1024 * 1024
_LONGEST = 64 * _MEGABYTE
_PIECE = 65_536


class _Module(Protocol):
    prepare: Callable[[dict[str, Any]], object]
    answer: Callable[[Any, dict[str, Any]], object]


def main(module_name: str, max_seconds: float, max_memory_mb: int, max_file_mb: int) -> None:
    """Serve until standard input ends. Only this function's own replies reach standard output."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nowhere, stream)
    _limit(resource.RLIMIT_AS, max_memory_mb * _MEGABYTE)
    _limit(resource.RLIMIT_FSIZE, max_file_mb * _MEGABYTE)
    _limit(resource.RLIMIT_CORE, 0)
    module = cast(_Module, import_module(module_name))
    forbid_looking_in()
    # a collection in a fork would copy every page that it looks at
    gc.freeze()
    _reply(replies, {"ready": module_name})
    for line in requests:
        _reply(replies, _served(module, json.loads(line), max_seconds))


def _served(module: _Module, request: dict[str, Any], max_seconds: float) -> dict[str, object]:
    try:
        prepared = module.prepare(request)
    except Exception as error:  # noqa: BLE001 - another library's: whatever it raises is reported
        return {"error": f"{type(error).__name__}: {error}"[:2_000]}
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _answer(module, prepared, request, writing, max_seconds)
    os.close(writing)
    data = _heard(reading, max_seconds)
    os.close(reading)
    # the child, and whatever else it may have left behind: nothing else runs here but us
    os.kill(-1, signal.SIGKILL)
    status = _buried(child)
    if data is None:
        return {"error": f"it took longer than {max_seconds:g} s"}
    try:
        return {"answer": json.loads(data)["answer"]}
    except (ValueError, KeyError, TypeError):
        pass
    try:
        return {"error": str(json.loads(data)["error"])[:2_000]}
    except (ValueError, KeyError, TypeError):
        return {"error": f"it ended with {os.waitstatus_to_exitcode(status)} and no answer"}


def _answer(
    module: _Module, prepared: object, request: dict[str, Any], writing: int, max_seconds: float
) -> None:
    """In the fork: answer, and never return."""
    try:
        os.closerange(3, writing)
        os.closerange(writing + 1, 256)
        seconds = int(max_seconds) + 1
        _limit(resource.RLIMIT_CPU, seconds)
        _limit(resource.RLIMIT_NOFILE, 64)
        forbid_children()
        try:
            said: dict[str, object] = {"answer": module.answer(prepared, request)}
        except Exception as error:  # noqa: BLE001 - a stranger's code; reported, not swallowed
            said = {"error": f"{type(error).__name__}: {error}"}
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(json.dumps(said).encode())
    finally:
        os._exit(0)


def _heard(reading: int, max_seconds: float) -> bytes | None:
    """All that comes through the pipe; None where its end does not come in time."""
    until = time.monotonic() + max_seconds
    pieces: list[bytes] = []
    size = 0
    while size <= _LONGEST:
        left = until - time.monotonic()
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            return None
        piece = os.read(reading, _PIECE)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        size += len(piece)
    return b""


def _buried(child: int) -> int:
    """How the child ended, with every other child taken leave of as well."""
    ended = 0
    while True:
        try:
            process, status = os.waitpid(-1, 0)
        except ChildProcessError:
            return ended
        if process == child:
            ended = status


def _limit(what: int, value: int) -> None:
    resource.setrlimit(what, (value, value))


def _reply(replies: Any, said: dict[str, object]) -> None:  # noqa: ANN401 - a binary stream
    replies.write(json.dumps(said).encode() + b"\n")
    replies.flush()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
