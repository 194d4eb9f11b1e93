"""Blocking work in a process that can be killed.

A worker is a module run with ``python -m``: it reads one JSON object from standard input and
prints one JSON object. Unlike a fork or a multiprocessing pool this never re-runs the caller's
script, and cancelling the task kills the process.
"""

from __future__ import annotations

import json
import math
import resource
import sys
from collections.abc import Mapping
from typing import Any

import anyio

from soundly.core.errors import SolverError

_GRACE_SECONDS = 5.0


async def run_worker(
    module: str, payload: Mapping[str, object], *, max_seconds: float, max_memory_mb: int
) -> dict[str, Any]:
    """What the worker module answers to the payload.

    The worker is asked to stop after ``max_seconds`` by itself and killed a few seconds later;
    its address space ends at ``max_memory_mb``. Raises `SolverError` when it does not start,
    crashes, or prints something else than one JSON object.
    """
    # -P: the caller's folder is not on the path, so no file of his can stand in for a module.
    command = [sys.executable, "-P", "-m", module]
    limits = {"max_seconds": max_seconds, "max_memory_mb": max_memory_mb}
    data = json.dumps({**payload, **limits}).encode()
    try:
        with anyio.fail_after(max_seconds + _GRACE_SECONDS):
            result = await anyio.run_process(command, input=data, check=False)
    except OSError as error:
        raise SolverError(f"{module} did not start: {error}") from error
    except TimeoutError as error:
        raise SolverError(
            f"{module} ignored its limit of {max_seconds:g} s and was killed"
        ) from error
    if result.returncode != 0:
        last = result.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise SolverError(f"{module} ended with {result.returncode}: {' '.join(last) or 'silent'}")
    try:
        answer = json.loads(result.stdout)
    except ValueError as error:
        raise SolverError(f"{module} printed {result.stdout[:80]!r}, wanted JSON") from error
    if not isinstance(answer, dict):
        raise SolverError(f"{module} printed a {type(answer).__name__}, wanted an object")
    return answer


def read_payload() -> dict[str, Any]:
    """In a worker: the payload, with the limits of memory and processor time in force."""
    payload: dict[str, Any] = json.load(sys.stdin)
    memory = int(payload["max_memory_mb"]) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    seconds = math.ceil(float(payload["max_seconds"]) + _GRACE_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    return payload


def write_answer(answer: Mapping[str, object]) -> None:
    """In a worker: print the answer and nothing else."""
    sys.stdout.write(json.dumps(answer))
