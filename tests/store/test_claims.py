"""Claims: two holders never hold one name, and what a dead process held is free."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from soundly.core.errors import StoreError
from soundly.store import Store
from soundly.store.claims import Claims
from soundly.store.process_name import is_gone, own_name

NAMES = [f"cell-{number}" for number in range(40)]


@pytest.fixture
def store(address):
    with Store.open(address) as opened:
        yield opened


def test_a_name_that_is_held_is_given_to_nobody_else(store):
    first, second = store.claims(), store.claims()
    assert first.take(NAMES[:3]) == set(NAMES[:3])
    assert second.take(NAMES[:5]) == set(NAMES[3:5])


def test_who_holds_a_name_may_take_it_again(store):
    claims = store.claims()
    claims.take(NAMES[:2])
    assert claims.take(NAMES[:3]) == set(NAMES[:3])


def test_what_is_released_is_free_and_the_rest_is_not(store):
    first, second = store.claims(), store.claims()
    first.take(NAMES[:3])
    first.release(NAMES[:1])
    assert second.take(NAMES[:3]) == {NAMES[0]}
    first.release()
    assert second.take(NAMES[:3]) == set(NAMES[:3])


def test_a_claim_lapses_unless_it_is_renewed(store):
    time = [1000.0]

    def holder():
        return Claims(store._database, lease_seconds=60, now=lambda: time[0])

    first, second = holder(), holder()
    first.take(["a"])
    time[0] += 50
    first.renew()
    time[0] += 50
    assert not second.take(["a"])
    time[0] += 11
    assert second.take(["a"]) == {"a"}
    assert not first.take(["a"])


def test_what_a_process_that_is_gone_held_is_free_at_once(address, store):
    code = (
        "import sys, os\nfrom soundly.store import Store\n"
        "Store.open(sys.argv[1]).claims().take(['a'])\nos.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, address], check=False, timeout=60)
    assert store.claims().take(["a"]) == {"a"}


def test_this_process_is_not_gone_and_one_with_its_number_but_another_start_is():
    name = own_name()
    host, pid, start, word = name.rsplit("/", 3)
    assert not is_gone(name)
    assert is_gone(f"{host}/{pid}/{int(start) + 1}/{word}")
    assert not is_gone(f"elsewhere/{pid}/{start}/{word}")


def test_of_many_that_take_at_once_one_gets_each_name(address):
    with Store.open(address) as store, ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(lambda _: store.claims().take(NAMES), range(4)))
    assert sorted(name for names in taken for name in names) == sorted(NAMES)


def test_whole_sessions_are_added_all_or_none(store, one_call):
    store.add([one_call("s1"), one_call("s2")])
    assert store.trace("s2") == one_call("s2")
    with pytest.raises(StoreError, match="already holds a session s1"):
        store.add([one_call("s3"), one_call("s1")])
    assert set(store.known(["s1", "s2", "s3"])) == {"s1", "s2"}


def test_what_is_added_whole_reads_as_what_was_written_record_by_record(store, one_call):
    for record in one_call("slow"):
        store.write("slow", record)
    store.add([one_call("fast")])
    known = store.known(["slow", "fast"])
    assert known["fast"].spent == known["slow"].spent
    assert known["fast"].certificate_sha256 == known["slow"].certificate_sha256
    assert store.certificate(known["fast"].certificate_sha256)


def test_more_ids_than_a_statement_takes_are_looked_up(store, one_call):
    store.add([one_call("s1")])
    assert set(store.known([*map(str, range(1200)), "s1"])) == {"s1"}
