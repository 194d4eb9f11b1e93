"""The engine's boundary: a stranger's exception leaves as a `PartError` chained to its cause.

Only here, in `metered`, `recorder` and `solve` are `Exception` and `SystemExit` caught at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from soundly.core.errors import BudgetExhausted, PartError, SoundlyError


@contextmanager
def attributed(error_type: type[PartError], part: str) -> Iterator[None]:
    """Blame a stranger's exception on its part; our own errors and signals pass.

    `SystemExit` is blamed as well: a part that ends the program would choose its exit code.
    """
    try:
        yield
    except (SoundlyError, BudgetExhausted):
        raise
    except (Exception, SystemExit) as error:
        raise error_type(f"{part} broke: {type(error).__name__}: {error}") from error
