"""How an answer's text is cut up before a family reads it: thinking, blocks, labels, claims.

Nothing here knows a family. Every function takes time in proportion to the text.
"""

from soundly.reading.claims import claim_of_no_solution
from soundly.reading.pieces import (
    answer_blocks,
    boxed,
    fenced,
    labelled,
    spoken,
    stated_answer,
)
from soundly.reading.replies import reply_to_unsolvable

__all__ = [
    "answer_blocks",
    "boxed",
    "claim_of_no_solution",
    "fenced",
    "labelled",
    "reply_to_unsolvable",
    "spoken",
    "stated_answer",
]
