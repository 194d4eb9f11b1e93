"""Every puzzle by its name."""

from __future__ import annotations

from collections.abc import Mapping

from soundly.families.classics.choices import BY_CHOICE
from soundly.families.classics.classic import Classic
from soundly.families.classics.fewest import FEWEST
from soundly.families.classics.numbers import BY_ARITHMETIC

CATALOGUE: Mapping[str, Classic] = {
    each.name: each for each in (*BY_ARITHMETIC, *FEWEST, *BY_CHOICE)
}
