"""The command that starts Python in bubblewrap, and what stands in its way.

Options as in bwrap(1), version 0.8.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from soundly.core.errors import CriticError

_SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin")
_ETC = ("/etc/ld.so.cache", "/etc/localtime")
_TRIAL_SECONDS = 10.0
_SCRATCH_BYTES = 64 * 1024 * 1024
_ENVIRONMENT = {
    "HOME": "/tmp",  # noqa: S108 - the sandbox's own
    "LANG": "C.UTF-8",
    "MPLCONFIGDIR": "/tmp",  # noqa: S108
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": "/usr/bin:/bin",
    # the order of sets of strings, and with it what is drawn, must not change from run to run
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@cache
def lacking() -> str:
    """What bubblewrap lacks on this machine, as a sentence's end; nothing where it runs."""
    if sys.platform != "linux":
        return f"bubblewrap needs Linux, and this is {sys.platform}"
    if shutil.which("bwrap") is None:
        return "bwrap is not installed (package bubblewrap)"
    trial = [*_walls(), sys.executable, "-I", "-S", "-c", ""]
    try:
        result = subprocess.run(  # noqa: S603 - a fixed command
            trial, capture_output=True, timeout=_TRIAL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bwrap does not run: {error}"
    if result.returncode == 0:
        return ""
    said = result.stderr.decode(errors="replace").strip().splitlines()[-1:]
    return f"bwrap does not run: {' '.join(said) or f'exit code {result.returncode}'}"


def command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of ours in the sandbox.

    It sees the system's libraries, this Python with what is installed beside it, and an empty
    /tmp in memory; nothing can be written elsewhere. Raises `CriticError` where bubblewrap lacks
    something.
    """
    if reason := lacking():
        raise CriticError(f"code that is not ours runs in a sandbox or not at all: {reason}")
    return [*_walls(), sys.executable, "-P", "-s", "-m", module, *arguments]


def _walls() -> list[str]:
    words = [shutil.which("bwrap") or "bwrap", "--unshare-all", "--die-with-parent"]
    words += ["--new-session", "--cap-drop", "ALL", "--clearenv", "--hostname", "sandbox"]
    for name, value in _ENVIRONMENT.items():
        words += ["--setenv", name, value]
    words += ["--proc", "/proc", "--dev", "/dev"]
    words += ["--size", str(_SCRATCH_BYTES), "--tmpfs", "/tmp"]  # noqa: S108
    for path in _seen():
        words += ["--ro-bind", path, path]
    # what bubblewrap makes itself, such as the folders on the way to a bound one, is in memory
    return [*words, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp"]  # noqa: S108


def _seen() -> Iterator[str]:
    """The folders and files that Python needs: the system's, its own, and this package."""
    package = Path(__file__).parents[2]
    for path in dict.fromkeys((*_SYSTEM, *_ETC, sys.base_prefix, sys.prefix, str(package))):
        if Path(path).exists():
            yield path
