"""Following an explanation: its steps are carried out, and its states are held against that."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from soundly.core.candidate import Found, Reading
from soundly.core.explanation import Explanation
from soundly.core.verdict import Critique
from soundly.families.planning.facts import FactReader
from soundly.families.planning.pddl import GroundAtom, Plan, Step, Task, format_atom
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.reading import Lexicon
from soundly.families.planning.reading.lines import Line, Style, read_lines
from soundly.families.planning.reading.regions import Region, plan_blocks
from soundly.families.planning.resolve import Resolver, misnomers
from soundly.families.planning.unmet import unmet_parts
from soundly.families.planning.validator import Validator

_LABEL = (
    r"(?:the |our )?(?P<first>initial |starting |start )?"
    r"(?:(?:new|current|resulting|next|final|updated) )?state(?: (?P<number>\d{1,6}))?"
    r"(?: (?:is|now|then|after (?:step |action )?\d{1,6}|after (?:this|that)(?: \w{1,20})?))?"
    r"\s?:"
)
_THEN = r"(?:so |and )?(?:now|after (?:this|that)|afterwards|as a result|result)\b\s?[,:]?"
_STATE = re.compile(rf"(?:{_LABEL}|{_THEN})\s*", re.IGNORECASE)
_INLINE = re.compile(rf"[).:;,\u2192\u2014-]\s*(?P<said>(?:{_LABEL}|{_THEN})\s.*)", re.IGNORECASE)
_LONGEST = 4_000
MOST_FAULTS = 100
"""Faults beyond so many are not listed: the chain is wrong all the same."""


@dataclass(slots=True)
class _Chain:
    """How far an explanation has come; ``state`` is what holds by its own account.

    ``stated`` counts the states of which a fact was read, ``counted`` says whether the last one is
    among them, and ``listing`` whether its facts may still follow.
    """

    resolver: Resolver
    state: frozenset[GroundAtom] = frozenset()
    steps: list[Step] = field(default_factory=list)
    stated: int = 0
    counted: bool = False
    listing: bool = False
    faults: list[Critique] = field(default_factory=list)

    def begin(self) -> None:
        """Back to the initial state: a new attempt."""
        self.state = self.resolver.task.init
        self.steps.clear()

    def take(self, step: Step) -> None:
        """Carries a step out, even where it cannot be: that is a fault."""
        task, number = self.resolver.task, len(self.steps) + 1
        self.steps.append(step)
        ground = self.resolver(step)
        if ground is None:
            self._fault(misnomers(task, step, number))
            return
        if not ground.precondition.holds(self.state):
            precondition = task.domain.actions[step[0]].precondition
            names = (each.name for each in task.domain.actions[step[0]].parameters)
            binding = dict(zip(names, step[1:], strict=True))
            said, where = format_atom(step), f"step {number}"
            self._fault(
                Critique("step-cannot-run", f"{said} needs {part}", where, number)
                for part in unmet_parts(task, self.state, precondition, binding)
            )
        self.state = ground.successor(self.state)

    def claim(self, atom: GroundAtom, *, true: bool) -> None:
        """Holds a stated fact against the state, and from then on believes it."""
        self.stated += not self.counted
        self.counted = True
        if (atom in self.state) is true:
            return
        place = len(self.steps)
        said, found = ("true", "false") if true else ("false", "true")
        message = f"{format_atom(atom)} is said to be {said} and is {found}"
        self._fault([Critique("state-wrong", message, f"state {place}", place or None)])
        self.state = self.state | {atom} if true else self.state - {atom}

    def _fault(self, found: Iterable[Critique]) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults += found


def explain(
    task: Task, text: str, reading: Reading, *, phrases: Phrases, lexicon: Lexicon
) -> Explanation:
    """The three facts about an answer to a planning problem.

    A chain is made of steps, one a line, and of states: what follows a label such as ``State 2:``,
    ``The new state is:`` or "Now", on its line or as a list below. Stated facts are held against
    the state before, changed by the step. What a state leaves out is not held against it, and what
    cannot be read as a fact is passed over. After a fault the chain is believed, so that each one
    is reported once, where it was made. The initial state, said again, begins a new chain.

    ``answer_right`` is None where no plan was read, for a claim that there is none is not judged
    here. ``leads_to_answer``: the chain's steps are the plan's, and in the chain's own last state
    the goal holds. Thinking counts as explanation. The answer itself is part of the chain only
    where the chain is nowhere else.
    """
    plan: Plan | None = None
    if isinstance(reading, Found) and isinstance(reading.solution, tuple):
        plan = reading.solution
    right = None if plan is None else Validator(task).accepts(plan)
    resolver, facts = Resolver(task), FactReader.of(task, phrases, lexicon)
    excerpt = reading.excerpt if isinstance(reading, Found) else ""
    chain = _followed(_without_answer(text, excerpt), resolver, facts)
    if not (chain.stated and chain.steps):
        chain = _followed(text, resolver, facts)
    if not chain.stated:
        return Explanation(right, None, None)
    leads = None
    if plan is not None:
        leads = tuple(chain.steps) == plan and resolver.goal.holds(chain.state)
    return Explanation(right, not chain.faults, leads, chain.stated, tuple(chain.faults))


def _without_answer(text: str, excerpt: str) -> str:
    """The text without its plan blocks, or else without the piece that counted as the answer."""
    blocks = plan_blocks(text, Region(0, len(text)))
    if not blocks:
        before, _, behind = text.rpartition(excerpt) if excerpt else (text, "", "")
        return f"{before}\n{behind}"
    starts = [0, *(block.end for block in blocks)]
    ends = [*(block.start for block in blocks), len(text)]
    return "\n".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _followed(text: str, resolver: Resolver, facts: FactReader) -> _Chain:
    chain = _Chain(resolver)
    chain.begin()
    for line in read_lines(text, 0, len(text), facts.lexicon):
        if line.steps and not _is_fact(line, facts):
            for step in line.steps:
                chain.take(step)
            chain.listing = False
            if inline := _INLINE.search(line.content[:_LONGEST]):
                _state(inline["said"], chain, facts)
        elif _STATE.match(line.content):
            _state(line.content, chain, facts)
        elif chain.listing and _goes_on(line):
            _claim(line.content, chain, facts)
        elif not line.blank:
            chain.listing = False
    return chain


def _is_fact(line: Line, facts: FactReader) -> bool:
    """Whether what reads as a step is a fact: ``(on a b)`` where no action is called "on"."""
    known = any(map(facts.lexicon.knows, line.steps))
    return not known and any(True for _ in facts.facts(line.content[:_LONGEST]))


def _goes_on(line: Line) -> bool:
    return line.style is not Style.BARE or line.depth > 0 or line.content.startswith("(")


def _state(said: str, chain: _Chain, facts: FactReader) -> None:
    """Takes a statement of a state; where its line says no more, its facts may follow as a list."""
    match = _STATE.match(said)
    if match is not None and (match["first"] or match["number"] == "0"):
        chain.begin()
    rest = said[match.end() :] if match else said
    chain.listing, chain.counted = not rest.strip(), False
    _claim(rest, chain, facts)


def _claim(said: str, chain: _Chain, facts: FactReader) -> None:
    for atom, true in facts.facts(said[:_LONGEST]):
        chain.claim(atom, true=true)
