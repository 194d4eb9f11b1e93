"""Laws of the provers, and of the kernel that checks them, on tasks small enough to exhaust."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.families.planning import naive
from soundly.families.planning.edits import near_miss
from soundly.families.planning.pddl import And, Atom, Not, format_atom, parse_task
from soundly.families.planning.proofs import Evidence, prove_by_closed_set, prove_by_h2
from soundly.kernel import Refused, recheck, seal

STATES = 300
seeds = st.integers(0, 2**32)


@pytest.fixture(scope="session")
def hard_task(draw_task):
    """A drawn task, whose goal is most often replaced by two or three literals to be met at once:
    drawn goals are often false for a trivial reason."""

    def draw(random: Random):
        task = draw_task(random)
        fluents = sorted(atom for atom in all_atoms(task) if not task.is_static(atom[0]))
        if len(fluents) < 2 or random.random() < 0.3:
            return task
        wanted = random.sample(fluents, min(len(fluents), random.randint(2, 3)))
        atoms = (Atom(atom[0], atom[1:]) for atom in wanted)
        return replace(task, goal=And(tuple(a if random.random() < 0.6 else Not(a) for a in atoms)))

    return draw


def all_atoms(task):
    for signature in task.domain.predicates.values():
        pools = [naive.members(task, parameter) for parameter in signature.parameters]
        rows = [()]
        for pool in pools:
            rows = [(*row, name) for row in rows for name in pool]
        yield from ((signature.name, *row) for row in rows)


def accepted(document) -> bool:
    try:
        recheck(document)
    except Refused:
        return False
    return True


def is_solvable(task, states) -> bool:
    return any(naive.holds(task, state, task.goal, {}) for state in states)


@given(seed=seeds)
@settings(deadline=None, max_examples=300)
def test_exhaustion_decides_every_small_task(seed, hard_task, texts, reachable, certificate):
    task = hard_task(Random(seed))
    states = reachable(task, STATES, costs_matter=False)
    if states is None:
        return
    stated = texts(task)
    found = prove_by_closed_set(*stated, max_states=STATES, max_seconds=60)
    assert isinstance(found, Evidence) is not is_solvable(task, states)
    if isinstance(found, Evidence):
        assert recheck(certificate(stated, found)).claim == "unsolvable"
    elif found.plan is not None:
        assert naive.solves(task, found.plan)


@given(seed=seeds)
@settings(deadline=None, max_examples=300)
def test_an_invariant_is_found_only_where_there_is_no_plan(
    seed, hard_task, texts, reachable, certificate
):
    task = hard_task(Random(seed))
    states = reachable(task, STATES, costs_matter=False)
    if states is None:
        return
    stated = texts(task)
    found = prove_by_h2(*stated, max_pairs=10_000, max_seconds=60)
    if isinstance(found, Evidence):
        assert not is_solvable(task, states)
        assert recheck(certificate(stated, found)).claim == "unsolvable"
    else:
        assert "kernel" not in found.reason, "what the fixpoint finds, the kernel can follow"


def test_invariants_prove_most_unsolvable_small_tasks(hard_task, texts, reachable):
    """The law above would hold of a prover that finds nothing: this one finds nearly all."""
    proved = missed = 0
    for seed in range(150):
        task = hard_task(Random(seed))
        states = reachable(task, STATES, costs_matter=False)
        if states is None or is_solvable(task, states):
            continue
        found = prove_by_h2(*texts(task), max_pairs=10_000, max_seconds=60)
        proved += isinstance(found, Evidence)
        missed += not isinstance(found, Evidence)
    assert proved >= 30
    assert missed * 10 <= proved


@given(seed=seeds)
@settings(deadline=None, max_examples=150)
def test_no_mutexes_are_accepted_for_a_task_that_has_a_plan(
    seed, hard_task, texts, reachable, certificate
):
    """Forged evidence: true mutexes of the task, with one or two false ones that would do it."""
    random = Random(seed)
    task = hard_task(random)
    states = reachable(task, STATES, costs_matter=False)
    if states is None or not is_solvable(task, states):
        return
    literals = [
        (atom, positive)
        for atom in all_atoms(task)
        if not task.is_static(atom[0])
        for positive in (True, False)
    ]
    mutexes = [
        [i, j]
        for i, j in combinations(range(len(literals)), 2)
        if not any(
            all((literals[k][0] in state) is literals[k][1] for k in (i, j)) for state in states
        )
    ]
    mutexes += [[i] for i in random.sample(range(len(literals)), min(2, len(literals)))]
    mutexes += [random.sample(range(len(literals)), 2)] if len(literals) > 1 else []
    facts = [format_atom(a) if p else f"(not {format_atom(a)})" for a, p in literals]
    forged = Evidence("pddl-h2", {"facts": facts, "mutexes": mutexes})
    assert not accepted(certificate(texts(task), forged))


@given(seed=seeds)
@settings(deadline=None, max_examples=150)
def test_no_closed_set_is_accepted_for_a_task_that_has_a_plan(
    seed, hard_task, texts, reachable, certificate
):
    """Forged evidence: what can be reached without the goal states, or without a few states."""
    random = Random(seed)
    task = hard_task(random)
    states = reachable(task, STATES, costs_matter=False)
    if states is None or not is_solvable(task, states):
        return
    facts = sorted(atom for atom in all_atoms(task) if not task.is_static(atom[0]))
    kept = [state for state in states if not naive.holds(task, state, task.goal, {})]
    if random.random() < 0.3:
        kept = random.sample(kept, random.randint(0, len(kept)))
    masks = [f"{sum((atom in s) << i for i, atom in enumerate(facts)):x}" for s in kept]
    forged = Evidence("pddl-closed-set", {"facts": list(map(format_atom, facts)), "states": masks})
    assert not accepted(certificate(texts(task), forged))


@given(seed=seeds)
@settings(deadline=None, max_examples=200)
def test_a_proof_holds_for_an_edited_task_only_if_that_has_no_plan_either(
    seed, hard_task, texts, reachable, certificate
):
    """The statement is edited and everything is sealed anew: only the evidence can object."""
    random = Random(seed)
    task = hard_task(random)
    if reachable(task, STATES, costs_matter=False) is None:
        return
    proofs = (
        prove_by_closed_set(*texts(task), max_states=STATES, max_seconds=60),
        prove_by_h2(*texts(task), max_pairs=10_000, max_seconds=60),
    )
    edited = edit(task, random)
    states = reachable(edited, STATES, costs_matter=False)
    for proof in proofs:
        document = isinstance(proof, Evidence) and certificate(texts(edited), proof)
        if document and states is not None and accepted(document):
            assert not is_solvable(edited, states)


def edit(task, random):
    """The task with one precondition, initial fact or goal dropped or changed."""
    kind = random.randrange(4)
    if kind == 0:
        name = random.choice(list(task.domain.actions))
        loose = replace(task.domain.actions[name], precondition=And())
        actions = {**task.domain.actions, name: loose}
        return replace(task, domain=replace(task.domain, actions=actions))
    if kind == 1:
        return replace(task, goal=And())
    atoms = sorted(all_atoms(task))
    changed = {random.choice(atoms)}
    if kind == 2:
        return replace(task, init=task.init ^ changed)
    goal = Atom(min(changed)[0], min(changed)[1:])
    return replace(task, goal=goal if random.random() < 0.5 else Not(goal))


@given(seed=seeds)
@settings(deadline=None, max_examples=150)
def test_evidence_changed_in_one_place_proves_nothing_false(
    seed, hard_task, texts, reachable, certificate
):
    """The evidence of another goal of the same task, changed in one place, with right hashes."""
    random = Random(seed)
    task = hard_task(random)
    proof = random.choice(
        [
            lambda: prove_by_closed_set(*texts(task), max_states=STATES, max_seconds=60),
            lambda: prove_by_h2(*texts(task), max_pairs=10_000, max_seconds=60),
        ]
    )()
    states = reachable(task, STATES, costs_matter=False)
    if not isinstance(proof, Evidence) or states is None:
        return
    changed = json.loads(json.dumps(proof.content))
    part = random.choice([part for part in changed.values() if part] or [[0]])
    spot = random.randrange(len(part))
    match random.randrange(3):
        case 0:
            del part[spot]
        case 1:
            part.append(part[spot])
        case _:
            part[spot] = random.choice(part)
    goal = random.choice(sorted(all_atoms(task)))
    other = replace(task, goal=Atom(goal[0], goal[1:]))
    for each in (task, other):
        if accepted(certificate(texts(each), Evidence(proof.kind, changed))):
            assert not is_solvable(each, states)


@given(seed=seeds)
@settings(deadline=None, max_examples=300)
def test_the_kernel_and_the_textbook_agree_on_plans(seed, draw_task, walk, with_goal_from, texts):
    """Walks that end in the goal, and near misses of them with one or two edits."""
    random = Random(seed)
    task = draw_task(random)
    plan, state = walk(task, random, 8)
    task = with_goal_from(task, state, random)
    domain, problem = texts(task)
    assert parse_task(domain, problem).init == task.init
    near = [near_miss(plan, task, random, edits=edits) for edits in (1, 1, 1, 2, 2)]
    for candidate in [plan, *near]:
        steps = [format_atom(step) for step in candidate]
        statement = {"domain": domain, "problem": problem}
        document = seal("solved", "pddl-plan", "planning", statement, {"plan": steps})
        assert accepted(document) is naive.solves(task, candidate)
