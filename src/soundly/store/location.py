"""Where the store is when nobody says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

VARIABLE = "SOUNDLY_STORE"


def default_location(environment: Mapping[str, str]) -> str:
    """The path or URL in ``SOUNDLY_STORE``, or the user's data folder where it is not set or empty.

    On Linux that is ``~/.local/share/soundly/store.sqlite3``. Nothing is created.
    """
    if chosen := environment.get(VARIABLE, "").strip():
        return chosen
    folder = import_module("platformdirs").user_data_path("soundly", appauthor=False)
    return str(folder / "store.sqlite3")
