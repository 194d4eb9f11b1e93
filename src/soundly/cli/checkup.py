"""What `soundly doctor` asks of every part, and what it finds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import Enum
from functools import partial

import anyio

from soundly.cli.amounts import plural
from soundly.cli.family_check import can_be_checked, check_family
from soundly.cli.known_case import BAD, GOOD, SOLVABLE, UNSOLVABLE
from soundly.cli.sandboxes import sandboxes
from soundly.config import registry
from soundly.config.availability import known_models
from soundly.config.extras import ExtraMissingError
from soundly.config.strategies import make_solver
from soundly.core.candidate import Candidate
from soundly.core.certificate import certify
from soundly.core.critic import Critic
from soundly.core.errors import CriticError, SolverError, SoundlyError
from soundly.core.problem import Problem
from soundly.core.solver import (
    SolverAsserted,
    SolverFound,
    SolverGaveUp,
    SolverNotForThis,
    SolverProved,
)
from soundly.core.verdict import Decision, Guarantee
from soundly.critics.no_model import no_model
from soundly.families.planning.pddl import Plan, format_atom, format_plan, parse_plan
from soundly.families.planning.problems import validator_of
from soundly.kernel import Refused, recheck
from soundly.store import Store, default_location


class State(Enum):
    """OK; MISSING, which fails nothing; or FAILED, which says that the part cannot be trusted."""

    OK = "ok"
    MISSING = "missing"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one part."""

    area: str
    name: str
    state: State
    detail: str

    def document(self) -> dict[str, str]:
        """As JSON says it."""
        return {**asdict(self), "state": self.state.value}


def checkup(store: str | None) -> Iterator[Finding]:
    """One finding after the other, each as soon as it is there."""
    for name in registry.names("critics"):
        yield _checked("critics", name, partial(_check_critic, name))
    for name in filter(can_be_checked, registry.names("families")):
        yield _checked("families", name, partial(check_family, name))
    yield _checked("kernel", "soundly.kernel", _check_kernel)
    for name in registry.names("solvers"):
        yield _checked("planners and provers", name, partial(_check_solver, name))
    for model in known_models():
        state = State.OK if model.availability.usable else State.MISSING
        state = State.FAILED if model.broken else state
        yield Finding("models", model.written, state, model.availability.reason or "usable")
    for name, lacking in sandboxes():
        state = State.MISSING if lacking else State.OK
        yield Finding("sandboxes", name, state, lacking or "usable")
    location = store or default_location(os.environ)
    yield _checked("store", "store", partial(_check_store, location))


def _checked(area: str, name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(area, name, State.OK, check())
    except ExtraMissingError as error:
        return Finding(area, name, State.MISSING, str(error))
    except SoundlyError as error:
        return Finding(area, name, State.FAILED, str(error))
    except Exception as error:  # noqa: BLE001 - a stranger's part; the checkup goes on to the next
        return Finding(area, name, State.FAILED, f"{type(error).__name__}: {error}")


def _check_critic(name: str) -> str:
    critic: Critic = registry.load("critics", name)()
    worth = " and ".join(critic.guarantee.words()) or "advice only"
    decision = anyio.run(_judge, critic, GOOD)
    if decision is not Decision.ACCEPT and Guarantee.COMPLETE in critic.guarantee:
        raise CriticError(f"it is called complete and does not accept a right plan: {decision}")
    for what, plan in BAD.items():
        if anyio.run(_judge, critic, plan) is Decision.ACCEPT and (
            Guarantee.SOUND in critic.guarantee
        ):
            raise CriticError(f"it is called sound and accepts a plan with {what}")
    return f"{worth}: accepts a right plan, rejects {len(BAD)} wrong ones"


async def _judge(critic: Critic, plan: Plan) -> Decision:
    candidate = Candidate(plan, format_plan(plan), "doctor")
    return (await critic.judge(SOLVABLE, candidate, no_model)).decision


def _check_kernel() -> str:
    recheck(_plan_certificate(GOOD))
    for what, plan in BAD.items():
        try:
            recheck(_plan_certificate(plan))
        except Refused:
            continue
        raise CriticError(f"the kernel accepts a certificate whose plan has {what}")
    tampered = {**_plan_certificate(GOOD), "evidence": {"plan": []}}
    try:
        recheck(tampered)
    except Refused:
        return f"accepts a right certificate, refuses a tampered one and {len(BAD)} wrong ones"
    raise CriticError("the kernel accepts a certificate that was changed after it was sealed")


def _plan_certificate(plan: Plan) -> dict[str, object]:
    evidence = {"plan": [format_atom(step) for step in plan]}
    return dict(certify(SOLVABLE, claim="solved", kind="pddl-plan", evidence=evidence).document)


def _check_solver(name: str) -> str:
    solver = make_solver(name)
    answers = [(task, anyio.run(solver.solve, task)) for task in (SOLVABLE, UNSOLVABLE)]
    said = [_checked_answer(answer, task) for task, answer in answers]
    if all(isinstance(answer, SolverGaveUp) for _, answer in answers):
        return "steps aside for planning tasks: it is checked with its own family"
    return f"solvable task: {said[0]}; unsolvable task: {said[1]}"


def _checked_answer(answer: object, problem: Problem) -> str:
    """What a solver said, once it is known to be true of the problem."""
    match answer:
        case SolverFound(text):
            if not validator_of(problem).check(parse_plan(text)).accepted:
                raise SolverError(f"its plan for {problem.name} is wrong")
            return "a right plan"
        case SolverProved(certificate):
            try:
                recheck(certificate.document)
            except Refused as refused:
                raise SolverError(f"the kernel refuses its proof: {refused}") from refused
            if problem is SOLVABLE:
                raise SolverError("it proves a solvable task unsolvable")
            return "a proof that the kernel accepts"
        case SolverAsserted():
            if problem is SOLVABLE:
                raise SolverError("it calls a solvable task unsolvable")
            return "an assertion, no proof"
        case SolverGaveUp(reason) | SolverNotForThis(reason):
            return f"gave up, {reason}"
        case _:
            raise SolverError(f"it answered with a {type(answer).__name__}")


def _check_store(location: str) -> str:
    with Store.open(location) as store:
        unfinished = store.sessions(limit=None, status="unfinished")
    return f"opens; {plural(len(unfinished), 'unfinished session')}"
