"""Runs an audit, shows how far it is, and says how it ended."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping

from soundly.bench.audit.audit import Part, Skipped, audit, auditable, parts
from soundly.bench.audit.tally import Breakage, Count, Tally, together
from soundly.cli.display.findings import Findings
from soundly.cli.exits import Exit
from soundly.core.errors import UsageError
from soundly.statistics.intervals import Proportion

_ALL = "all"


def run_audit(
    family: str,
    *,
    texts: int,
    size: int | None,
    seed: int,
    judge: str | None,
    at_once: bool,
    processes: int | None,
    as_json: bool,
) -> Exit:
    """Audit one family or all; the exit code says whether a declared guarantee was broken.

    A family whose solver lacks a package is skipped and named; then the code is 2 at best, so that
    what was not tried does not pass for what survived.
    """
    for name, value in (("--texts", texts), ("--processes", processes), ("--size", size)):
        if value is not None and value < 1:
            raise UsageError(f"{name} is {value}, wanted 1 or more")
    if at_once and judge is None:
        raise UsageError("--at-once is for a model that judges: name one with --judge")
    Proportion(0, 1).interval()  # what is missing is said before the work, and nothing is lost
    families = auditable() if family == _ALL else (family,)
    work = parts(families, texts=texts, seed=seed, size=size, judge=judge, at_once=at_once)
    workers = min(processes or os.cpu_count() or 1, len(work)) if judge is None else 1
    tallies, skipped = _shown(work, workers, quiet=as_json)
    ordered = [tallies[name] for name in families if name in tallies]
    left_out = [skipped[name] for name in families if name in skipped]
    if as_json:
        print(json.dumps(_documents(ordered, left_out, seed=seed)))
    else:
        Findings().report(ordered, left_out)
    if any(map(_broke_its_word, ordered)):
        return Exit.PART_BROKE
    return Exit.USAGE if left_out else Exit.OK


def _shown(
    work: list[Part], workers: int, *, quiet: bool
) -> tuple[Mapping[str, Tally], Mapping[str, Skipped]]:
    """What was found by family, and what was skipped."""
    tallies: dict[str, Tally] = {}
    skipped: dict[str, Skipped] = {}
    done: Iterable[Tally | Skipped] = audit(work, processes=workers)
    if not quiet:
        done = Findings().progress(done, of=len(work))
    for found in done:
        if isinstance(found, Skipped):
            skipped[found.family] = found
            continue
        before = tallies.get(found.family)
        tallies[found.family] = together(before, found) if before else found
    return tallies, skipped


def _broke_its_word(tally: Tally) -> bool:
    """Whether a critic did what its guarantee excludes, or raised, which is no verdict at all."""
    total = tally.total
    unsound = "sound" in tally.guarantee and total.false_accepts
    incomplete = "complete" in tally.guarantee and total.false_rejects
    return bool(unsound or incomplete or total.broken)


def _documents(
    tallies: Iterable[Tally], skipped: Iterable[Skipped], *, seed: int
) -> dict[str, object]:
    return {
        "seed": seed,
        "audits": [_document(each) for each in tallies],
        "skipped": [{"family": each.family, "reason": each.reason} for each in skipped],
    }


def _document(tally: Tally) -> dict[str, object]:
    return {
        "family": tally.family,
        "critic": tally.critic,
        "guarantee": list(tally.guarantee),
        "instances": tally.instances,
        "distinct_texts": tally.distinct,
        "total": _count(tally.total),
        "attacks": {name: _count(count) for name, count in tally.counts.items()},
        "broke": [_breakage(each) for each in tally.breakages],
    }


def _count(count: Count) -> dict[str, object]:
    return {
        "texts": count.tried,
        "right": count.right,
        "wrong": count.wrong,
        "unread": count.unread,
        "undecided": count.undecided,
        "raised": count.broken,
        "false_accepts": _proportion(count.false_accept_rate),
        "false_rejects": _proportion(count.false_reject_rate),
    }


def _proportion(rate: Proportion) -> dict[str, object]:
    low, high = rate.interval()
    return {"count": rate.count, "of": rate.of, "interval_95": [low, high]}


def _breakage(each: Breakage) -> dict[str, object]:
    return {
        "attack": each.attack,
        "what": each.what,
        "problem": each.problem,
        "statement": each.statement,
        "text": each.text,
    }
