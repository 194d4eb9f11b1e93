"""Other names for everything a task names, one to one, so that the way back is always there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Final

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
    GroundAtom,
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
)


@dataclass(frozen=True, slots=True)
class Names:
    """New names for old ones, as a one-to-one map over all words.

    A word that is not listed stays as it is, save where it is a new name itself: then it takes
    the place that became free. So a misspelt object of a wrong plan stays an unknown object.
    Raises `ValueError` where two old names have one new name.
    """

    listed: Mapping[str, str] = field(default_factory=dict, hash=False)
    _all: Mapping[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        back = {new: old for old, new in self.listed.items()}
        if len(back) != len(self.listed):
            raise ValueError(f"two names would become one: {dict(self.listed)}")
        every = dict(self.listed)
        for new in back:
            if new not in every:
                freed = new
                while freed in back:
                    freed = back[freed]
                every[new] = freed
        object.__setattr__(self, "_all", every)

    def __call__(self, name: str) -> str:
        """The new name."""
        return self._all.get(name, name)

    def inverse(self) -> Names:
        """The way back."""
        return Names({new: old for old, new in self._all.items()})


SAME: Final = Names()


@dataclass(frozen=True, slots=True)
class Renaming:
    """New names by kind: an action and a predicate of one name may become two.

    ``object``, ``total-cost`` and the words of PDDL are not to be listed. Variables are renamed
    alike wherever they stand, so none captures another.
    """

    domains: Names = SAME
    types: Names = SAME
    predicates: Names = SAME
    functions: Names = SAME
    actions: Names = SAME
    objects: Names = SAME
    variables: Names = SAME

    def inverse(self) -> Renaming:
        """The way back: what it makes of the renamed is the original."""
        return Renaming(*(getattr(self, kind.name).inverse() for kind in fields(self)))

    def plan(self, plan: Plan) -> Plan:
        """The plan in the new names; what names nothing keeps naming nothing."""
        return tuple(
            (self.actions(step[0]), *map(self.objects, step[1:])) if step else () for step in plan
        )

    def task(self, task: Task) -> Task:
        """The task in the new names; its own name stays."""
        return replace(
            task,
            domain=self.domain(task.domain),
            objects={self.objects(n): self.types(t) for n, t in task.objects.items()},
            init=frozenset((self.predicates(a[0]), *map(self.objects, a[1:])) for a in task.init),
            goal=self.formula(task.goal),
            values={self._function(f): value for f, value in task.values.items()},
        )

    def domain(self, domain: Domain) -> Domain:
        """The domain in the new names; the order of everything stays."""
        actions = [self._action(action) for action in domain.actions.values()]
        predicates = [self._signature(p, self.predicates) for p in domain.predicates.values()]
        functions = [self._signature(f, self.functions) for f in domain.functions.values()]
        return Domain(
            name=self.domains(domain.name),
            requirements=domain.requirements,
            types={self.types(t): tuple(map(self.types, up)) for t, up in domain.types.items()},
            constants=self._typed(domain.constants),
            predicates={p.name: p for p in predicates},
            functions={f.name: f for f in functions},
            actions={action.name: action for action in actions},
        )

    def formula(self, formula: Formula) -> Formula:
        """The formula in the new names."""
        match formula:
            case Atom():
                return self._atom(formula, self.predicates)
            case Equal(left, right):
                return Equal(self._term(left), self._term(right))
            case Not(operand):
                return Not(self.formula(operand))
            case And(operands) | Or(operands):
                return type(formula)(tuple(map(self.formula, operands)))
            case Imply(before, after):
                return Imply(self.formula(before), self.formula(after))
            case Exists(variables, body) | Forall(variables, body):
                return type(formula)(self._typed(variables), self.formula(body))

    def _effect(self, effect: Effect) -> Effect:
        match effect:
            case Add(atom) | Delete(atom):
                return type(effect)(self._atom(atom, self.predicates))
            case Increase(Atom() as amount):
                return Increase(self._atom(amount, self.functions))
            case Increase():
                return effect
            case Together(operands):
                return Together(tuple(map(self._effect, operands)))
            case When(condition, inner):
                return When(self.formula(condition), self._effect(inner))
            case ForEach(variables, inner):
                return ForEach(self._typed(variables), self._effect(inner))

    def _action(self, action: Action) -> Action:
        return Action(
            name=self.actions(action.name),
            parameters=self._typed(action.parameters),
            precondition=self.formula(action.precondition),
            effect=self._effect(action.effect),
        )

    def _atom(self, atom: Atom, symbols: Names) -> Atom:
        return Atom(symbols(atom.predicate), tuple(map(self._term, atom.terms)))

    def _term(self, term: str) -> str:
        return self.variables(term) if term.startswith("?") else self.objects(term)

    def _typed(self, names: tuple[TypedName, ...]) -> tuple[TypedName, ...]:
        return tuple(TypedName(self._term(n.name), tuple(map(self.types, n.types))) for n in names)

    def _signature(self, signature: Signature, symbols: Names) -> Signature:
        return Signature(symbols(signature.name), self._typed(signature.parameters))

    def _function(self, function: GroundAtom) -> GroundAtom:
        return (self.functions(function[0]), *map(self.objects, function[1:]))
