"""Proofs that a planning task has no plan: evidence for the kernel, found by search.

    proof = prove_by_h2(domain_text, problem_text, max_seconds=5.0)

Nothing here is trusted: what a prover returns is worth what the kernel says of it.
"""

from soundly.families.planning.proofs.closed_set import prove_by_closed_set
from soundly.families.planning.proofs.evidence import Evidence, NotProved
from soundly.families.planning.proofs.h2 import prove_by_h2

__all__ = ["Evidence", "NotProved", "prove_by_closed_set", "prove_by_h2"]
