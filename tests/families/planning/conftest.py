"""Tasks drawn at random, with every feature of the language, and walks through them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from soundly.families.planning.pddl import (
    Action,
    Add,
    And,
    Atom,
    Delete,
    Domain,
    Effect,
    Equal,
    Exists,
    Forall,
    ForEach,
    Formula,
    GroundAction,
    Imply,
    Increase,
    Not,
    Or,
    Plan,
    Signature,
    Task,
    Together,
    TypedName,
    When,
    ground_action,
)

TYPES = {"object": (), "t0": ("object",), "t1": ("t0",), "t2": ("object",), "t3": ("t0", "t2")}
PREDICATES = [
    Signature("p0"),
    Signature("p1", (TypedName("?x", ("t0",)),)),
    Signature("p2", (TypedName("?x"), TypedName("?y", ("t0",)))),
    Signature("p3", (TypedName("?x", ("t1", "t2")),)),
    Signature("fixed", (TypedName("?x"), TypedName("?y"))),
]
FUNCTIONS = [Signature("total-cost"), Signature("weight", (TypedName("?x", ("t0",)),))]
ABOVE = {
    "object": {"object"},
    "t0": {"t0", "object"},
    "t1": {"t1", "t0", "object"},
    "t2": {"t2", "object"},
    "t3": {"t3", "t0", "t2", "object"},
}


@dataclass
class Drawer:
    """Draws the parts of a task; ``scope`` holds the terms in sight with their types."""

    random: Random

    def task(self) -> Task:
        random = self.random
        constants = (TypedName("c0", ("t0",)), TypedName("c1", ("t2",)))[: random.randint(0, 2)]
        objects = {c.name: c.types[0] for c in constants}
        objects |= {f"o{i}": random.choice(list(TYPES)) for i in range(random.randint(1, 4))}
        costs = random.random() < 0.4
        scope = {c.name: c.types for c in constants}
        actions = [self.action(f"act{i}", scope, costs=costs) for i in range(random.randint(1, 4))]
        domain = Domain(
            name="drawn",
            requirements=frozenset({":adl", ":action-costs"} if costs else {":adl"}),
            types=TYPES,
            constants=constants,
            predicates={p.name: p for p in PREDICATES},
            functions={f.name: f for f in FUNCTIONS} if costs else {},
            actions={action.name: action for action in actions},
        )
        task = Task(domain, "drawn", objects, frozenset(), And())
        atoms = [
            (p.name, *names)
            for p in PREDICATES
            for names in product(*(task.objects_of(x.types) for x in p.parameters))
        ]
        weighed = [name for name in task.objects_of(("t0",)) if random.random() < 0.8]
        values = {("weight", name): Fraction(random.randint(0, 9), 2) for name in weighed}
        return replace(
            task,
            init=frozenset(atom for atom in atoms if random.random() < 0.4),
            goal=self.formula({name: (t,) for name, t in objects.items()}, depth=3),
            values={("total-cost",): Fraction(0)} | values if costs else {},
            minimizes_cost=costs,
        )

    def action(self, name: str, scope: dict[str, tuple[str, ...]], *, costs: bool) -> Action:
        parameters = self.variables("?a", most=2)
        inner = scope | {p.name: p.types for p in parameters}
        plain = self.random.random() < 0.5
        draw = self.literal if plain else self.effect
        effects = [draw(inner) for _ in range(self.random.randint(0, 3))]
        if costs and self.random.random() < 0.7:
            heavy = [t for t in inner if self.fits(inner[t], ("t0",))]
            amount = Atom("weight", (self.random.choice(heavy),)) if heavy else Fraction(3, 2)
            effects.append(Increase(amount))
        condition = self.conjunction(inner) if plain else self.formula(inner, depth=2)
        return Action(name, parameters, condition, Together(tuple(effects)))

    def conjunction(self, scope: dict[str, tuple[str, ...]]) -> Formula:
        """Literals of few predicates, so that one is often asked for and against."""
        atoms = [self.atom(scope, fluent=True) for _ in range(self.random.randint(0, 3))]
        return And(tuple(a if self.random.random() < 0.6 else Not(a) for a in atoms))

    def effect(self, scope: dict[str, tuple[str, ...]]) -> Effect:
        match self.random.randrange(5):
            case 0:
                literals = tuple(self.literal(scope) for _ in range(self.random.randint(1, 2)))
                return When(self.formula(scope, depth=2), Together(literals))
            case 1:
                variables = self.variables("?e", most=1) or (TypedName("?e", ("t0",)),)
                inner = scope | {v.name: v.types for v in variables}
                if self.random.random() < 0.5:
                    return ForEach(variables, self.literal(inner))
                condition = self.formula(inner, depth=1)
                return ForEach(variables, When(condition, self.literal(inner)))
            case _:
                return self.literal(scope)

    def literal(self, scope: dict[str, tuple[str, ...]]) -> Add | Delete:
        atom = self.atom(scope, fluent=True)
        return Add(atom) if self.random.random() < 0.5 else Delete(atom)

    def formula(self, scope: dict[str, tuple[str, ...]], *, depth: int) -> Formula:
        kind = self.random.randrange(9 if depth else 3)
        deeper = depth - 1
        if kind == 0 and scope:
            return Equal(self.random.choice(list(scope)), self.random.choice(list(scope)))
        if kind <= 2:
            atom = self.atom(scope, fluent=False)
            return atom if self.random.random() < 0.6 else Not(atom)
        if kind <= 4:
            parts = tuple(
                self.formula(scope, depth=deeper) for _ in range(self.random.randint(0, 3))
            )
            return And(parts) if kind == 3 else Or(parts or (And(),))
        if kind == 5:
            return Not(self.formula(scope, depth=deeper))
        if kind == 6:
            return Imply(self.formula(scope, depth=deeper), self.formula(scope, depth=deeper))
        variables = self.variables("?q", most=2) or (TypedName("?q"),)
        inner = scope | {v.name: v.types for v in variables}
        body = self.formula(inner, depth=deeper)
        return Exists(variables, body) if kind == 7 else Forall(variables, body)

    def atom(self, scope: dict[str, tuple[str, ...]], *, fluent: bool) -> Atom:
        possible = [
            (p, [[t for t in scope if self.fits(scope[t], x.types)] for x in p.parameters])
            for p in (PREDICATES[:-1] if fluent else PREDICATES)
        ]
        signature, pools = self.random.choice([(p, pools) for p, pools in possible if all(pools)])
        return Atom(signature.name, tuple(self.random.choice(pool) for pool in pools))

    def variables(self, stem: str, *, most: int) -> tuple[TypedName, ...]:
        kinds = [("object",), ("t0",), ("t1",), ("t2",), ("t1", "t2"), ("t3",)]
        # only two names a stem, so that an inner quantifier often hides an outer variable
        names = [f"{stem}{i}" for i in range(self.random.randint(0, most))]
        return tuple(TypedName(name, self.random.choice(kinds)) for name in names)

    def fits(self, held: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
        return all(ABOVE[t] & set(wanted) for t in held)


def ground_actions(task: Task) -> list[GroundAction]:
    """Every ground action that could ever run."""
    steps = (
        (action.name, *names)
        for action in task.domain.actions.values()
        for names in product(*(task.objects_of(p.types) for p in action.parameters))
    )
    actions = (ground_action(task, step) for step in steps)
    return [a for a in actions if a.cost is not None and not a.precondition.impossible]


def random_walk(task: Task, random: Random, length: int) -> tuple[Plan, frozenset]:
    """A plan of applicable steps, shorter where it runs into a dead end, and where it leads."""
    state, plan = task.init, []
    actions = ground_actions(task)
    for _ in range(length):
        applicable = [action for action in actions if action.precondition.holds(state)]
        if not applicable:
            break
        action = random.choice(applicable)
        state = action.successor(state)
        plan.append(action.step)
    return tuple(plan), state


def goal_from(task: Task, state: frozenset, random: Random) -> Task:
    """The task with a goal that holds in a state: some of its fluents, some of what it lacks."""
    fluents = sorted(atom for atom in state if not task.is_static(atom[0]))
    wanted = random.sample(fluents, min(len(fluents), random.randint(1, 4)))
    lacking = sorted(atom for atom in task.init - state if not task.is_static(atom[0]))
    unwanted = random.sample(lacking, min(len(lacking), random.randint(0, 2)))
    literals = [
        *(Atom(atom[0], atom[1:]) for atom in wanted),
        *(Not(Atom(atom[0], atom[1:])) for atom in unwanted),
    ]
    return replace(task, goal=And(tuple(literals)))


@pytest.fixture(scope="session")
def draw_task() -> Callable[[Random], Task]:
    """A function from a generator to a small task that uses any feature of the language."""
    return lambda random: Drawer(random).task()


@pytest.fixture(scope="session")
def walk() -> Callable[[Task, Random, int], tuple[Plan, frozenset]]:
    """A function to a plan of applicable steps and the state it leads to."""
    return random_walk


@pytest.fixture(scope="session")
def with_goal_from() -> Callable[[Task, frozenset, Random], Task]:
    """A function to the task with a goal that holds in a given state."""
    return goal_from
