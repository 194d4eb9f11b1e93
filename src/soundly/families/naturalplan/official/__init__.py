"""Natural Plan's own files (arXiv:2406.04520): their problems, their answers, and their figure."""

from soundly.families.naturalplan.official.file import Item, Official, Skipped, read_official
from soundly.families.naturalplan.official.scoring import Score, exact_match, score

__all__ = ["Item", "Official", "Score", "Skipped", "exact_match", "read_official", "score"]
