"""Results without sessions, for counting."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from soundly.bench.runs.result import CellResult
from soundly.bench.suites.cell import Cell
from soundly.bench.suites.given import Given
from soundly.core.spend import Spend

GUARANTEES = [(), ("sound",), ("sound", "complete")]


def result(
    status="unsolved",
    *,
    seed=0,
    size=3,
    strategy="single",
    model="m",
    family="blocksworld",
    solvable=True,
    answer="none",
    right=None,
    rounds=None,
    dollars=0.0,
    tokens=0,
    guarantee=("sound", "complete"),
    unpriced=0,
    capped=0,
    digest=None,
    session=None,
):
    cell = Cell(
        family=family, size=size, seed=seed, strategy=strategy, model=model, solvable=solvable
    )
    return CellResult(
        cell=cell,
        session_id=session or cell.id,
        problem_digest=digest or f"{family} {size} {seed} {solvable}",
        status=status,
        answer="solution" if status == "solved" else answer,
        right=True if status in ("solved", "unsolvable") and right is None else right,
        rounds=(rounds or 1) if status == "solved" else None,
        spend=Spend(calls=1, input_tokens=tokens, dollars=dollars, seconds=0.5),
        unpriced_calls=unpriced,
        capped_calls=capped,
        guarantee=guarantee,
        certificate_sha256="f" * 64 if status in ("solved", "unsolvable") else None,
    )


def from_file(status="unsolved", *, name="p", size=3, family="planning", **rest):
    """A result about a problem from a file, which comes without a label."""
    found = result(status, family=family, digest=name, size=size, **rest)
    cell = replace(found.cell, solvable=None, given=Given(name, f"digest of {name}", size))
    return replace(found, cell=cell, session_id=cell.id)


@st.composite
def drawn(draw, most=30):
    """Results of one system on different instances, ended in any way."""
    found = []
    for seed in range(draw(st.integers(0, most))):
        status = draw(
            st.sampled_from(["solved", "unsolvable", "unsolved", "exhausted", "broken", "refused"])
        )
        solvable = draw(st.booleans())
        found.append(
            result(
                status,
                seed=seed,
                size=draw(st.integers(3, 6)),
                solvable=solvable,
                answer=draw(st.sampled_from(["solution", "claim", "unreadable", "none"])),
                right=None
                if status in ("broken", "refused")
                else draw(st.sampled_from([True, False])),
                rounds=draw(st.integers(1, 5)),
                dollars=draw(st.floats(0, 10)),
                tokens=draw(st.integers(0, 1000)),
                guarantee=draw(st.sampled_from(GUARANTEES)),
            )
        )
    return tuple(found)
