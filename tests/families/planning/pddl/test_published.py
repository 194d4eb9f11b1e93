"""Published files: those in our language load, and the others are refused for a known reason."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from soundly.core.errors import ProblemError
from soundly.families.planning.pddl import parse_domain, parse_problem

REFUSED = {
    "derivedblocks": "unsupported: :derived",
    "explodingblocks": "unsupported: effects of chance",
    "manyexplodingblockssmallpiles": "unsupported: effects of chance",
    "manytireworld": "unsupported: :probabilistic-effects",
    "navigation1": "unsupported: :probabilistic-effects",
    **{f"navigation{i}": "this '(' is never closed" for i in range(2, 11)},
    "river": "unsupported: :probabilistic-effects",
    "tireworld": "unsupported: :probabilistic-effects",
}
"""Of pddlgym's domains."""


def test_every_domain_of_pddlgym_is_read_or_refused_for_a_known_reason():
    found = find_spec("pddlgym")
    if found is None or found.origin is None:
        pytest.skip("pddlgym is not installed")
    paths = sorted((Path(found.origin).parent / "pddl").glob("*.pddl"))
    refused = {}
    for path in paths:
        try:
            parse_domain(path.read_text())
        except ProblemError as error:
            refused[path.stem] = str(error.reason)
    assert len(paths) == 87
    assert refused.keys() == REFUSED.keys()
    assert all(refused[name].startswith(reason) for name, reason in REFUSED.items())


def test_every_instance_of_planbench_is_read():
    beside = Path(__file__).parents[4].parent / "shared" / "data" / "planbench"
    folder = Path(os.environ.get("SOUNDLY_PLANBENCH", beside))
    if not folder.is_dir():
        pytest.skip("PlanBench is not here: set SOUNDLY_PLANBENCH to its folder")
    domains = {}
    for path in sorted(folder.glob("*/instances/**/generated_domain.pddl")):
        domain = parse_domain(path.read_text())
        domains[domain.name] = domain
    read = 0
    for path in sorted(folder.glob("*/instances/**/instance-*.pddl"))[::4]:
        text = path.read_text()
        name = text.lower().partition("(:domain")[2].partition(")")[0].strip()
        assert parse_problem(text, domains[name]).goal
        read += 1
    assert read > 200
