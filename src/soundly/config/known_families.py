"""Which families there are, and what each of them can do, as its protocols say."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

from soundly.config import registry
from soundly.config.families import make_family, takes_text
from soundly.core.dial import Dial
from soundly.core.errors import PluginError
from soundly.core.explanation import Explains
from soundly.core.family import Draws, DrawsUnsolvable, Procedures, Solves


@dataclass(frozen=True, slots=True)
class KnownFamily:
    """A registered family: how it is written after ``--family``, and what it brings.

    ``summary`` is the first line of what its factory says of itself. ``sizes`` is None for a family
    that draws nothing. ``guarantee`` has the words of its critic's guarantee. ``broken`` is why a
    plug-in does not import, and empty for all others.
    """

    name: str
    written: str
    summary: str = ""
    sizes: Dial | None = None
    draws_unsolvable: bool = False
    explains: bool = False
    procedures: tuple[str, ...] = ()
    solvers: tuple[str, ...] = ()
    guarantee: tuple[str, ...] = ()
    broken: str = ""


def known_families() -> Iterator[KnownFamily]:
    """Every registered family, in the order of their names."""
    for name in registry.names("families"):
        try:
            yield _known(name)
        except PluginError as error:
            yield KnownFamily(name, name, broken=str(error))


def _known(name: str) -> KnownFamily:
    factory = registry.load("families", name)
    family: object = make_family(name)
    draws = isinstance(family, Draws)
    return KnownFamily(
        name,
        written=name if draws or not takes_text(factory) else f"{name}:NAME",
        summary=(inspect.getdoc(factory) or "").partition("\n")[0].replace("`", ""),
        sizes=family.dial if isinstance(family, Draws) else None,
        draws_unsolvable=isinstance(family, DrawsUnsolvable),
        explains=isinstance(family, Explains),
        procedures=family.procedures if isinstance(family, Procedures) else (),
        solvers=tuple(s.name for s in family.solvers) if isinstance(family, Solves) else (),
        guarantee=make_family(name).critic.guarantee.words(),
    )
