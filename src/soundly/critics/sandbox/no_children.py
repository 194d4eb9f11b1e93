"""No new processes: a filter on system calls, since a limit on processes does not bind root.

See seccomp(2); the numbers are those of the kernel's tables for each machine.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

_SET_DUMPABLE, _NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 4, 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_CLONE_THREAD = 0x00010000
_OTHER_TABLE = 0x40000000
_MACHINES = {
    # the audit number of the machine, clone, clone3, then fork and vfork where there are any
    "x86_64": (0xC000003E, 56, 435, (57, 58)),
    "aarch64": (0xC00000B7, 220, 435, ()),
}


def forbid_children() -> None:
    """From now on this process starts threads, but no processes; nothing can take it back.

    Raises `OSError` where the kernel refuses the filter or the machine is not known.
    """
    machine = platform.machine()
    if machine not in _MACHINES:
        raise OSError(errno.ENOSYS, f"no table of system calls for {machine}")
    code = _program(*_MACHINES[machine])
    buffer = ctypes.create_string_buffer(code)
    header = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(buffer))
    _control(_NO_NEW_PRIVILEGES, 1, None)
    _control(_SET_SECCOMP, _FILTER, header)


def forbid_looking_in() -> None:
    """Keeps other processes of the sandbox out of this one's memory."""
    _control(_SET_DUMPABLE, 0, None)


def _program(architecture: int, clone: int, clone3: int, forks: tuple[int, ...]) -> bytes:
    """The filter: refuse fork, vfork and clone without threads; clone3 is said to be unknown.

    Whoever calls clone3, whose flags a filter cannot see, falls back to clone.
    """
    refuse, unknown = _REFUSE | errno.EPERM, _REFUSE | errno.ENOSYS
    lines = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _OTHER_TABLE),
        (_RETURN, 0, 0, refuse),
        (_EQUAL, 0, 1, clone3),
        (_RETURN, 0, 0, unknown),
    ]
    for number in forks:
        lines += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, refuse)]
    lines += [
        (_EQUAL, 0, 3, clone),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_ANY_BIT, 1, 0, _CLONE_THREAD),
        (_RETURN, 0, 0, refuse),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def _control(option: int, value: int, argument: bytes | None) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    rest = [ctypes.c_ulong(0)] * (2 if argument else 3)
    last = [ctypes.c_char_p(argument)] if argument else []
    if library.prctl(option, ctypes.c_ulong(value), *last, *rest):
        raise OSError(ctypes.get_errno(), "prctl refused")
