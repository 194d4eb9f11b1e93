"""The options of a route, as `soundly solve` takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soundly.core.errors import UsageError

if TYPE_CHECKING:
    from soundly.core.routing import Unit
    from soundly.routing.asked import Route


def route_asked(
    *,
    wanted: bool,
    strategy: str,
    coverage: float | None,
    prefer: Unit | None,
    store: str | None,
) -> Route | None:
    """The route that the options state, None where none is wanted.

    Raises `UsageError` for options of a route without one, for a strategy beside it, and for a
    coverage that nothing can show.
    """
    from soundly.config.strategies import DEFAULT  # noqa: PLC0415 - not for --help
    from soundly.routing.asked import Route  # noqa: PLC0415

    if not wanted:
        for option, value in (("--coverage", coverage), ("--prefer", prefer)):
            if value is not None:
                raise UsageError(f"{option} is about a route: give --route too")
        return None
    if strategy != DEFAULT:
        raise UsageError(f"--route chooses the strategy, and {strategy} is given: drop one")
    try:
        asked = Route(prefer=prefer, store=store)
        return asked if coverage is None else Route(coverage, prefer=prefer, store=store)
    except ValueError as error:
        raise UsageError(str(error)) from error
