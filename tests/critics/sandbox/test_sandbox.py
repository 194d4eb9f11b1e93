"""Hostile code in the sandbox: what it reaches, what it can use up, and what it leaves behind."""

import socket
import threading
import time
from pathlib import Path

import anyio
import pytest

from soundly.core.errors import CriticError
from soundly.critics.sandbox import Limits, Sandbox, bubblewrap

MODULE = "soundly.testing.python_worker"
lacking = bubblewrap.lacking()
needs_bubblewrap = pytest.mark.skipif(bool(lacking), reason=f"no sandbox here: {lacking}")


@pytest.fixture(scope="module")
def sandbox():
    made = Sandbox(MODULE, Limits(max_seconds=2.0, max_memory_mb=512))
    yield made
    made.close()


def run(sandbox, text, **more):
    return sandbox.call_now({"text": text, **more})


@needs_bubblewrap
def test_a_call_is_answered(sandbox):
    """What the module returns comes back as JSON."""
    assert run(sandbox, "result = [given, 1 + 1]", given="ä") == ["ä", 2]


@needs_bubblewrap
def test_what_a_call_raises_is_an_error(sandbox):
    """A crash is a broken part, and the worker goes on."""
    with pytest.raises(CriticError, match="ZeroDivisionError"):
        run(sandbox, "1 / 0")
    with pytest.raises(CriticError, match=r"no answer|ended with 7"):
        run(sandbox, "import os; os._exit(7)")
    with pytest.raises(CriticError, match=r"ended with -11"):
        run(sandbox, "import os; os.kill(os.getpid(), 11)")
    assert run(sandbox, "result = 3") == 3


@needs_bubblewrap
def test_an_endless_loop_ends(sandbox):
    """The deadline is the caller's, and a loop does not cost the worker."""
    began = time.monotonic()
    with pytest.raises(CriticError, match="longer than 2 s"):
        run(sandbox, "while True: pass")
    assert time.monotonic() - began < 6
    assert run(sandbox, "result = 4") == 4


@needs_bubblewrap
def test_memory_ends(sandbox):
    """A gigabyte is more than the limit of 512 MB."""
    with pytest.raises(CriticError, match="MemoryError"):
        run(sandbox, "result = len(bytearray(10**9))")


@needs_bubblewrap
@pytest.mark.parametrize(
    "text",
    [
        "import os\nwhile True: os.fork()",
        "import subprocess; subprocess.run(['/bin/sh', '-c', 'true'])",
        "import ctypes; \nif ctypes.CDLL(None).syscall(57) < 0: raise OSError(1, '')",
    ],
    ids=["fork bomb", "a shell", "the system call itself"],
)
def test_no_process_is_started(sandbox, text):
    """A fork is refused at the first try, for root as well."""
    with pytest.raises(CriticError, match=r"PermissionError|Operation not permitted"):
        run(sandbox, text)


@needs_bubblewrap
def test_threads_are_started(sandbox):
    """Libraries may need them; they die with the call."""
    text = "import threading; a = []; t = threading.Thread(target=a.append, args=(5,))\n"
    assert run(sandbox, text + "t.start(); t.join(); result = a") == [5]


@needs_bubblewrap
@pytest.mark.parametrize("folder", ["/", "/usr", "/root", "/etc", "/dev", "/home", "package"])
def test_nothing_outside_is_written(sandbox, folder):
    """Only the empty /tmp can be written, and that is memory."""
    place = str(Path(bubblewrap.__file__).parent) if folder == "package" else folder
    with pytest.raises(CriticError, match=r"Read-only|No such file|Permission denied"):
        run(sandbox, f"open({place!r} + '/written-by-a-test', 'w').write('x')")
    assert not Path(place, "written-by-a-test").exists()


@needs_bubblewrap
def test_files_of_the_machine_are_not_seen(sandbox, tmp_path):
    """Neither a file beside the checkout nor the passwords; the processes are its own."""
    secret = tmp_path / "secret"
    secret.write_text("x")
    for path in (str(secret), "/etc/passwd", "/etc/shadow", "/root/.bashrc", "/root/.ssh"):
        with pytest.raises(CriticError, match="FileNotFoundError"):
            run(sandbox, f"import os; os.stat({path!r})")
    home = str(Path.home())
    seen = run(
        sandbox, f"import os; result = os.listdir({home!r}) if os.path.exists({home!r}) else []"
    )
    assert set(seen) <= {".pyenv", ".local", ".venv"}
    pids = run(sandbox, "import os; result = [p for p in os.listdir('/proc') if p.isdigit()]")
    assert len(pids) <= 3


