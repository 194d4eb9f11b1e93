"""An audit finds the critic that errs, says how, and counts what it cannot know apart."""

from dataclasses import replace
from random import Random

import anyio
import pytest

from soundly.bench.audit.attacks import ATTACKS, NEAR_MISS, Worth
from soundly.bench.audit.audit import Part, audit, auditable, parts
from soundly.bench.audit.judges import CriticBehindFamily
from soundly.bench.audit.rounds import Round
from soundly.bench.audit.specimens import specimen
from soundly.bench.audit.tally import Tally
from soundly.config.families import make_family
from soundly.core.completion import Completion
from soundly.core.errors import UsageError
from soundly.core.verdict import ACCEPT, Critique, Guarantee, reject, unknown
from soundly.critics.model_judge import ModelJudge
from soundly.families.coloring.critic import ColoringCritic, check, coloring_of
from soundly.families.coloring.family import ColoringFamily
from soundly.families.coloring.graph import graph_of
from soundly.testing import FakeCritic

FAMILY = ColoringFamily()


def attacked(critic, *, texts: int = 400, seeds=(1, 2)) -> Tally:
    attacked_one = Round(FAMILY, CriticBehindFamily(FAMILY, critic))

    async def run() -> None:
        for seed in seeds:
            await attacked_one.attack(seed=seed, texts=texts)

    anyio.run(run)
    return attacked_one.tally()


class BlindToEdges(ColoringCritic):
    """Forgets the edges: a checker with one condition lost."""

    async def judge(self, problem, candidate, ask):
        edgeless = replace(graph_of(problem), edges=())
        return check(edgeless, coloring_of(candidate))


class Pedantic(ColoringCritic):
    """Wants the first vertex to have the first colour: rejects what is right."""

    async def judge(self, problem, candidate, ask):
        coloring = coloring_of(candidate)
        if coloring and coloring[0][-1] != "1":
            return reject(Critique("no-one", "the first colour has to be 1"))
        return await ColoringCritic.judge(self, problem, candidate, ask)


def test_our_own_critic_errs_nowhere():
    total = attacked(FAMILY.critic).total
    assert total.false_accepts == total.false_rejects == total.broken == total.undecided == 0
    assert total.right > 50
    assert total.wrong > 300


def test_a_critic_with_a_condition_lost_is_found_out_by_a_near_miss():
    found = attacked(BlindToEdges())
    assert found.total.false_accepts
    smallest = next(b for b in found.breakages if b.attack == NEAR_MISS)
    assert smallest.what == "false accept"
    size = int(smallest.problem.split("-")[1])
    assert len(smallest.text.split()) == size, "shrunk to the bare colouring"


def test_a_critic_that_wants_too_much_is_found_out_by_right_answers():
    found = attacked(Pedantic(), seeds=range(4))
    assert found.total.false_rejects
    assert not found.total.false_accepts


@pytest.mark.parametrize(
    ("judgement", "counted"),
    [(ACCEPT, "false_accepts"), (reject(Critique("no", "no")), "false_rejects")],
)
def test_a_critic_that_always_says_the_same_errs_wherever_it_can(judgement, counted):
    total = attacked(FakeCritic(judgement)).total
    errors = getattr(total, counted)
    possible = total.wrong if counted == "false_accepts" else total.right
    unreadable = total.wrong - errors if counted == "false_accepts" else 0
    assert errors + unreadable == possible
    assert errors > 0


def test_unknown_is_neither_accepted_nor_rejected():
    total = attacked(FakeCritic(unknown(Critique("hm", "cannot tell")))).total
    assert total.false_accepts == total.false_rejects == 0
    assert total.undecided > 0


def test_a_critic_that_raises_is_counted_as_broken_and_not_as_wrong():
    found = attacked(FakeCritic(RuntimeError("no")))
    assert found.total.broken > 0
    assert found.total.false_accepts == found.total.false_rejects == 0
    assert {b.what for b in found.breakages} == {"it raises"}


def test_every_attack_is_tried_and_the_same_seed_tries_the_same():
    first, second = attacked(FAMILY.critic), attacked(FAMILY.critic)
    assert first == second
    assert set(first.counts) == {*ATTACKS, NEAR_MISS}
    assert first.distinct <= first.total.tried


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_worth_what_it_says(name):
    """Read and judged by the twin, which shares nothing with the critic."""
    about = anyio.run(lambda: specimen(FAMILY, size=4, seed=3))
    known = ATTACKS[name]
    for seed in range(20):
        text = known.make(about, Random(seed))
        reading = FAMILY.read(about.problem, text)
        right = hasattr(reading, "solution") and FAMILY.twin(about.problem, reading)
        assert right is (known.worth is Worth.RIGHT), text


def judge_saying(text: str):
    async def ask(request) -> Completion:
        assert "--- PROPOSED ANSWER ---" in request.messages[0].content
        return Completion(text, "fake")

    return CriticBehindFamily(FAMILY, ModelJudge(FAMILY), ask)


@pytest.mark.parametrize(
    ("said", "counted"),
    [("Fine.\nVERDICT: RIGHT", "false_accepts"), ("**WRONG**", "false_rejects"), ("", "undecided")],
)
def test_a_model_judge_is_believed_by_its_last_verdict_and_guarantees_nothing(said, counted):
    judge = judge_saying(said)
    assert judge.guarantee == Guarantee.NONE
    attacked_one = Round(FAMILY, judge)
    anyio.run(lambda: attacked_one.attack(seed=1, texts=100))
    assert getattr(attacked_one.tally().total, counted) > 0


def test_a_model_judge_that_is_asked_at_once_is_asked_for_no_thoughts():
    asked = []

    async def ask(request) -> Completion:
        asked.append(request.messages[0].content)
        return Completion("VERDICT: RIGHT", "fake")

    for at_once in (True, False):
        judge = CriticBehindFamily(FAMILY, ModelJudge(FAMILY, at_once=at_once), ask)
        attacked_one = Round(FAMILY, judge)
        anyio.run(lambda one=attacked_one: one.attack(seed=1, texts=1))
    assert "step by step" not in asked[0]
    assert "step by step" in asked[-1]


def test_an_audit_is_the_same_however_it_is_cut_into_parts():
    whole = parts(["coloring"], texts=60, seed=5, texts_an_instance=20, instances_a_part=3)
    pieces = parts(["coloring"], texts=60, seed=5, texts_an_instance=20, instances_a_part=1)
    assert [len(part.seeds) for part in (*whole, *pieces)] == [3, 1, 1, 1]
    (one,) = audit(whole, processes=1)
    several = list(audit(pieces, processes=1))
    assert sum(each.total.tried for each in several) == one.total.tried
    assert sum(each.distinct for each in several) == one.distinct


@pytest.mark.slow
def test_two_processes_find_what_one_finds():
    work = parts(["coloring", "game24"], texts=80, seed=1, texts_an_instance=20, instances_a_part=1)
    here, there = (sorted(map(repr, audit(work, processes=count))) for count in (1, 2))
    assert here == there


def test_a_family_that_draws_nothing_cannot_be_audited():
    with pytest.raises(UsageError, match="coloring"):
        parts(["planning"], texts=10, seed=0)
    assert "planning" not in auditable()
    assert isinstance(parts(["coloring"], texts=1, seed=0)[0], Part)
    assert make_family("coloring") == FAMILY
