"""Which of the failures in an exception group is the session's."""

from __future__ import annotations

from soundly.core.errors import BudgetExhausted


def first_failure(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first broken part of a group, else its first stop signal."""
    leaves = list(_leaves(group))
    return next((leaf for leaf in leaves if not isinstance(leaf, BudgetExhausted)), leaves[0])


def _leaves(error: BaseException) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in _leaves(inner)]
    return [error]
