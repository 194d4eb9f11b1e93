"""Planning worlds in few words, for models that are trained on them."""

from soundly.families.planning.notation.blocksworld import BlocksworldNotation

__all__ = ["BlocksworldNotation"]
