"""Which sandboxes for model-written code are there, and what the others lack."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec

_MAX_SECONDS = 5.0


def sandboxes() -> Iterator[tuple[str, str]]:
    """The name of each sandbox and what it lacks; nothing where it is usable."""
    found = find_spec("pydantic_monty") is not None
    yield "pydantic-monty", "" if found else "not installed: pip install pydantic-monty"
    yield "bubblewrap", _bubblewrap()


def _bubblewrap() -> str:
    program = shutil.which("bwrap")
    if program is None:
        return "bwrap is not installed"
    command = [program, "--ro-bind", "/", "/", "--unshare-all", "true"]
    try:
        result = subprocess.run(  # noqa: S603 - a fixed command, found on the user's own path
            command, capture_output=True, timeout=_MAX_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bwrap does not run: {error}"
    if result.returncode == 0:
        return ""
    reason = result.stderr.decode(errors="replace").strip().splitlines()[-1:]
    return f"bwrap does not run here: {' '.join(reason) or f'exit code {result.returncode}'}"
