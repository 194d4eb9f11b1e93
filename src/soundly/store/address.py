"""Where a store is: a path or a URL, as people write it, and the checks that need no connection."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from soundly.core.errors import StoreError, UsageError

_POSTGRES = "postgresql+psycopg"
_SECRETS = ("password", "sslpassword")
"""What libpq takes in a URL's query and nobody should read."""


def parse_address(location: str | Path) -> URL:
    """The database at a path or URL; raises `UsageError` for what is neither.

    Takes ``sqlite:///PATH``, ``postgresql://…`` and ``postgresql+psycopg://…``; everything without
    ``://`` is a path, in which ``~`` is the home folder.
    """
    text = str(location)
    if "\0" in text or not text.strip():
        raise UsageError(f"a store's path or URL is {text!r}")
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().absolute()))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        # the text is left out, because a password may stand in it
        raise UsageError(
            "the store's URL cannot be read; wanted sqlite:///PATH or "
            "postgresql://USER@HOST/DATABASE"
        ) from error
    if url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    if url.drivername in ("postgres", "postgresql", _POSTGRES):
        return url.set(drivername=_POSTGRES)
    raise UsageError(
        f"a store cannot be kept in {url.render_as_string()}; wanted a path, sqlite:///PATH or "
        "postgresql://USER@HOST/DATABASE"
    )


def shown(url: URL) -> str:
    """The address for people: a path, or a URL without its password."""
    return str(url.database) if url.drivername == "sqlite" else _plain(url).render_as_string()


def without_password(location: str) -> str:
    """The same path or URL without a password; `UsageError` for what is neither."""
    if "://" not in location:
        return location
    parse_address(location)
    url = make_url(location)
    plain = _plain(url)
    return location if plain == url else plain.render_as_string()


def _plain(url: URL) -> URL:
    """The URL without a password, wherever it may stand in one."""
    query = {name: value for name, value in url.query.items() if name not in _SECRETS}
    return URL.create(url.drivername, url.username, None, url.host, url.port, url.database, query)


def for_reading(url: URL) -> URL:
    """The same SQLite file where this process may write it, else a form that only reads it.

    A file in a folder that cannot be written, with no write-ahead log beside it, is taken for one
    that nobody writes.
    """
    path = Path(str(url.database))
    if url.drivername != "sqlite" or url.query or not path.is_file():
        return url
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return url
    beside = [path.with_name(f"{path.name}-{end}") for end in ("wal", "shm")]
    alone = not os.access(path.parent, os.W_OK) and not any(each.exists() for each in beside)
    options = {"mode": "ro", "uri": "true"} | ({"immutable": "1"} if alone else {})
    return URL.create("sqlite", database=f"file:{quote(str(path.absolute()))}", query=options)


def reads_only(url: URL) -> bool:
    """Whether `for_reading` made it."""
    return url.query.get("mode") == "ro"


def prepare_file(url: URL, *, create: bool) -> None:
    """Make a file store's folder, or refuse a file that is not there; leaves servers alone.

    Raises `UsageError` for a missing file or a folder in its place, and `StoreError` where the
    folder cannot be made.
    """
    if url.drivername != "sqlite":
        return
    path = Path(str(url.database))
    try:
        if path.is_dir():
            raise UsageError(f"the store {path} is a folder, wanted a file")
        if path.exists():
            return
        if not create:
            raise UsageError(f"there is no store at {path}")
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the store {path} cannot be created: {error.strerror}") from error
