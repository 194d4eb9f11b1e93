"""The budget of a whole run: each session's bound is set aside before it begins."""

from __future__ import annotations

from soundly.bench.suites.bounds import FREE, Bound
from soundly.core.spend import Budget, Spend


class Allowance:
    """What was spent, and what the sessions that are open could still spend.

    A session that could break a limit is not begun, so the limits hold whatever the sessions do.
    ``seconds`` of the budget are the caller's to watch.
    """

    def __init__(self, budget: Budget, spent: Spend = Spend()) -> None:
        self.budget = budget
        self.spent = spent
        self._reserved: dict[str, Bound] = {}

    def reserve(self, name: str, bound: Bound = FREE) -> bool:
        """Set the bound aside; False, and nothing is, where a limit could break."""
        held = list(self._reserved.values())
        limits = (
            (self.budget.calls, self.spent.calls, [each.calls for each in held], bound.calls),
            (self.budget.tokens, self.spent.tokens, [each.tokens for each in held], bound.tokens),
            (
                self.budget.dollars,
                self.spent.dollars,
                [each.dollars for each in held],
                bound.dollars,
            ),
        )
        for maximum, spent, others, own in limits:
            if maximum is not None and spent + sum(each or 0 for each in [*others, own]) > maximum:
                return False
        self._reserved[name] = bound
        return True

    def settle(self, name: str, spend: Spend) -> None:
        """What was set aside is free again, and this was spent of it."""
        self._reserved.pop(name, None)
        self.spent += spend

    @property
    def idle(self) -> bool:
        """Whether no session is open: nothing that is refused now can be afforded later."""
        return not self._reserved
