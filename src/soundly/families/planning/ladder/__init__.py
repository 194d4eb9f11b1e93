"""The rungs of the prompt ladder, from the general to the special."""

from soundly.families.planning.ladder.progression import Progression
from soundly.families.planning.ladder.towers import LexicographicStacking, Stacking, TowerAlgorithm

__all__ = ["LexicographicStacking", "Progression", "Stacking", "TowerAlgorithm"]
