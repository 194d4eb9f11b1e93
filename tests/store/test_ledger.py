"""One budget for all sessions of a run, whoever opens them and however they end."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soundly.core.errors import StoreError
from soundly.core.spend import Budget, Spend
from soundly.store import Store
from soundly.store.claims import Claims
from soundly.store.ledger import Amount, Ledger


@pytest.fixture
def store(address):
    with Store.open(address) as opened:
        yield opened


@pytest.fixture
def opened(store):
    """A ledger of somebody who holds a claim, begun with nothing spent."""

    def make(run="run", spent=Spend()):
        claims = store.claims()
        claims.take([uuid4().hex])
        ledger = store.ledger(run, claims)
        ledger.begin(lambda: spent)
        return ledger, claims

    return make


@pytest.fixture
def ended(store, one_call):
    """Stores a session of one call, 100 tokens and a quarter of a dollar."""

    def end(session_id):
        store.add([one_call(session_id)])

    return end


def test_a_session_is_granted_while_its_bound_fits_and_waits_for_those_that_are_open(opened, ended):
    ledger, _ = opened()
    budget = Budget(tokens=1000)
    assert ledger.reserve("a", Amount(1, 600), budget) == "granted"
    assert ledger.reserve("b", Amount(1, 401), budget) == "wait"
    assert ledger.reserve("c", Amount(1, 400), budget) == "granted"
    ended("a")
    assert ledger.reserve("b", Amount(1, 501), budget) == "wait"
    assert ledger.reserve("b", Amount(1, 500), budget) == "granted"


@pytest.mark.parametrize("limit", [{"calls": 2}, {"tokens": 200}, {"dollars": 0.5}])
def test_every_limit_is_kept_and_nothing_is_waited_for_when_nothing_is_open(opened, ended, limit):
    ledger, _ = opened()
    budget, most = Budget(**limit), Amount(1, 100, 0.25)
    for session in ("a", "b"):
        assert ledger.reserve(session, most, budget) == "granted"
    assert ledger.reserve("c", most, budget) == "wait"
    ended("a")
    ended("b")
    assert ledger.reserve("c", most, budget) == "refused"


def test_what_was_spent_before_counts(opened):
    ledger, _ = opened(spent=Spend(3, 50, 20))
    assert ledger.reserve("a", Amount(1, 31), Budget(tokens=100)) == "refused"
    assert ledger.reserve("a", Amount(1, 30), Budget(tokens=100)) == "granted"


def test_two_who_share_a_run_share_its_budget_and_another_run_has_its_own(opened):
    (first, _), (second, _), (other, _) = opened(), opened(), opened("other")
    assert first.reserve("a", Amount(1), Budget(calls=1)) == "granted"
    assert second.reserve("b", Amount(1), Budget(calls=1)) == "wait"
    assert other.reserve("b", Amount(1), Budget(calls=1)) == "granted"


def test_who_joins_while_sessions_are_open_changes_nothing(opened):
    first, _ = opened(spent=Spend(5))
    first.reserve("a", Amount(1), Budget(calls=9))
    joined, _ = opened(spent=Spend(0))
    assert joined.reserve("b", Amount(4), Budget(calls=9)) == "wait"
    assert joined.reserve("b", Amount(3), Budget(calls=9)) == "granted"


def test_who_begins_when_nothing_is_open_begins_with_what_the_store_says(opened, ended):
    first, _ = opened(spent=Spend(5))
    first.reserve("a", Amount(1), Budget(calls=9))
    ended("a")
    again, _ = opened(spent=Spend(7))
    assert again.reserve("b", Amount(3), Budget(calls=9)) == "refused"
    assert again.reserve("b", Amount(2), Budget(calls=9)) == "granted"


def test_what_somebody_who_is_gone_set_aside_becomes_what_the_session_spent(
    opened, store, one_call
):
    first, claims = opened()
    second, _ = opened()
    budget = Budget(calls=5, tokens=1000, dollars=2.0)
    first.reserve("a", Amount(5, 900, 1.0), budget)
    for record in one_call("a")[:2]:
        store.write("a", record)  # a call was held for 150 tokens and never came back
    assert second.reserve("b", Amount(4, 850), budget) == "wait"
    claims.release()
    for too_much in (Amount(4, 851), Amount(5, 850), Amount(4, 850, 1.51)):
        assert second.reserve("b", too_much, budget) == "refused"
    assert second.reserve("b", Amount(4, 850, 1.5), budget) == "granted"


def test_a_lease_that_lapsed_frees_what_was_set_aside(store):
    time = [1000.0]
    claims = [Claims(store._database, lease_seconds=60, now=lambda: time[0]) for _ in range(2)]
    for number, each in enumerate(claims):
        each.take([str(number)])
    first, second = (Ledger(store._database, "run", each) for each in claims)
    first.begin(Spend)
    assert first.reserve("a", Amount(1), Budget(calls=1)) == "granted"
    time[0] += 59
    claims[1].renew()
    assert second.reserve("b", Amount(1), Budget(calls=1)) == "wait"
    time[0] += 2
    assert second.reserve("b", Amount(1), Budget(calls=1)) == "granted"


def test_many_at_once_are_granted_no_more_than_there_is(opened):
    ledgers = [opened()[0] for _ in range(6)]
    budget = Budget(calls=20)

    def ask(number):
        return ledgers[number % 6].reserve(str(number), Amount(3), budget)

    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(ask, range(30)))
    assert replies.count("granted") == 6
    assert replies.count("wait") == 24


KILLED = """
import os, sys
from soundly.core.errors import StoreError
from soundly.core.spend import Budget, Spend
from soundly.store import Store
from soundly.store.ledger import Amount
store = Store.open(sys.argv[1])
claims = store.claims()
claims.take(["theirs"])
ledger = store.ledger("run", claims)
ledger.begin(Spend)
print(ledger.reserve("a", Amount(3), Budget(calls=3)), flush=True)
os.kill(os.getpid(), 9)
"""


def test_a_process_that_was_killed_holds_nothing_back(opened, address):
    opened()
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, address], stdout=subprocess.PIPE, text=True, check=False
    )
    assert (killed.stdout, killed.returncode) == ("granted\n", -9)
    ledger, _ = opened()
    assert ledger.reserve("b", Amount(3), Budget(calls=3)) == "granted"


def test_a_session_that_somebody_gone_had_reserved_for_is_reserved_for_anew(opened):
    first, claims = opened()
    second, _ = opened()
    budget = Budget(calls=3)
    assert first.reserve("a", Amount(3), budget) == "granted"
    assert first.reserve("a", Amount(3), budget) == "granted"
    assert second.reserve("b", Amount(1), budget) == "wait"
    claims.release()
    assert second.reserve("a", Amount(3), budget) == "granted"
    assert second.reserve("b", Amount(1), budget) == "wait"


def test_a_ledger_that_was_not_begun_grants_nothing(store):
    with pytest.raises(StoreError, match="before it has begun its ledger"):
        store.ledger("run", store.claims()).reserve("a", Amount(1), Budget(calls=9))


AFTER = st.sampled_from(["ends", "goes", "stays"])
STEPS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 8), AFTER), max_size=14)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(limit=st.integers(0, 20), steps=STEPS)
def test_it_does_what_adding_up_by_hand_does(opened, ended, limit, steps):
    """The naive twin: one number that was spent, and a bound for each open session.

    Few sessions are asked for, by owners who may go, as cells are taken over from the dead.
    """
    word = uuid4().hex
    opened(word)[0].reserve(f"{word}-pin", Amount(0), Budget())  # so that nobody begins anew
    spent, still_open, done, owners = 0, {}, set(), {}
    for name, most, then in steps:
        session = f"{word}-{name}-{len([each for each in done if each[0] == name])}"
        if session not in owners:
            owners[session] = opened(word)
        ledger, claims = owners[session]
        fits = session in still_open or spent + sum(still_open.values()) + most <= limit
        assert ledger.reserve(session, Amount(most), Budget(calls=limit)) == (
            "granted" if fits else "wait"
        )
        if not fits:
            continue
        still_open.setdefault(session, most)
        if then == "ends" and still_open[session] >= 1:  # those stored here make one call each
            del still_open[session]
            done.add((name, session))
            ended(session)
            spent += 1
        elif then == "goes":
            claims.release()
            del still_open[session], owners[session]
        assert spent + sum(still_open.values()) <= limit
