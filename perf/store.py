"""What a trace costs on its way to disk: milliseconds an event, and how long a listing takes.

    python perf/store.py [PATH-OR-URL]

The sessions are those of a back-prompting strategy: three calls each with prompts of 3,000
characters. Beside the store stands what durability costs at the least: the same lines appended
to a file (that nobody can query), flushed where the store commits.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from soundly.core import events as ev
from soundly.core.completion import Completion, Message, Request
from soundly.core.events import TraceRecord
from soundly.core.moment import utc_text
from soundly.core.problem import Problem
from soundly.core.spend import Budget, Quote, Spend
from soundly.core.verdict import Critique, Decision
from soundly.store import Store
from soundly.store.rows import to_line

SESSIONS = 500
CALLS = 3


def trace(session_id: str) -> Iterator[TraceRecord]:
    for sequence, event in enumerate(_events(session_id)):
        yield TraceRecord(sequence, sequence / 10, event)


def _events(session_id: str) -> Iterator[ev.Event]:
    problem = Problem("planning", session_id, {"domain": "d" * 1500, "problem": "p" * 800})
    critique = Critique("precondition-unmet", "the hand is not empty", where="step 3", step=3)
    yield ev.SessionStarted(
        session_id,
        problem,
        "refine",
        "m",
        "validator",
        ("sound",),
        Budget(calls=9),
        1,
        "0",
        utc_text(datetime.now(UTC)),
    )
    for call in range(1, CALLS + 1):
        request = Request((Message("user", "x" * 3000),))
        yield ev.CallHeld(call, "refine", request, Quote(1500, 1024, 0.01))
        yield ev.CallSettled(call, Completion("y" * 600, "m"), Spend(1, 900, 150, dollars=0.002))
        yield ev.CandidateRead(call, "refine", "z" * 300, "z" * 300)
        yield ev.Judged(call, "validator", ("sound",), Decision.REJECT, (critique,))
    yield ev.SessionEnded("unsolved", "rounds ran out", None, None, None, Spend(3))


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def write_store(store: Store, traces: dict[str, list[TraceRecord]]) -> None:
    for session_id, records in traces.items():
        for record in records:
            store.write(session_id, record)


def write_file(path: Path, traces: dict[str, list[TraceRecord]]) -> None:
    with path.open("w", encoding="ascii") as file:
        for records in traces.values():
            for record in records:
                file.write(to_line(record) + "\n")
                if isinstance(record.event, ev.SessionStarted | ev.CallHeld | ev.SessionEnded):
                    file.flush()


def main(location: str, folder: Path) -> None:
    stamp = time.time_ns()
    traces = {f"s{stamp}-{n}": list(trace(f"s{stamp}-{n}")) for n in range(SESSIONS)}
    events = sum(map(len, traces.values()))
    created = timed(lambda: Store.open(location).close())
    opened = timed(lambda: Store.open(location).close())
    with Store.open(location) as store:
        cpu = time.process_time()
        written = timed(lambda: write_store(store, traces))
        cpu = time.process_time() - cpu
        listed = timed(lambda: store.sessions(limit=None))
        one = next(iter(traces))
        read = timed(lambda: store.trace(one))
    plain = timed(lambda: write_file(folder / "trace.jsonl", traces))
    print(f"{events} events of {SESSIONS} sessions")
    print(f"  store       {written / events * 1e3:.3f} ms an event (wanted: under 0.3)")
    print(f"              {cpu / events * 1e3:.3f} ms of processor time")
    print(f"  plain file  {plain / events * 1e3:.3f} ms an event; ratio {written / plain:.1f}")
    print(f"  created in {created * 1e3:.0f} ms, opened in {opened * 1e3:.1f} ms")
    print(
        f"  {SESSIONS} sessions listed in {listed * 1e3:.1f} ms, a trace read in {read * 1e3:.1f}"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        main(sys.argv[1] if len(sys.argv) > 1 else f"{name}/store.sqlite3", Path(name))
