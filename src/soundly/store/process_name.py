"""A name for this process that no other one has, and whether the process of a name is gone."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from uuid import uuid4


def own_name() -> str:
    """Host, process id, its start, and a word of its own: ``host/4711/89012/5f0c…``."""
    pid = os.getpid()
    return f"{socket.gethostname()}/{pid}/{_start(pid)}/{uuid4().hex[:8]}"


def is_gone(name: str) -> bool:
    """Whether the process was on this machine and has ended; False where that cannot be known."""
    host, _, rest = name.rpartition("/")[0].partition("/")
    pid, _, start = rest.partition("/")
    if host != socket.gethostname() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    # another process can have come to the same number since
    return _start(int(pid)) != start


def _start(pid: int) -> str:
    """When a process started, in ticks since the machine did; "" where the system does not say."""
    try:
        # the second field, a command's name in parentheses, can hold spaces
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return fields[19]
    except (OSError, IndexError, UnicodeDecodeError):
        return ""
