"""A report's numbers as data: rows of plain values, for CSV and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from soundly.bench.report.boundaries import Boundary
from soundly.bench.report.by_size import SizeRate, size_rates
from soundly.bench.report.contents import Measured
from soundly.bench.report.rounds import RoundsRate, rounds_rates
from soundly.bench.report.seen import Error, Verdicts
from soundly.bench.report.standing import Standing
from soundly.bench.runs.result import CellResult
from soundly.core.errors import UsageError
from soundly.statistics.bootstrap import Estimate
from soundly.statistics.intervals import Proportion

Value: TypeAlias = str | int | float | bool | None
Row: TypeAlias = dict[str, Value]


def frames(measured: Measured) -> dict[str, list[Row]]:
    """Tables by name: a row a session, and the rows of what the report draws; none is empty."""
    found = {
        "sessions": [session_row(each) for each in measured.results],
        "leaderboard": [_standing(each) for each in measured.standings],
        "sizes": [_size(each) for each in size_rates(measured.results)],
        "boundaries": [_boundary(each) for each in measured.boundaries],
        "rounds": [_round(each) for each in rounds_rates(measured.results)],
        "critics": [
            row
            for verdicts in (*measured.seen.hard, *measured.seen.soft)
            for row in _verdicts(verdicts)
        ],
        "errors": [_error(each) for each in measured.seen.errors],
    }
    return {name: rows for name, rows in found.items() if rows}


def csv_bytes(rows: Sequence[Row]) -> bytes:
    """The rows as CSV (RFC 4180) in UTF-8, with a heading; None is an empty field."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8", errors="backslashreplace")


def parquet_bytes(rows: Sequence[Row]) -> bytes:
    """The same rows as Parquet; raises `UsageError` where pyarrow is not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("pyarrow is not installed: pip install 'soundly[bench]'") from error
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def session_row(each: CellResult) -> Row:
    """One session: its coordinates, what came of it, and what it cost.

    There are no tokens where nobody counted some, and no dollars where a price is not known.
    """
    cell, spend = each.cell, each.spend
    return {
        "session_id": each.session_id,
        "family": cell.family,
        "obfuscation": cell.obfuscation,
        "size": cell.size,
        "solvable": cell.solvable,
        "share": cell.share,
        "seed": cell.seed,
        "model": cell.model,
        "strategy": cell.strategy,
        "augmentation": cell.augmentation,
        "problem": None if cell.given is None else cell.given.name,
        "problem_digest": each.problem_digest,
        "status": each.status,
        "answer": each.answer,
        "covered": each.covered,
        "right": each.right,
        "counted": each.counted,
        "rounds": each.rounds,
        "calls": spend.calls,
        **_tokens(each),
        "dollars": spend.dollars if each.unpriced_calls == 0 else None,
        "uncounted_calls": each.uncounted_calls,
        "capped_calls": each.capped_calls,
        "seconds": spend.seconds,
        "guarantee": " ".join(each.guarantee),
        "found_by": each.found_by,
        "certificate_sha256": each.certificate_sha256,
        "reason": each.reason,
    }


def _tokens(each: CellResult) -> Row:
    spend = each.spend
    found: Row = {
        "input_tokens": spend.input_tokens,
        "output_tokens": spend.output_tokens,
        "reasoning_tokens": spend.reasoning_tokens,
        "cached_tokens": spend.cached_tokens,
    }
    return found if each.uncounted_calls == 0 else dict.fromkeys(found)


def _standing(each: Standing) -> Row:
    return {
        "model": each.system.model,
        "strategy": each.system.strategy,
        "guarantee": " ".join(each.guarantee),
        "instances": len(each.asked.instances),
        "sessions": each.asked.sessions,
        "families": " ".join(each.asked.families),
        **_share("covered", each.covered.share),
        **_share("right", each.right.share),
        **_share("wrong_solutions", each.wrong_solutions.share),
        **_share("false_unsolvables", each.false_unsolvables.share),
        "contradicted": len(each.contradicted),
        "broken": len(each.broken),
        "refused": len(each.refused),
        **_estimate("dollars_per_covered", each.dollars),
        **_estimate("tokens_per_covered", each.tokens),
        **_estimate("seconds_per_covered", each.seconds),
        "capped_calls": each.capped_calls,
    }


def _size(each: SizeRate) -> Row:
    return {
        "family": each.about.family,
        "unsolvable": each.about.unsolvable,
        "from_files": each.about.from_files,
        "model": each.system.model,
        "strategy": each.system.strategy,
        "size": each.size,
        **_share("right", each.right.share),
    }


def _boundary(each: Boundary) -> Row:
    found = each.finding
    return {
        "family": each.about.family,
        "from_files": each.about.from_files,
        "model": each.system.model,
        "strategy": each.system.strategy,
        "probability": found.aim.probability,
        "confidence": found.aim.confidence,
        "at_least": found.at_least,
        "below": found.below,
        "contradicted": found.contradicted,
        "answers": found.answers,
    }


def _round(each: RoundsRate) -> Row:
    return {
        "model": each.system.model,
        "strategy": each.system.strategy,
        "rounds": each.rounds,
        **_share("solved", each.solved.share),
    }


def _verdicts(each: Verdicts) -> Iterator[Row]:
    for (decision, truth), count in sorted(each.counts.items()):
        yield {
            "critic": each.critic,
            "against": each.truth,
            "decision": decision,
            "truth": truth,
            "count": count,
            "sessions": len(each.sessions[decision, truth]),
        }


def _error(each: Error) -> Row:
    return {
        "model": each.system.model,
        "strategy": each.system.strategy,
        "code": each.code,
        "answer": each.kind,
        "critiques": each.count,
        "sessions": len(each.sessions),
    }


def _share(name: str, share: Proportion) -> Row:
    low, high = share.interval()
    return {name: share.count, f"{name}_of": share.of, f"{name}_low": low, f"{name}_high": high}


def _estimate(name: str, estimate: Estimate | None) -> Row:
    found = estimate or Estimate(None, 0.0, float("inf"))
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}
