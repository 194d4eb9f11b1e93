"""The tables of a report; each number leads to the sessions that it counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from soundly.bench.report import words
from soundly.bench.report.boundaries import Boundary
from soundly.bench.report.by_size import Collapse, SizeRate
from soundly.bench.report.claims import Claims
from soundly.bench.report.rounds import RoundsRate
from soundly.bench.report.seen import Error, Verdicts
from soundly.bench.report.standing import Counted, Standing
from soundly.bench.report.systems import Results, ids
from soundly.bench.report.traces import Traces
from soundly.charts.tables import Column, Table

Row = TypeVar("Row")

_RATE = "rate (95% interval)"
_MOST_ROUNDS = 8
_CONTRADICTED = "no single boundary"


class Tables:
    """Makes tables whose numbers lead to ``traces``."""

    def __init__(self, traces: Traces) -> None:
        self._traces = traces

    def leaderboard(self, standings: Sequence[Standing]) -> Table:
        """A line for each system; what it was asked where that differs or was asked again."""
        told = len({each.asked.instances for each in standings}) > 1
        told = told or any(each.asked.repeated for each in standings)
        asked = [_text("asked", standings, lambda each: str(each.asked))] if told else []
        return Table(
            (
                _text("system", standings, lambda each: str(each.system)),
                _text("guarantee", standings, lambda each: guarantee(each.guarantee)),
                *asked,
                *self._share("covered", standings, lambda each: each.covered),
                self._count("right", standings, lambda each: each.right),
                self._count("wrong solutions", standings, lambda each: each.wrong_solutions),
                self._count("false unsolvables", standings, lambda each: each.false_unsolvables),
                _number(
                    "dollars for one covered",
                    standings,
                    lambda each: words.at_most(words.money(each.dollars), each.capped_calls),
                ),
                _number(
                    "tokens for one covered",
                    standings,
                    lambda each: words.at_most(words.number(each.tokens), each.capped_calls),
                ),
                _number("time for one covered", standings, lambda each: words.time(each.seconds)),
                self._results("broken", standings, lambda each: each.broken),
                self._results("refused", standings, lambda each: each.refused),
            )
        )

    def sizes(self, rates: Sequence[SizeRate]) -> Table:
        """A line for each family, system and size."""
        return Table(
            (
                _text("family", rates, lambda each: str(each.about)),
                _text("system", rates, lambda each: str(each.system)),
                _number("size", rates, lambda each: f"{each.size:,}"),
                *self._share("right", rates, lambda each: each.right),
            )
        )

    def collapse(self, found: Sequence[Collapse]) -> Table:
        """A line for each family and system: right up to the sizes trained on, and beyond."""
        return Table(
            (
                _text("family", found, lambda each: str(each.about)),
                _text("system", found, lambda each: str(each.system)),
                _number("trained to", found, lambda each: f"{each.trained:,}"),
                *self._share("right up to there", found, lambda each: each.within),
                *self._share("right beyond", found, lambda each: each.beyond),
            )
        )

    def claims(self, found: Sequence[Claims]) -> Table:
        """A line for each family and system: last answers that are wrong in kind, or rightly so."""
        return Table(
            (
                _text("family", found, lambda each: each.family),
                _text("system", found, lambda each: str(each.system)),
                *self._share("wrong plans", found, lambda each: each.wrong_plans),
                *self._share("false unsolvables", found, lambda each: each.false_unsolvables),
                *self._share("false plans", found, lambda each: each.false_plans),
                *self._share("true unsolvables", found, lambda each: each.true_unsolvables),
            )
        )

    def boundaries(self, found: Sequence[Boundary]) -> Table:
        """A line for each family and system: the sizes between which its boundary is shown."""
        answers = Column(
            "sessions",
            tuple(f"{each.finding.answers:,}" for each in found),
            links=tuple(self._link(each, "all", each.among) for each in found),
        )
        return Table(
            (
                _text("family", found, lambda each: str(each.about)),
                _text("system", found, lambda each: str(each.system)),
                _number("often right up to", found, lambda each: _size(each.finding.at_least)),
                _number("no longer from", found, lambda each: _size(each.finding.below)),
                _text("", found, lambda each: _CONTRADICTED if each.finding.contradicted else ""),
                answers,
            )
        )

    def rounds(self, rates: Sequence[RoundsRate]) -> Table:
        """A line for each system, a column for each number of rounds that is a step or the last."""
        most = max(each.rounds for each in rates)
        steps = [rounds for rounds in range(1, most + 1) if rounds == most or _is_step(rounds)]
        systems = list(dict.fromkeys(each.system for each in rates))
        solved = {(each.system, each.rounds): each for each in rates}
        columns = (
            self._count(f"within {step}", [solved[each, step] for each in systems], _solved)
            for step in steps
        )
        return Table((_text("system", systems, str), *columns))

    def verdicts(self, verdicts: Verdicts) -> Table:
        """A confusion matrix: a line for each decision, a column for each truth."""
        decisions = sorted({decision for decision, _ in verdicts.counts})
        truths = sorted({*verdicts.truths, *(truth for _, truth in verdicts.counts)})
        return Table(
            (
                Column(f"{verdicts.critic} says", tuple(decisions), number=False),
                *(self._truth(verdicts, truth, decisions) for truth in truths),
            )
        )

    def errors(self, errors: Sequence[Error]) -> Table:
        """A line for each system and critique's code."""
        return Table(
            (
                _text("system", errors, lambda each: str(each.system)),
                _text("code", errors, lambda each: each.code),
                _text("answer was", errors, lambda each: each.kind),
                _number("critiques", errors, lambda each: f"{each.count:,}"),
                Column(
                    "sessions",
                    tuple(f"{len(each.sessions):,}" for each in errors),
                    links=tuple(
                        self._traces.link(f"{each.system}: {each.code}", each.sessions)
                        for each in errors
                    ),
                ),
            )
        )

    def _truth(self, verdicts: Verdicts, truth: str, decisions: Sequence[str]) -> Column:
        counts = tuple(verdicts.counts.get((decision, truth), 0) for decision in decisions)
        links = tuple(
            self._traces.link(
                f"{verdicts.critic}: {decision}, {truth}",
                verdicts.sessions.get((decision, truth), ()),
            )
            for decision in decisions
        )
        return Column(truth, tuple(f"{count:,}" for count in counts), links=links)

    def _share(
        self,
        heading: str,
        rows: Sequence[Row],
        share: Callable[[Row], Counted],
    ) -> list[Column]:
        """A count, which leads to what is counted, and its rate, which leads to all."""
        found = [share(row) for row in rows]
        everything = tuple(
            self._link(row, "all", each.among) for row, each in zip(rows, found, strict=True)
        )
        said = tuple(words.bounded(each.share) for each in found)
        return [self._count(heading, rows, share), Column(_RATE, said, links=everything)]

    def _count(self, heading: str, rows: Sequence[Row], share: Callable[[Row], Counted]) -> Column:
        found = [share(row) for row in rows]
        links = tuple(
            self._link(row, heading, each.counted) for row, each in zip(rows, found, strict=True)
        )
        return Column(heading, tuple(words.of(each.share) for each in found), links=links)

    def _results(
        self, heading: str, rows: Sequence[Row], results: Callable[[Row], Results]
    ) -> Column:
        found = [results(row) for row in rows]
        links = tuple(self._link(row, heading, each) for row, each in zip(rows, found, strict=True))
        return Column(heading, tuple(f"{len(each):,}" for each in found), links=links)

    def _link(self, row: Any, heading: str, results: Results) -> str:  # noqa: ANN401 - any line
        return self._traces.link(f"{row.system}: {heading}{_where(row)}", ids(results))


def guarantee(declared: Sequence[str]) -> str:
    """What the critics that decided declared, in words."""
    return " and ".join(declared) or "advice only"


def _solved(rate: RoundsRate) -> Counted:
    return rate.solved


def _is_step(rounds: int) -> bool:
    """Every number up to 8, and then powers of two: a table has room for so many."""
    return rounds <= _MOST_ROUNDS or rounds.bit_count() == 1


def _size(size: int | None) -> str:
    return "not shown" if size is None else f"{size:,}"


def _where(row: object) -> str:
    """The instances and the size that a line is about, where it is about some."""
    about, size = getattr(row, "about", None), getattr(row, "size", None)
    said = [about or getattr(row, "family", None), None if size is None else f"size {size}"]
    return "".join(f", {each}" for each in said if each is not None)


def _text(heading: str, rows: Sequence[Row], say: Callable[[Row], str]) -> Column:
    return Column(heading, tuple(map(say, rows)), number=False)


def _number(heading: str, rows: Sequence[Row], say: Callable[[Row], str]) -> Column:
    return Column(heading, tuple(map(say, rows)))
