"""Shops: statements, official files, Taillard's generator, bounds."""

import random
from itertools import permutations, product

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.core.candidate import Candidate
from soundly.core.errors import ProblemError, UsageError
from soundly.core.problem import Problem
from soundly.core.solver import SolverAsserted, SolverFound, SolverProved
from soundly.families.jobshop.bounds import best_bound, gap_of
from soundly.families.jobshop.family import JobShopFamily
from soundly.families.jobshop.orlib import read_collection
from soundly.families.jobshop.schedule import complete_starts, makespan
from soundly.families.jobshop.shop import Shop, shop_of
from soundly.families.jobshop.solver import JobShopSolver
from soundly.families.jobshop.taillard import taillard
from soundly.kernel import Refused, recheck

FAMILY = JobShopFamily()
SOLVER = JobShopSolver()


@st.composite
def shops(draw):
    """Up to three jobs on up to three machines."""
    machines = draw(st.integers(1, 3))
    routes = draw(st.lists(st.permutations(range(machines)), min_size=1, max_size=3))
    durations = st.integers(1, 6)
    return Shop(tuple(tuple((at, draw(durations)) for at in route) for route in routes))


def shortest(shop: Shop) -> int:
    """By all orders of jobs on all machines."""
    found = []
    names = [str(job) for job in range(len(shop.jobs))]
    for orders in product(permutations(names), repeat=shop.machines):
        answer = tuple(("machine", str(at), *order) for at, order in enumerate(orders))
        starts = complete_starts(shop, answer)
        if starts is not None:
            found.append(makespan(shop, starts))
    return min(found)


@given(shops())
def test_no_schedule_is_shorter_than_the_bound(shop):
    """Law: the bound lies between the length of every job and the shortest of all schedules."""
    bound = best_bound(shop)
    assert bound.value <= shortest(shop)
    assert bound.value >= max(sum(duration for _, duration in job) for job in shop.jobs)


@given(shops(), st.integers(0, 3))
def test_the_kernel_refuses_a_bound_that_the_deadline_meets(shop, room):
    """Law: a deadline that some schedule keeps is never proved out of reach."""
    least = best_bound(shop)
    for deadline in (shortest(shop) + room, least.value - 1 - room):
        problem = Shop(shop.jobs, max(0, deadline)).problem("p")
        document = certificate(problem, least.evidence())
        if deadline < least.value:
            assert recheck(document).claim == "unsolvable"
        else:
            with pytest.raises(Refused, match="does not lie beyond"):
                recheck(document)


def certificate(problem: Problem, bound: object) -> dict:
    from soundly.core.certificate import certify

    evidence = {"bound": bound}
    kind = "job-shop-bound"
    return dict(certify(problem, claim="unsolvable", kind=kind, evidence=evidence).document)


@pytest.mark.parametrize(
    "bound",
    [
        {"machine": 0, "jobs": []},
        {"machine": 0, "jobs": [0, 0]},
        {"machine": 0, "jobs": [2]},
        {"machine": 0, "jobs": [-1]},
        {"machine": 0, "jobs": [True]},
        {"machine": 2, "jobs": [0]},
        {"machine": False, "jobs": [0]},
        {"machine": "0", "jobs": [0]},
        {"jobs": [0]},
        None,
    ],
)
def test_a_bound_that_names_no_operations_is_refused(bound):
    """Jobs are different ones that there are, and the machine is one that they visit."""
    problem = Shop((((0, 3), (1, 2)), ((0, 2), (1, 4))), deadline=0).problem("p")
    with pytest.raises(Refused):
        recheck(certificate(problem, bound))
    assert recheck(certificate(problem, {"machine": 0, "jobs": [0, 1]}))


def test_without_a_deadline_nothing_is_out_of_reach():
    """A bound alone refutes nothing."""
    with pytest.raises(Refused, match="always a schedule"):
        recheck(certificate(Shop((((0, 3),),)).problem("p"), {"machine": 0, "jobs": [0]}))


def test_ft06_has_the_known_optimum(ft06):
    """55 is reached, 54 is asserted out of reach, and 46 is proved so."""
    pytest.importorskip("ortools", reason="schedules are found by CP-SAT")
    free = Problem("job-shop", "ft06", {"instance": ft06})
    answer = anyio.run(SOLVER.solve, free)
    assert isinstance(answer, SolverFound)
    found = FAMILY.read(free, answer.text)
    starts = complete_starts(shop_of(free), found.solution)
    assert makespan(shop_of(free), starts) == 55
    least = best_bound(shop_of(free)).value
    assert str(gap_of(shop_of(free), starts, asserted=55)) == (
        f"makespan 55, proved at least {least}: gap {55 / least - 1:.1%}; "
        "a solver asserts at least 55"
    )
    sealed = FAMILY.certify(free, Candidate(found.solution, found.canonical, "test"))
    said = f"makespan 55, and no schedule is shorter than {least}"
    assert recheck(sealed.document).summary == said
    kinds = {54: SolverAsserted, least - 1: SolverProved}
    for deadline, kind in kinds.items():
        tight = Problem("job-shop", "ft06", {"instance": ft06, "deadline": str(deadline)})
        assert isinstance(anyio.run(SOLVER.solve, tight), kind)


def test_taillards_seeds_give_his_first_instance():
    """The published seeds of ta01, and the first rows of durations and machines."""
    seeds = {"time_seed": 840612802, "machine_seed": 398197754}
    shop = taillard(jobs=15, machines=15, **seeds)
    durations = [94, 66, 10, 53, 26, 15, 65, 82, 10, 27, 93, 92, 96, 70, 83]
    machines = [7, 13, 5, 8, 4, 3, 11, 12, 9, 15, 10, 14, 6, 1, 2]
    assert [duration for _, duration in shop.jobs[0]] == durations
    assert [machine + 1 for machine, _ in shop.jobs[0]] == machines
    for seed in (0, 2**31 - 1):
        with pytest.raises(ValueError, match="a seed is"):
            taillard(jobs=2, machines=2, time_seed=seed, machine_seed=1)


