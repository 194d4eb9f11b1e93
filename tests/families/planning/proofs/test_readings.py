"""Two readings of PDDL, written apart: what the parser reads, the kernel reads, and no more."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soundly.core.errors import ProblemError
from soundly.families.planning.pddl import parse_task
from soundly.kernel import Refused
from soundly.kernel.pddl import read_task

TOKEN = re.compile(r"[()]|[^\s()]+")


def compare(domain: str, problem: str, *, exactly: bool = True) -> bool | None:
    """Whether both accept; None where the kernel alone refuses, or both accept different tasks."""
    try:
        parsed = parse_task(domain, problem)
    except ProblemError:
        parsed = None
    try:
        read = read_task({"domain": domain, "problem": problem})
    except Refused:
        return False if parsed is None else None
    if parsed is None:
        return None if exactly else False
    same = (
        read.init == parsed.init
        and read.actions.keys() == parsed.domain.actions.keys()
        and read.costs == parsed.values
        and read.minimizes_cost == parsed.minimizes_cost
        and all(parsed.is_static(each) is (each not in read.fluents) for each in read.predicates)
    )
    return True if same else None


@given(seed=st.integers(0, 2**32))
@settings(deadline=None, max_examples=300)
def test_both_read_every_drawn_task(seed, draw_task, texts):
    assert compare(*texts(draw_task(Random(seed)))) is True


@given(seed=st.integers(0, 2**32))
@settings(deadline=None, max_examples=300)
def test_the_kernel_reads_an_edited_text_where_the_parser_does(seed, draw_task, texts):
    """One token or one parenthesised group is dropped, doubled or replaced."""
    random = Random(seed)
    edited = list(texts(draw_task(random)))
    which = random.randrange(2)
    edited[which] = edit(edited[which], random)
    # the kernel compares the members of types, not their names: it takes what no object can show
    assert compare(*edited, exactly=False) is not None


def edit(text: str, random: Random) -> str:
    tokens = TOKEN.findall(text)
    at = random.randrange(len(tokens))
    until = at + 1
    if tokens[at] == "(":
        depth = 1
        while depth:
            depth += {"(": 1, ")": -1}.get(tokens[until], 0)
            until += 1
    match random.randrange(3):
        case 0:
            del tokens[at:until]
        case 1:
            tokens[at:at] = tokens[at:until]
        case _:
            tokens[at] = random.choice(tokens)
    return " ".join(tokens)


def test_both_read_the_domains_of_pddlgym_or_neither_does():
    found = find_spec("pddlgym")
    if found is None or found.origin is None:
        pytest.skip("pddlgym, whose domains this reads, is not installed")
    agreed = {True: 0, False: 0}
    for domain in sorted(Path(found.origin).with_name("pddl").glob("*.pddl")):
        for problem in sorted(domain.with_suffix("").glob("*.pddl"))[:2]:
            both = compare(domain.read_text(), problem.read_text())
            assert both is not None, f"{domain.name} {problem.name}"
            agreed[both] += 1
    assert agreed[True] > 100


def test_both_read_the_problems_of_planbench(planbench):
    folder = planbench / "llm_planning_analysis" / "instances"
    for family in ("blocksworld", "logistics"):
        domain = (folder / family / "generated_domain.pddl").read_text()
        for problem in sorted((folder / family / "generated_basic").glob("*.pddl"))[::25]:
            assert compare(domain, problem.read_text()) is True, problem.name