@needs_bubblewrap
def test_there_is_no_network(sandbox):
    """A server that listens beside the sandbox is not reached."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        text = f"import socket; socket.create_connection(('127.0.0.1', {port}), timeout=1)"
        with pytest.raises(CriticError, match=r"ConnectionRefused|unreachable|OSError"):
            run(sandbox, text)


@needs_bubblewrap
def test_the_environment_is_empty(sandbox, monkeypatch):
    """A key in our environment is none in there."""
    names = run(sandbox, "import os; result = sorted(os.environ)")
    assert "PWD" in names or "PATH" in names
    assert not any("KEY" in name or "TOKEN" in name for name in names)


@needs_bubblewrap
def test_calls_do_not_spoil_each_other(sandbox):
    """What one call does to the interpreter is gone before the next."""
    run(sandbox, "import json, builtins; json.loads = builtins.len = lambda *a: 1; result = 1")
    assert run(sandbox, "import json; result = [len('abc'), json.loads('2')]") == [3, 2]


@needs_bubblewrap
def test_a_call_cannot_reach_into_the_worker(sandbox):
    """The process that serves the next call keeps its memory to itself."""
    with pytest.raises(CriticError, match="PermissionError"):
        run(sandbox, "import os; open(f'/proc/{os.getppid()}/mem', 'r+b')")


@needs_bubblewrap
def test_printing_is_no_answer(sandbox):
    """What a call prints leads nowhere, whatever it looks like."""
    text = "import os\nfor fd in (1, 2): os.write(fd, b'{\"answer\": 9}\\n')\nresult = 1"
    assert run(sandbox, text) == 1


@needs_bubblewrap
def test_a_call_answers_for_itself_alone(sandbox):
    """Code in a call can forge that call's answer, and no other one's."""
    text = "import os\nfor fd in range(3, 200):\n try: os.write(fd, b'{\"answer\": 9}\\n')\n"
    assert run(sandbox, text + " except OSError: pass\nos._exit(0)") == 9
    assert run(sandbox, "result = 1") == 1


@needs_bubblewrap
def test_a_killed_worker_is_a_broken_part_and_begins_anew(sandbox):
    """A call may end the worker; the error is its own."""
    with pytest.raises(CriticError, match="the worker ended"):
        run(sandbox, "import os, time; os.kill(os.getppid(), 9); time.sleep(9)")
    assert run(sandbox, "result = 6") == 6


@needs_bubblewrap
def test_a_worker_begins_anew_after_its_calls():
    """Whatever a library leaks is bounded."""
    sandbox = Sandbox(MODULE, Limits(max_calls=2))
    try:
        pids = [sandbox.call_now({"text": "result = 1"}) and sandbox._process.pid for _ in "abcd"]
    finally:
        sandbox.close()
    assert pids[0] == pids[1] != pids[2] == pids[3]


@needs_bubblewrap
@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])
async def test_cancelling_kills_the_call(sandbox, anyio_backend):
    """Cancelling does not wait for the deadline, and the next call is answered."""
    began = time.monotonic()
    with anyio.move_on_after(0.2):
        await sandbox.call({"text": "while True: pass"})
    assert time.monotonic() - began < 1.5
    assert await sandbox.call({"text": "result = 7"}) == 7


@needs_bubblewrap
def test_a_worker_outlives_the_thread_that_started_it():
    """The threads of an event loop end before the sandbox does, and nothing dies with them."""
    sandbox = Sandbox(MODULE)
    first = threading.Thread(target=run, args=(sandbox, "result = 1"))
    try:
        first.start()
        first.join()
        pid = sandbox._process.pid
        assert run(sandbox, "import time; time.sleep(0.3); result = 8") == 8
        assert sandbox._process.pid == pid
    finally:
        sandbox.close()


def test_without_bubblewrap_nothing_runs(monkeypatch):
    """It refuses and names what is lacking."""
    monkeypatch.setattr(bubblewrap, "lacking", lambda: "bwrap is not installed")
    with pytest.raises(CriticError, match="bwrap is not installed"):
        Sandbox(MODULE).call_now({"text": "result = 1"})


def test_bubblewrap_that_is_not_on_the_path_is_named(monkeypatch):
    """The message says which program is missing."""
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda _: None)
    assert "bwrap" in bubblewrap.lacking.__wrapped__()


@pytest.mark.parametrize("name", ["max_seconds", "max_memory_mb", "max_file_mb", "max_calls"])
def test_a_limit_is_above_zero(name):
    """No limit of nothing, and none without end."""
    with pytest.raises(ValueError, match=name):
        Limits(**{name: 0})
