"""The same problem has the same certificate in every process, whatever order sets come in."""

from __future__ import annotations

import os
import subprocess
import sys

PROGRAM = """
import anyio
from soundly.config.families import draw_unsolvable, make_family
from soundly.config import registry
from soundly.core.family import DrawsUnsolvable
from soundly.core.solver import SolverProved

for name in registry.names("families"):
    if name.startswith("reasoning-gym"):
        continue
    family = make_family(name)
    if not isinstance(family, DrawsUnsolvable):
        continue
    size = max(family.dial.smallest, min(4, family.dial.trained))
    problem = draw_unsolvable(name, size=size, seed=1)
    print(name, problem.digest)
    for solver in family.solvers:
        answer = anyio.run(solver.solve, problem)
        if isinstance(answer, SolverProved):
            print(name, solver.name, answer.certificate.sha256)
"""


def proofs(hash_seed: int) -> str:
    environment = os.environ | {"PYTHONHASHSEED": str(hash_seed)}
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    )
    return ran.stdout


def test_problems_and_proofs_are_the_same_whatever_order_sets_come_in():
    first, second = proofs(1), proofs(2)
    assert first.count("\n") > 40
    assert first.splitlines() == second.splitlines()
