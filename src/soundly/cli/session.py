"""Runs one session: to the store, to its folder and to the screen, and ends it for people."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, ExitStack, aclosing, nullcontext
from functools import partial
from pathlib import Path

import anyio

from soundly.cli.amounts import bill
from soundly.cli.display.console import open_console
from soundly.cli.display.ending import ending
from soundly.cli.display.live import LiveDisplay
from soundly.cli.documents import Kept, broken_document, outcome_document
from soundly.cli.exits import Exit, for_status
from soundly.cli.folder import SessionFolder
from soundly.cli.person import ASSIST, TerminalPerson, require_terminal
from soundly.cli.typed_lines import TypedLines
from soundly.config import face
from soundly.config.budget import parse_budget
from soundly.config.default_model import default_model
from soundly.config.families import make_family
from soundly.config.generators import OpenModel, open_model
from soundly.config.given_text import advice_of
from soundly.config.routing import route_problem
from soundly.config.strategies import DEFAULT, needs_model, parse_strategy
from soundly.core.errors import SoundlyError, UsageError
from soundly.core.events import Sink
from soundly.core.family import Family
from soundly.core.notation import notation_read_by
from soundly.core.outcome import Outcome
from soundly.core.problem import Problem
from soundly.core.session import Strategy
from soundly.core.spend import Budget
from soundly.routing.asked import Route
from soundly.store import Store, default_location


def run_session(
    state_problem: Callable[[], Problem],
    *,
    model: str | None,
    strategy: str,
    budget: str,
    seed: int,
    as_json: bool,
    out: Path | None,
    store: str | None,
    keep: bool,
    cache: Path | None,
    record: Path | None,
    route: Route | None = None,
    advice: str | None = None,
    with_me: bool = False,
) -> Exit:
    """Solve, show, keep, re-check; returns the exit code of the outcome.

    Everything that can be refused is refused before the first call is paid for.
    """
    if with_me:
        require_terminal(as_json=as_json)
        strategy = ASSIST if strategy == DEFAULT and route is None else strategy
    limits = parse_budget(budget)
    told = None if advice is None else advice_of(advice, what="--advice")
    parse_strategy(strategy)
    problem = state_problem()
    family = make_family(problem.family)
    parse_strategy(strategy, family)
    with ExitStack() as stack:
        if model is None and route is None and needs_model(strategy):
            model = default_model(problem, family)
        opened = open_model(model, cache=cache, record=record) if model is not None else None
        asked: str | Strategy = strategy
        if route is not None:
            opened, asked = _routed(problem, route, opened, limits, cache=cache, record=record)
        folder = stack.enter_context(SessionFolder(out))
        kept_in = stack.enter_context(_store(store)) if keep else None
        display = None if as_json else LiveDisplay(open_console(), seen=with_me)
        sinks: list[Sink] = [sink for sink in (kept_in, folder, display) if sink is not None]
        person = _person(display, problem, family, opened) if with_me and display else None

        call = partial(
            face.solve,
            problem,
            strategy=asked,
            advice=told,
            person=person,
            budget=limits,
            seed=seed,
            sinks=sinks,
        )
        try:
            with display or nullcontext():
                outcome = anyio.run(_solve, call, opened)
        except KeyboardInterrupt:
            _say_interrupted(folder, kept=keep)
            return Exit.INTERRUPTED
        except SoundlyError as error:
            _show_broken(folder, error, as_json=as_json)
            raise
        kept = folder.finish(outcome)
    _show(outcome, kept, stored=keep, as_json=as_json)
    return for_status(outcome.status)


async def _solve(call: Callable[..., Awaitable[Outcome]], opened: OpenModel | None) -> Outcome:
    """What the call comes to; the model is closed when it ends."""
    async with AsyncExitStack() as open_for_now:
        if opened is None:
            return await call(model=None)
        await open_for_now.enter_async_context(aclosing(opened))
        return await call(model=opened.generator)


def _person(
    display: LiveDisplay, problem: Problem, family: Family, opened: OpenModel | None
) -> TerminalPerson:
    heard = opened is None or notation_read_by(opened.generator) is None
    return TerminalPerson(
        display.console,
        TypedLines(sys.stdin.fileno()),
        read=partial(family.read, problem),
        paused=display.paused,
        heard=heard,
    )


def _routed(
    problem: Problem,
    route: Route,
    opened: OpenModel | None,
    limits: Budget,
    *,
    cache: Path | None,
    record: Path | None,
) -> tuple[OpenModel | None, Strategy]:
    """The model and the strategy that the route leads to; a model that is open already stays."""
    named = None if opened is None else opened.generator.name
    found = route_problem(problem, route, named=named, budget=limits)
    if opened is None and found.model is not None:
        opened = open_model(found.model, cache=cache, record=record)
    return opened, found.strategy


def _store(location: str | None) -> Store:
    return Store.open(location or default_location(os.environ))


def _show(outcome: Outcome, kept: Kept, *, stored: bool, as_json: bool) -> None:
    if as_json:
        print(json.dumps(outcome_document(outcome, kept)))
        return
    console = open_console()
    for renderable in ending(outcome, kept, stored=stored):
        # soft: a path that is longer than the line must stay one that can be copied
        console.print(renderable, soft_wrap=isinstance(renderable, str))


def _show_broken(folder: SessionFolder, error: SoundlyError, *, as_json: bool) -> None:
    """What a broken session leaves: its bill, and where its trace is."""
    if error.record is None:
        return
    if isinstance(error, UsageError) and not (error.record.spend.calls or as_json):
        return  # nothing broke: the input was refused before anything was bought
    if as_json:
        print(json.dumps(broken_document(error, folder.path)))
        return
    account = folder.state.account
    spent = bill(error.record.spend, unpriced_calls=account.unpriced_calls)
    open_console().print(f"session {error.record.session_id} broke after {spent}")


def _say_interrupted(folder: SessionFolder, *, kept: bool) -> None:
    """One line with the bill; calls that were under way stand in it at their upper bound."""
    ended = folder.state.ended
    if ended is None:
        print("soundly: interrupted before the session began", file=sys.stderr)
        return
    session_id = folder.state.started.session_id
    spent = bill(ended.spend, unpriced_calls=folder.state.account.unpriced_calls)
    more = f"; soundly trace {session_id}" if kept else ""
    print(f"soundly: interrupted: {spent}{more}", file=sys.stderr)
