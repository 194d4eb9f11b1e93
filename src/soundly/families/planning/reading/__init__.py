"""Reading answers: which piece of a model's text is the plan, and what it says."""

from soundly.families.planning.reading.answer import read_answer
from soundly.families.planning.reading.lexicon import Lexicon

__all__ = ["Lexicon", "read_answer"]
