"""A run's certificates label what came without a label."""

from __future__ import annotations

from dataclasses import replace

from soundly.bench.report.claims import claims
from soundly.bench.report.labels import labelled
from soundly.bench.report.systems import System
from soundly.bench.suites.given import Given

from .results import result


def unlabelled(status="unsolved", *, name="p", **rest):
    given = Given(name, "0" * 64, 3)
    plain = result(status, family="planning", digest=name, **rest)
    cell = replace(plain.cell, solvable=None, given=given)
    return replace(plain, cell=cell, session_id=f"{name} {cell.strategy} {cell.model}")


def test_a_certificate_labels_the_problem_for_every_system():
    solved = unlabelled("solved", strategy="kairos")
    claim = unlabelled(answer="claim")
    other = unlabelled(answer="claim", name="q")
    found = labelled((claim, solved, other))
    assert [each.cell.solvable for each in found] == [True, True, None]
    assert [each.right for each in found] == [False, True, None]
    assert [each.session_id for each in found] == [
        claim.session_id,
        solved.session_id,
        other.session_id,
    ]


def test_a_proof_makes_claims_right_and_plans_wrong():
    proof = unlabelled("unsolvable", strategy="h2")
    claim, plan = unlabelled(answer="claim"), unlabelled(answer="solution", model="n")
    nothing = unlabelled(answer="none", model="o")
    broken = unlabelled("broken", answer="claim", model="p")
    found = labelled((claim, plan, nothing, broken, proof))
    assert [each.right for each in found] == [True, False, None, None, True]
    assert {each.cell.solvable for each in found} == {False}
    true = {each.system: each.true_unsolvables.share.count for each in claims(found)}
    assert true[System("m", "single")] == 1


def test_what_nobody_labels_is_in_no_share_of_false_claims():
    (counted,) = claims((unlabelled(answer="claim"),))
    assert counted.false_unsolvables.share.of == 0
    assert counted.true_unsolvables.share.of == 0


def test_a_stated_label_stays_against_a_certificate():
    stated = result("unsolvable", solvable=True, right=False)
    assert labelled((stated,)) == (stated,)
