"""The critic agrees with a timetable filled in by hand, and says all that is wrong."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.candidate import Candidate, Found
from soundly.core.errors import CriticError
from soundly.families.jobshop.critic import MAX_OVERLAPS, check
from soundly.families.jobshop.family import JobShopFamily
from soundly.families.jobshop.schedule import complete_starts, makespan
from soundly.families.jobshop.shop import Shop, shop_of
from soundly.kernel import Refused, recheck

FAMILY = JobShopFamily()
SHOP = Shop((((0, 3), (1, 2)), ((0, 2), (1, 4)), ((1, 5), (0, 1))), deadline=13)
RIGHT = (("job", "0", "0", "5"), ("job", "1", "3", "7"), ("job", "2", "0", "5"))


@pytest.mark.parametrize("odd", ["1@0-76", "0@0", "-1", "9" * 5_000, "soon", ""])
def test_near_misses_are_made_of_answers_that_are_odd_already(odd):
    """Edited answers are edited again: whatever is read as a schedule can be spoiled further."""
    problem = FAMILY.draw(size=3, seed=1)
    plain = FAMILY.right_answer(size=3, seed=1).splitlines()
    *_, right = plain[1].rpartition(" ")
    answer = "\n".join([plain[0], plain[1].removesuffix(right) + odd, *plain[2:]])
    for seed in range(30):
        rng, text = random.Random(seed), answer
        for _ in range(6):
            reading = FAMILY.read(problem, text)
            if not isinstance(reading, Found):
                break
            FAMILY.twin(problem, Candidate(reading.solution, reading.canonical, "test"))
            text = FAMILY.near_miss(problem, text, rng)


def test_critic_kernel_and_twin_agree_on_near_misses():
    """Of near misses in all forms, right and wrong, all three say the same."""
    rng = random.Random(5)
    accepted = total = 0
    for seed in range(40):
        size = rng.randint(3, 4)
        problem = FAMILY.draw(size=size, seed=seed)
        answer = FAMILY.right_answer(size=size, seed=seed)
        for _ in range(40):
            reading = FAMILY.read(problem, FAMILY.near_miss(problem, answer, rng))
            if not isinstance(reading, Found):
                continue
            candidate = Candidate(reading.solution, reading.canonical, "test")
            verdict = check(shop_of(problem), reading.solution)
            assert FAMILY.twin(problem, candidate) == verdict.accepted, reading
            try:
                recheck(FAMILY.certify(problem, candidate).document)
            except Refused:
                assert verdict.rejected
            else:
                assert verdict.accepted
            accepted += verdict.accepted
            total += 1
    assert 0.1 < accepted / total < 0.9


@given(st.lists(st.lists(st.integers(0, 12), min_size=2, max_size=2), min_size=3, max_size=3))
def test_critic_and_twin_agree_on_any_starts(rows):
    """Law: of starts drawn at random, both say the same, and a faultless one is accepted."""
    answer = tuple(("job", str(job), *map(str, row)) for job, row in enumerate(rows))
    problem = SHOP.problem("p")
    assert FAMILY.twin(problem, Candidate(answer, "", "test")) == check(SHOP, answer).accepted


@given(st.lists(st.permutations(["0", "1", "2"]), min_size=2, max_size=2))
def test_orders_give_the_earliest_starts(orders):
    """Law: orders are accepted exactly if they do not wait for each other and are in time."""
    answer = tuple(("machine", str(at), *order) for at, order in enumerate(orders))
    problem = SHOP.problem("p")
    assert FAMILY.twin(problem, Candidate(answer, "", "test")) == check(SHOP, answer).accepted
    starts = complete_starts(SHOP, answer)
    if starts is not None:
        rows = tuple(("job", str(job), *map(str, row)) for job, row in enumerate(starts))
        assert check(SHOP, rows).accepted == (makespan(SHOP, starts) <= 13)


def test_all_faults_are_told_with_their_places():
    """One rejection names every fault, with times that would do."""
    answer = (("job", "0", "0", "2"), ("job", "1", "2", "12"), ("job", "7", "0", "0"), ("maybe",))
    told = [str(critique) for critique in check(SHOP, answer).critiques]
    assert told == [
        "'maybe' is no line of a schedule, as in job 0: 0 7 12",
        "'7' is no job: they are 0 to 2",
        "job 2: it is given no starts",
        "job 0, operation 2: it begins at 2, and operation 1 ends at 3 (begin at 3 or later)",
        "machine 0: job 0 has it from 0 to 3, job 1 from 2 to 4 (begin job 1 there at 3 or later)",
        "the makespan is 16, the deadline 13: job 1 not done by then",
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("job", "2", "0"), "wrong-number-of-starts"),
        (("job", "2", "0", "5", "9"), "wrong-number-of-starts"),
        (("job", "2", "0", "soon"), "unclear-start"),
        (("job", "2", "0", "05"), "unclear-start"),
        (("job", "2", "0", "9999999999"), "unclear-start"),
        (("job", "2", "0", "\uff15"), "unclear-start"),
        (("job", "2", "1@0", "2@5"), "unknown-machine"),
        (("job", "2", "1@0", "1@5"), "operation-twice"),
        (("job", "2", "0-4", "5"), "wrong-end"),
        (("job", "02", "0", "5"), "unknown-job"),
        (("machine", "0", "0", "1", "2"), "two-forms"),
    ],
)
def test_a_line_that_states_no_starts_is_named(line, code):
    """Too few, too many, no times, machines that are not visited, ends that are none."""
    critiques = check(SHOP, (*RIGHT[:2], line)).critiques
    assert code in {critique.code for critique in critiques}


@pytest.mark.parametrize(
    ("orders", "code"),
    [
        ((("machine", "0", "0", "1", "2"),), "no-order"),
        ((("machine", "0", "0", "1"), ("machine", "1", "2", "0", "1")), "job-missing"),
        ((("machine", "0", "0", "1", "2", "2"), ("machine", "1", "2", "0", "1")), "job-twice"),
        ((("machine", "0", "0", "1", "9"), ("machine", "1", "2", "0", "1")), "unknown-job"),
        ((("machine", "3", "0", "1", "2"),), "unknown-machine"),
        ((("machine", "0", "2", "1", "0"), ("machine", "1", "0", "1", "2")), "circular-wait"),
    ],
)
def test_orders_that_give_no_schedule_are_named(orders, code):
    """Missing and unknown jobs and machines, and orders that wait for each other."""
    assert code in {critique.code for critique in check(SHOP, orders).critiques}


@pytest.mark.parametrize(
    "answer",
    [
        RIGHT,
        (*RIGHT[:2], ("job", "2", "0@5", "1@0")),
        (*RIGHT[:2], ("job", "2", "0-5", "5-6")),
        (("machine", "0", "0", "1", "2"), ("machine", "1", "2", "0", "1")),
    ],
)
def test_the_same_schedule_is_accepted_in_every_form(answer):
    """Starts in order, starts by machine, starts with ends, and orders on machines."""
    assert check(SHOP, answer).accepted


def test_without_a_deadline_every_schedule_that_can_be_kept_is_accepted():
    """However late it is; and nothing that cannot be kept is."""
    free = Shop(SHOP.jobs)
    late = (("job", "0", "0", "500"), *RIGHT[1:])
    assert check(SHOP, late).rejected
    assert check(free, late).accepted
    assert check(free, (("job", "0", "4", "5"), *RIGHT[1:])).rejected


def test_very_many_overlaps_are_counted_and_not_listed():
    """Two thousand jobs at one moment make two million overlaps, judged within seconds."""
    shop = Shop(tuple(((0, 5),) for _ in range(2_000)))
    started = time.process_time()
    critiques = check(shop, tuple(("job", str(job), "0") for job in range(2_000))).critiques
    assert len(critiques) == MAX_OVERLAPS + 1
    assert critiques[-1].message.startswith(f"{1_999_000 - MAX_OVERLAPS} more pairs")
    assert time.process_time() - started < 5


@pytest.mark.parametrize("solution", ["0", ((),), (("job", 2),), (("robot", "1"),)])
def test_a_schedule_of_another_kind_breaks_the_critic(solution):
    """That is a broken part, and no wrong answer."""
    with pytest.raises(CriticError):
        FAMILY.certify(SHOP.problem("p"), Candidate(solution, "", "test"))


def test_a_line_alone_is_no_schedule_of_a_single_operation():
    """A word that could be a start is none unless its line says whose."""
    problem = Shop((((0, 3),),)).problem("p")
    candidate = Candidate((("5",),), "", "test")
    assert check(shop_of(problem), candidate.solution).rejected
    with pytest.raises(Refused):
        recheck(FAMILY.certify(problem, candidate).document)
