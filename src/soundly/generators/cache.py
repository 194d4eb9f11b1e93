"""Completions on disk, so that asking again what was asked before costs nothing.

**The key** is the digest of the generator's identity and of the whole request. The identity is
`Identified.identity` where the generator has one (for embedded weights their SHA-256), else its
name: two models that differ in anything that shapes an answer must not share it.

**Samples.** A request without a seed at a temperature that is not zero asks for a *new* sample
each time, so each `Cached` counts how often it was asked: the n-th time it gives the n-th sample
in the cache, and where there is none it asks the model and stores it as the n-th. Each run that
asks in the same order therefore gets the same samples in that order, and a longer run goes on
where the shorter one ended. A call that fails or is cancelled gives its number back. A request
with a seed, or at temperature zero, has one answer and always gets sample 0.

**Several processes** may share a file. Two that miss the same sample at the same time both ask
and both pay; the first to come back is stored, and each returns what it paid for.
"""

from __future__ import annotations

import heapq
import json
import sqlite3
import threading
from collections import defaultdict
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Protocol, runtime_checkable

from anyio import CancelScope, to_thread

from soundly.core.codec import CodecError, from_json, to_json
from soundly.core.completion import Completion, Generator, Request
from soundly.core.errors import StoreError
from soundly.core.notation import notation_read_by
from soundly.core.spend import Quote, Usage
from soundly.generators.request_digest import json_sha256, request_sha256
from soundly.generators.write_ahead_log import use_write_ahead_log

_FORMAT = 1
_BUSY_SECONDS = 30.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS completions (
    key TEXT NOT NULL,
    sample INTEGER NOT NULL,
    completion TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (key, sample)
) WITHOUT ROWID
"""


@runtime_checkable
class Identified(Protocol):
    """A generator that knows what makes its answers its own, beyond its name."""

    @property
    def identity(self) -> str:
        """Differs wherever two models of the same name could answer differently."""
        ...


class Cached:
    """A generator whose completions are kept in an SQLite file.

    A hit is marked ``cached``, with no usage and no dollars, so that a ledger books nothing but
    the call; the entry on disk keeps what the original cost. The quote is still the wrapped
    generator's, since whether a call will be a hit is not known until it is made.

    Raises:
        StoreError: the file cannot be opened or written, or an entry in it is damaged. A damaged
            entry is never passed over in silence; the message names the file.
    """

    def __init__(
        self, generator: Generator, path: Path | str, *, identity: str | None = None
    ) -> None:
        self._generator = generator
        self._entries = _Entries(Path(path))
        self._numbers = _SampleNumbers()
        self._identity = identity or (
            generator.identity if isinstance(generator, Identified) else generator.name
        )

    @property
    def name(self) -> str:
        """The wrapped generator's name."""
        return self._generator.name

    @property
    def notation(self) -> str | None:
        """The one notation that the wrapped generator reads, or None."""
        return notation_read_by(self._generator)

    def quote(self, request: Request) -> Quote:
        """The wrapped generator's quote."""
        return self._generator.quote(request)

    async def complete(self, request: Request) -> Completion:
        """The stored completion, or the model's, stored before it is returned."""
        key = json_sha256(
            {"v": _FORMAT, "identity": self._identity, "request": request_sha256(request)}
        )
        one_answer = request.seed is not None or request.temperature == 0
        sample = 0 if one_answer else self._numbers.take(key)
        try:
            found = await to_thread.run_sync(self._entries.read, key, sample)
            if found is not None:
                return replace(found, usage=Usage(), dollars=0.0, price_date=None, cached=True)
            completion = await self._generator.complete(request)
            # Paid for: a cancellation must not keep it from the disk.
            with CancelScope(shield=True):
                await to_thread.run_sync(self._entries.write, key, sample, completion)
        except BaseException:
            if not one_answer:
                self._numbers.give_back(key, sample)
            raise
        return completion


class _SampleNumbers:
    """Numbers samples per key from zero; a number that was given back is given out first."""

    def __init__(self) -> None:
        self._next: defaultdict[str, int] = defaultdict(int)
        self._returned: defaultdict[str, list[int]] = defaultdict(list)

    def take(self, key: str) -> int:
        if self._returned[key]:
            return heapq.heappop(self._returned[key])
        number = self._next[key]
        self._next[key] += 1
        return number

    def give_back(self, key: str, number: int) -> None:
        heapq.heappush(self._returned[key], number)


class _Entries:
    """The file. Every call blocks, opens its own connection, and may come from any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # One writer of this process at a time: SQLite would let them wait in turns of its own.
        self._writing = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._connect()) as connection, connection:
                use_write_ahead_log(connection, _BUSY_SECONDS)
                connection.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"cannot open the cache {path}: {error}") from error

    def read(self, key: str, sample: int) -> Completion | None:
        try:
            with closing(self._connect()) as connection:
                row = connection.execute(
                    "SELECT completion, sha256 FROM completions WHERE key = ? AND sample = ?",
                    (key, sample),
                ).fetchone()
        except sqlite3.Error as error:
            raise StoreError(f"cannot read the cache {self._path}: {error}") from error
        return None if row is None else self._decode(key, sample, *row)

    def write(self, key: str, sample: int, completion: Completion) -> None:
        value = to_json(completion)
        row = (key, sample, json.dumps(value), json_sha256(value))
        try:
            with self._writing, closing(self._connect()) as connection, connection:
                connection.execute("INSERT OR IGNORE INTO completions VALUES (?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            raise StoreError(f"cannot write the cache {self._path}: {error}") from error

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS)
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def _decode(self, key: str, sample: int, text: object, sha256: object) -> Completion:
        where = f"the cache {self._path} is damaged at key {key}, sample {sample}"
        try:
            value = json.loads(str(text))
            if json_sha256(value) != sha256:
                raise StoreError(f"{where}: the completion does not have its digest")
            return from_json(Completion, value)
        except (ValueError, CodecError) as error:
            raise StoreError(f"{where}: {error}") from error
