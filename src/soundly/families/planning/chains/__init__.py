"""Explanations of plans: the chain of states that an answer states on its way."""

from soundly.families.planning.chains.follow import explain

__all__ = ["explain"]
