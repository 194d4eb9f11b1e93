"""A worker in the sandbox that stays: calls go in, answers come out, and it can be killed."""

from __future__ import annotations

import json
import os
import select
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import IO, Any

import anyio
import anyio.to_thread

from soundly.core.errors import CriticError
from soundly.critics.sandbox.bubblewrap import command
from soundly.critics.sandbox.limits import Limits

_SERVING = "soundly.critics.sandbox.serving"
_GRACE_SECONDS = 5.0
_LONGEST_REPLY = 128 * 1024 * 1024
_PIECE = 1 << 20


@dataclass(slots=True)
class _Call:
    request: Mapping[str, object]
    dropped: bool = False


@dataclass(slots=True)
class Sandbox:
    """One module of ours, ready in bubblewrap, for calls one after the other.

    The module is imported once, when the first call comes; each call then runs in a fork of it
    (see `soundly.critics.sandbox.serving`), so that calls cannot spoil each other. It belongs to no
    event loop, and any thread may call it. After a crash or a cancelled call it begins anew.

    Nothing in it can be believed about itself: code that runs in a call can answer that call as it
    likes. What the walls keep is everything outside.
    """

    module: str
    limits: Limits = field(default_factory=Limits)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _errors: IO[bytes] | None = field(default=None, repr=False)
    _current: _Call | None = field(default=None, repr=False)
    _calls: int = 0

    async def call(self, request: Mapping[str, object]) -> Any:  # noqa: ANN401 - any JSON value
        """What the module answers; cancelling kills the call.

        Raises `CriticError` where bubblewrap is missing, and where the call raised, crashed, took
        too long or gave no JSON.
        """
        call = _Call(request)
        work = partial(self._answered, call)
        try:
            return await anyio.to_thread.run_sync(work, abandon_on_cancel=True)
        except anyio.get_cancelled_exc_class():
            call.dropped = True
            if self._current is call:
                self._kill()
            raise

    def call_now(self, request: Mapping[str, object]) -> Any:  # noqa: ANN401 - any JSON value
        """As `call`, for code that is not asynchronous: it waits."""
        return self._answered(_Call(request))

    def close(self) -> None:
        """End the worker, if there is one; the next call starts another."""
        with self._lock:
            self._end()

    def _answered(self, call: _Call) -> Any:  # noqa: ANN401
        with self._lock:
            if call.dropped:
                return None
            self._current = call
            try:
                return self._exchange(call)
            finally:
                self._current = None

    def _exchange(self, call: _Call) -> Any:  # noqa: ANN401
        if self._calls >= self.limits.max_calls:
            self._end()
        process = self._running()
        self._calls += 1
        try:
            data = json.dumps(dict(call.request)).encode() + b"\n"
            reply = self._said(process, data, self.limits.max_seconds + _GRACE_SECONDS)
        except CriticError:
            self._end()
            raise
        if "answer" in reply:
            return reply["answer"]
        raise CriticError(f"{self.module}: {reply.get('error', 'no answer')}")

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        limits = self.limits
        numbers = (limits.max_seconds, limits.max_memory_mb, limits.max_file_mb)
        words = command(_SERVING, self.module, *map(str, numbers))
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        try:
            process = _kept(words, self._errors)
        except OSError as error:
            raise CriticError(f"{self.module}: bwrap did not start: {error}") from error
        self._process, self._calls = process, 0
        try:
            self._said(process, b"", limits.start_seconds)
        except CriticError:
            self._end()
            raise
        return process

    def _said(
        self, process: subprocess.Popen[bytes], data: bytes, max_seconds: float
    ) -> dict[str, Any]:
        """The next line of the worker, after it was sent the data."""
        if process.stdin is None or process.stdout is None:
            raise CriticError(f"{self.module}: the worker has no pipes")
        until = time.monotonic() + max_seconds
        try:
            line = _traded(process.stdin, process.stdout, data, until)
        except TimeoutError as error:
            raise CriticError(f"{self.module}: no answer within {max_seconds:g} s") from error
        except (OSError, EOFError) as error:
            raise CriticError(f"{self.module}: the worker ended: {self._last_words()}") from error
        try:
            reply = json.loads(line)
        except ValueError as error:
            said = f"{line[:80]!r}, {self._last_words()}"
            raise CriticError(f"{self.module}: the worker ended: {said}") from error
        if not isinstance(reply, dict):
            raise CriticError(f"{self.module}: {line[:80]!r} came, wanted a JSON object")
        return reply

    def _last_words(self) -> str:
        if self._errors is None:
            return "silent"
        self._errors.seek(0)
        said = self._errors.read(_PIECE).decode(errors="replace").strip().splitlines()[-1:]
        return " ".join(said) or "silent"

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()
        if self._errors is not None:
            self._errors.close()
            self._errors = None


def _kept(words: list[str], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    """The process that the words start, by a thread that lives as long as it does.

    Linux tells a process that its parent died when the *thread* that started it ends, see
    prctl(2) on PR_SET_PDEATHSIG, and an event loop's worker threads end before we do.
    Raises `OSError` where it does not start.
    """
    started: Future[subprocess.Popen[bytes]] = Future()

    def keep() -> None:
        try:
            process = subprocess.Popen(  # noqa: S603 - bubblewrap with a module of ours
                words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, bufsize=0
            )
        except OSError as error:
            started.set_exception(error)
            return
        started.set_result(process)
        process.wait()

    threading.Thread(target=keep, name="keeps a sandbox", daemon=True).start()
    return started.result()


def _traded(to: IO[bytes], back: IO[bytes], data: bytes, until: float) -> bytes:
    """Sends the data and returns the line that comes.

    Raises `TimeoutError`, and `OSError` or `EOFError` where the other side has gone.
    """
    pieces: list[bytes] = []
    size = 0
    view = memoryview(data)
    while size <= _LONGEST_REPLY:
        left = until - time.monotonic()
        wanted = [to] if view else []
        ready, writable, _ = select.select([back], wanted, [], max(0.0, left))
        if left <= 0 or not (ready or writable):
            raise TimeoutError
        if writable:
            # a pipe that is ready takes at least this much without blocking, see pipe(7)
            view = view[os.write(to.fileno(), view[: select.PIPE_BUF]) :]
        if ready:
            piece = os.read(back.fileno(), _PIECE)
            if not piece:
                raise EOFError
            pieces.append(piece)
            size += len(piece)
            if piece.endswith(b"\n"):
                return b"".join(pieces)
    raise OSError(f"more than {_LONGEST_REPLY} bytes came")
