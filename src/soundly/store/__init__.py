"""Traces on disk: SQLite by default, PostgreSQL by URL.

The trace is the source of truth. Everything else in a store is computed from it and written in
the same transaction as the records that it was computed from.

`Store` loads SQLAlchemy, which takes 0.2 s; importing this package does not, so use it as
``store.Store`` and the time is spent at first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from soundly.store.location import default_location
from soundly.store.summary import SessionSummary

if TYPE_CHECKING:
    from soundly.store.store import Store

__all__ = ["SessionSummary", "Store", "default_location"]


def __getattr__(name: str) -> object:
    if name == "Store":
        return import_module("soundly.store.store").Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
