"""Reading a certificate and handing its evidence to the one checker that its kind names."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from soundly.kernel.aftermath import check_state, check_verdict
from soundly.kernel.arithmetic import check_expression
from soundly.kernel.calendar import check_clashes, check_slot
from soundly.kernel.classics import check_classic
from soundly.kernel.closed_set import check_closed_set
from soundly.kernel.cnf import check_model, check_unsatisfiable
from soundly.kernel.coloring import check_coloring, check_uncolorable
from soundly.kernel.embers import check_cipher, check_product
from soundly.kernel.exhaustion import check_exhaustion
from soundly.kernel.h2 import check_h2
from soundly.kernel.jobshop import check_schedule, check_too_late
from soundly.kernel.meeting import check_plan as check_meetings
from soundly.kernel.meeting import check_table
from soundly.kernel.optimal import check_optimal_plan
from soundly.kernel.plan import check_plan
from soundly.kernel.queens import check_no_queens, check_queens
from soundly.kernel.refused import Refused
from soundly.kernel.seal import CHECKER_VERSION, GUARANTEE, TIER, canonical_json, check_seal
from soundly.kernel.symbolic import check_chain, check_coin, check_letters
from soundly.kernel.travel import check_travel_plan
from soundly.kernel.travel_bound import check_travel_infeasible
from soundly.kernel.trip import check_no_trip, check_trip
from soundly.kernel.zebra import check_solved, check_unique, check_unsolvable

MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the kernel has seen for itself.

    ``claim`` is "solved" or "unsolvable", ``problem_sha256`` names the problem it is about, and
    ``summary`` is one sentence for people.
    """

    claim: str
    kind: str
    problem_sha256: str
    summary: str


@dataclass(frozen=True, slots=True)
class Checker:
    """One kind of evidence: what it can show, and how to check it.

    ``check`` takes the statement and the evidence, raises `Refused`, or returns the summary.
    """

    claim: str
    check: Callable[[Mapping[str, object], object], str]


CHECKERS: Mapping[str, Checker] = {
    "calendar-slot": Checker("solved", check_slot),
    "calendar-clashes": Checker("unsolvable", check_clashes),
    "coloring": Checker("solved", check_coloring),
    "coloring-drat": Checker("unsolvable", check_uncolorable),
    "job-shop": Checker("solved", check_schedule),
    "job-shop-bound": Checker("unsolvable", check_too_late),
    "n-queens": Checker("solved", check_queens),
    "n-queens-drat": Checker("unsolvable", check_no_queens),
    "meeting-plan": Checker("solved", check_meetings),
    "meeting-table": Checker("unsolvable", check_table),
    "pddl-plan": Checker("solved", check_plan),
    "pddl-closed-set": Checker("unsolvable", check_closed_set),
    "pddl-h2": Checker("unsolvable", check_h2),
    "pddl-optimal-plan": Checker("solved", check_optimal_plan),
    "pddl-state": Checker("solved", check_state),
    "pddl-verdict": Checker("solved", check_verdict),
    "letters": Checker("solved", check_letters),
    "coin-flip": Checker("solved", check_coin),
    "arithmetic-chain": Checker("solved", check_chain),
    "shift-cipher": Checker("solved", check_cipher),
    "multiplication": Checker("solved", check_product),
    "classic": Checker("solved", check_classic),
    "arithmetic-expression": Checker("solved", check_expression),
    "arithmetic-exhaustion": Checker("unsolvable", check_exhaustion),
    "trip-plan": Checker("solved", check_trip),
    "trip-table": Checker("unsolvable", check_no_trip),
    "sat": Checker("solved", check_model),
    "sat-drat": Checker("unsolvable", check_unsatisfiable),
    "zebra": Checker("solved", check_solved),
    "zebra-unique": Checker("solved", check_unique),
    "zebra-drat": Checker("unsolvable", check_unsolvable),
    "travel-plan": Checker("solved", check_travel_plan),
    "travel-infeasible": Checker("unsolvable", check_travel_infeasible),
}
"""Every kind of certificate that this kernel can check."""


def recheck(
    document: Mapping[str, object] | str | bytes,
    *,
    domain: str | None = None,
    problem: str | None = None,
) -> Accepted:
    """What a certificate proves, checked from nothing but the document itself.

    A hash that fits proves nothing about the claim, so the evidence is always gone through.
    ``domain`` and ``problem`` are texts that the certificate has to be about, to the letter.

    Raises:
        Refused: the document is malformed, was changed, is about another statement, or its
            evidence does not show its claim.
    """
    fields = read_document(document)
    check_seal(fields)
    checker, statement = _dispatch(fields)
    for name, wanted in (("domain", domain), ("problem", problem)):
        if wanted is not None and statement.get(name) != wanted:
            raise Refused(f"the certificate is about another {name} than the one given")
    summary = checker.check(statement, fields["evidence"])
    return Accepted(checker.claim, str(fields["kind"]), str(fields["problem_sha256"]), summary)


def read_document(document: Mapping[str, object] | str | bytes) -> dict[str, object]:
    """The fields of a certificate; refuses text that is not one strict JSON object."""
    if isinstance(document, Mapping):
        try:
            canonical_json(dict(document))
        except ValueError as error:
            raise Refused(f"the certificate is not plain JSON: {error}") from error
        return dict(document)
    if len(document) > MAX_BYTES:
        raise Refused(f"the certificate is {len(document)} long; at most {MAX_BYTES} is read")
    try:
        text = document if isinstance(document, str) else document.decode("utf-8")
        fields = json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant)
    except RecursionError as error:
        raise Refused("the certificate is nested too deeply") from error
    except ValueError as error:
        raise Refused(f"the certificate is not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise Refused(f"the certificate is a JSON {type(fields).__name__}, not an object")
    return fields


def _dispatch(fields: Mapping[str, object]) -> tuple[Checker, Mapping[str, object]]:
    kind = fields["kind"]
    checker = CHECKERS.get(kind) if isinstance(kind, str) else None
    if checker is None:
        raise Refused(f"unknown kind {kind!r}: this kernel checks {', '.join(sorted(CHECKERS))}")
    wanted: tuple[tuple[str, object], ...] = (
        ("claim", checker.claim),
        ("checker", {"name": f"soundly.kernel.{kind}", "version": CHECKER_VERSION}),
        ("guarantee", list(GUARANTEE)),
        ("tier", TIER),
    )
    for name, value in wanted:
        if fields[name] != value:
            raise Refused(
                f"{name} {fields[name]!r} does not go with {kind}: it has to be {value!r}"
            )
    problem = fields["problem"]
    if not isinstance(problem, dict) or set(problem) != {"family", "statement"}:
        raise Refused('the problem has to be {"family": …, "statement": …}')
    if not isinstance(problem["family"], str):
        raise Refused("the family has to be a string")
    if not isinstance(problem["statement"], dict):
        raise Refused("the statement has to be an object")
    return checker, problem["statement"]


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(f"the certificate has the key {twice!r} twice")
    return dict(pairs)


def _no_constant(name: str) -> object:
    raise Refused(f"the certificate holds {name}, which is no JSON number")
