"""Cells are handed out once each, claimed a little ahead, and whatever else works on them."""

from __future__ import annotations

from contextlib import closing

import anyio
import pytest

from soundly.bench.runs import works as module
from soundly.bench.runs.works import Works
from soundly.bench.suites.cells import cells_of
from soundly.bench.suites.suite import Grid, Suite
from soundly.core.errors import StoreError
from soundly.store import Store

AT_ONCE = 8


@pytest.fixture
def cells():
    grid = Grid(
        families=("last-letters",),
        sizes=(2,),
        seeds=tuple(range(50)),
        strategies=("single",),
        models=("scripted:any",),
    )
    return cells_of(Suite(name="works", grids=(grid,)))


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "store.sqlite3") as opened:
        yield opened


class Counting:
    """Claims that are all granted, and counted."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def take(self, names):
        self.names.extend(names)
        return frozenset(names)


class Broken(Counting):
    """A store that fails at the second claim."""

    def take(self, names):
        if self.names:
            raise StoreError("the disk is full")
        return super().take(names)


async def all_of(works: Works) -> list[str]:
    async def ask() -> None:
        while (work := await works.next()) is not None:
            given.append(work.cell.id)
            await anyio.lowlevel.checkpoint()

    given: list[str] = []
    async with anyio.create_task_group() as group:
        group.start_soon(works.claim)
        for _ in range(AT_ONCE):
            group.start_soon(ask)
    return given


def test_every_cell_is_handed_out_once_and_in_order(cells, store):
    claims = Counting()
    with closing(Works(cells, store=store, claims=claims, at_once=AT_ONCE)) as works:
        given = anyio.run(all_of, works)
    assert given == claims.names == [cell.id for cell in cells]


def test_cells_are_claimed_before_the_last_ones_are_asked_for_and_not_long_before(cells, store):
    async def ask(count: int) -> tuple[int, bool]:
        with closing(Works(cells, store=store, claims=claims, at_once=AT_ONCE)) as works:
            async with anyio.create_task_group() as group:
                group.start_soon(works.claim)
                for _ in range(count):
                    await works.next()
                await anyio.sleep(0.2)
                state = len(claims.names), works.dry
                group.cancel_scope.cancel()
        return state

    for asked in (1, AT_ONCE // 2 - 1, AT_ONCE // 2, AT_ONCE, 2 * AT_ONCE):
        claims = Counting()
        claimed, dry = anyio.run(ask, asked)
        assert asked + AT_ONCE // 2 <= claimed <= asked + AT_ONCE // 2 + AT_ONCE
        assert not dry


def test_what_another_one_holds_is_handed_out_when_it_lets_go(cells, store, monkeypatch):
    monkeypatch.setattr(module, "POLL_SECONDS", 0.01)
    other = store.claims()
    held = [cell.id for cell in cells[:5]]
    other.take(held)

    async def run() -> list[str]:
        given: list[str] = []
        with closing(Works(cells, store=store, claims=store.claims(), at_once=AT_ONCE)) as works:
            async with anyio.create_task_group() as group:
                group.start_soon(works.claim)
                while (work := await works.next()) is not None:
                    given.append(work.cell.id)
                    if len(given) == len(cells) - len(held):
                        other.release()
        return given

    given = anyio.run(run)
    assert given[-5:] == held
    assert sorted(given) == sorted(cell.id for cell in cells)


def test_a_store_that_fails_ends_whoever_waits(cells, store):
    with (
        closing(Works(cells, store=store, claims=Broken(), at_once=AT_ONCE)) as works,
        pytest.raises(ExceptionGroup) as raised,
    ):
        anyio.run(all_of, works)
    assert raised.group_contains(StoreError, match="the disk is full")
