"""One spelling for formulas that differ only in names, signs and order."""

from __future__ import annotations

from hashlib import sha256

from soundly.families.satisfiability.formula import Formula


def canonical_form(formula: Formula) -> str:
    """What colour refinement (Weisfeiler and Leman, 1968) sees of literals and clauses.

    Formulas that are equal up to the numbering of variables, the sign of any of them, and the order
    of clauses and of literals always share it. Clauses that follow from others are not recognised,
    and two different formulas in which all literals look alike count as one.
    """
    variables = range(1, formula.variables + 1)
    labels = dict.fromkeys([*variables, *(-each for each in variables)], "")
    kinds = 0
    while len(set(labels.values())) > kinds:
        kinds = len(set(labels.values()))
        seen: dict[int, list[str]] = {literal: [] for literal in labels}
        for clause in formula.clauses:
            together = _digest(*sorted(labels[literal] for literal in clause))
            for literal in clause:
                seen[literal].append(together)
        labels = {
            literal: _digest(labels[literal], labels[-literal], *sorted(clauses))
            for literal, clauses in seen.items()
        }
    return f"{formula.variables} {len(formula.clauses)} {_digest(*sorted(labels.values()))}"


def _digest(*words: str) -> str:
    return sha256(" ".join(words).encode()).hexdigest()[:32]
