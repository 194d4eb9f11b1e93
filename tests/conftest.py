"""What every test may ask for."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

ROOT = Path(__file__).parents[1]

NewStore = Callable[[], str]


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Both event loops."""
    return str(request.param)


@pytest.fixture(scope="session")
def examples() -> Path:
    """The example problems that ship with the checkout."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def planbench() -> Path:
    """The real PlanBench data, or a skip that says where it is looked for."""
    named = os.environ.get("SOUNDLY_PLANBENCH")
    folder = Path(named) if named else ROOT.parent / "shared" / "data" / "planbench"
    if not folder.is_dir():
        pytest.skip(f"no PlanBench data at {folder}; set SOUNDLY_PLANBENCH to its folder")
    return folder


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """Each test that uses this runs on SQLite and on PostgreSQL."""
    return request.param


@pytest.fixture(scope="session")
def new_store(
    backend: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> NewStore:
    """A function that gives the address of a store that does not exist yet."""
    if backend == "sqlite":
        return lambda: str(tmp_path_factory.mktemp("store") / "store.sqlite3")
    server = request.getfixturevalue("postgres_server")

    def new_schema() -> str:
        # a run that was killed leaves its schemas behind, and process numbers come again
        name = f"soundly_test_{uuid4().hex}"
        engine = create_engine(server)
        with engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {name}"))
        engine.dispose()
        return f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{name}"

    return new_schema


@pytest.fixture
def address(new_store: NewStore) -> str:
    """The address of a store that does not exist yet."""
    return new_store()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server: ``SOUNDLY_TEST_POSTGRES``, or a cluster of our own for the session."""
    if url := os.environ.get("SOUNDLY_TEST_POSTGRES"):
        yield url.replace("postgresql://", "postgresql+psycopg://", 1)
        return
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not versions:
        pytest.skip("no PostgreSQL: set SOUNDLY_TEST_POSTGRES or install Debian's postgresql")
    with _own_cluster(versions[-1].parent) as url:
        yield url


@contextmanager
def _own_cluster(binaries: Path) -> Iterator[str]:
    as_server: list[str] = []
    user = getpass.getuser()
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        if shutil.which("runuser") is None or "postgres" not in {e.pw_name for e in pwd.getpwall()}:
            pytest.skip("no PostgreSQL: root cannot run it, and there is no user postgres")
        as_server = ["runuser", "-u", "postgres", "--"]
        user = "postgres"

    def run(*command: str | Path) -> str:
        arguments = [*as_server, *map(str, command)]
        done = subprocess.run(
            arguments, check=True, text=True, cwd="/", stdout=subprocess.PIPE, timeout=60
        )
        return done.stdout.strip()

    # not under pytest's folder: the server's user may not look into it, and a socket's path
    # has to be short
    folder = Path(run("mktemp", "-d", str(Path(tempfile.gettempdir()) / "soundly-pg-XXXXXX")))
    data = folder / "data"
    settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    try:
        run(binaries / "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--no-sync")
        control = (binaries / "pg_ctl", "-D", data, "-l", folder / "log")
        run(*control, "-w", "-o", settings, "start")
        try:
            yield f"postgresql+psycopg://{user}@/postgres?host={folder}"
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        run("rm", "-rf", folder)
