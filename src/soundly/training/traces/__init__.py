"""Derivational traces: what a solver does, operation by operation, in the words of a notation.

written = tracing("best-first").write(space, seed=1, most_words=400)
tracing("best-first").judge(space, written.trace, written.solution).valid
"""

from soundly.training.traces.best_first import shortest
from soundly.training.traces.kinds import KINDS, tracing
from soundly.training.traces.swapped import swapped
from soundly.training.traces.written import Judgement, Tracing, Written

__all__ = ["KINDS", "Judgement", "Tracing", "Written", "shortest", "swapped", "tracing"]