def test_a_collected_file_is_read_and_broken_instances_are_skipped(ft06):
    """Preamble, descriptions and plus signs are passed over; broken ones are named by line."""
    plus = " +++++++++++++++++++++++++++++\n"
    text = (
        "This file has 82 instances.\n\n instance ft06\n\n" + plus
        + " Fisher and Thompson 6x6 instance, alternate name (mt06)\n" + ft06 + plus
        + " instance odd\n\n" + plus + " of two jobs, with one missing\n 2 1\n 0 5\n" + plus
        + " instance none\n" + plus + " instance ft06\n 1 1\n 0 1\n"
        + " instance small\n 1 1\n 0 1\n" + plus + "end"
    )  # fmt: skip
    collection = read_collection(text)
    assert list(collection.shops) == ["ft06", "small"]
    assert collection.shops["ft06"] == shop_of(Problem("job-shop", "p", {"instance": ft06}))
    assert [str(error) for error in collection.skipped] == [
        "jobshop1.txt, line 19: 2 jobs are stated, and 1 are listed",
        "jobshop1.txt, line 22: the instance has no line with the numbers of jobs and machines",
        "jobshop1.txt, line 24: instance ft06 comes twice",
    ]
    with pytest.raises(ProblemError, match="no line such as 'instance ft06'"):
        read_collection("ft06\n6 6\n")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ({"instance": ""}, "line 1: the number of jobs and of machines have to come first"),
        ({"instance": "# none\n\n2\n"}, "line 3: the number of jobs"),
        ({"instance": "0 1\n"}, "wanted 1 to 100000 operations"),
        ({"instance": "999999 999999\n"}, "wanted 1 to 100000 operations"),
        ({"instance": "2 1\n0 5\n"}, "2 jobs are stated, and 1 are listed"),
        ({"instance": "1 2\n0 5\n"}, "line 2: 2 numbers came, wanted a machine and a duration 2"),
        ({"instance": "1 2\n0 5 0 3\n"}, "does not visit each of the machines 0 to 1 once"),
        ({"instance": "1 2\n1 5 2 3\n"}, "does not visit each of the machines 0 to 1 once"),
        ({"instance": "1 1\n0 0\n"}, "takes no time"),
        ({"instance": "1 1\n0 ²\n"}, "line 2: '²' came, wanted a number"),
        ({"instance": "1 1\n0 " + "9" * 5000}, "came, wanted a number"),
        ({"instance": "1 1\n0 5\n", "deadline": "-1"}, "deadline: '-1' is no time"),
        ({"instance": "1 1\n0 5\n", "due": "1"}, "states instance and perhaps deadline"),
        ({"deadline": "1"}, "states instance and perhaps deadline"),
    ],
)
def test_a_broken_statement_is_refused_with_its_line(statement, said):
    """What was wrong, what came, and what was wanted; the kernel refuses it as well."""
    problem = Problem("job-shop", "broken", statement)
    with pytest.raises(ProblemError, match=said):
        shop_of(problem)
    with pytest.raises(Refused):
        recheck(certificate(problem, {"machine": 0, "jobs": [0]}))


@pytest.mark.parametrize(
    ("jobs", "deadline"),
    [
        ((), None),
        (((),), None),
        ((((0, 1), (0, 1)),), None),
        ((((1, 1),),), None),
        ((((0, 0),),), None),
        ((((0, 1),), ((0, 1), (1, 1))), None),
        ((((0, 1),),), -1),
    ],
)
def test_a_shop_checks_itself(jobs, deadline):
    """Every job visits every machine once, for a time, and a deadline is a time."""
    with pytest.raises(ValueError, match=r"a shop has|does not visit|duration|deadline is"):
        Shop(jobs, deadline)


@pytest.mark.parametrize("size", [-1, 2, 101])
def test_a_size_out_of_range_is_refused(size):
    """Three jobs are the least, and a hundred the most."""
    for draw in (FAMILY.draw, FAMILY.draw_unsolvable):
        with pytest.raises(UsageError, match="wanted 3 to 100"):
            draw(size=size, seed=0)


@pytest.mark.parametrize("size", [3, 5, 8])
def test_what_is_drawn_unsolvable_is_proved_so(size):
    """By the bound alone, without CP-SAT."""
    for seed in range(5):
        answer = anyio.run(SOLVER.solve, FAMILY.draw_unsolvable(size=size, seed=seed))
        assert isinstance(answer, SolverProved)
        assert recheck(answer.certificate.document).claim == "unsolvable"


def test_the_canonical_form_survives_any_renumbering():
    """Jobs and machines renumbered give the same form; another duration or deadline does not."""
    rng = random.Random(0)
    for seed in range(20):
        shop = shop_of(FAMILY.draw(size=4, seed=seed))
        numbers = rng.sample(range(4), 4)
        jobs = [tuple((numbers[machine], d) for machine, d in job) for job in shop.jobs]
        rng.shuffle(jobs)
        copy = Shop(tuple(jobs), shop.deadline)
        longer = Shop((*jobs[:-1], (*jobs[-1][:-1], (jobs[-1][-1][0], 100))), shop.deadline)
        forms = [FAMILY.canonical_form(each.problem("p")) for each in (shop, copy, longer)]
        assert forms[0] == forms[1] != forms[2]
