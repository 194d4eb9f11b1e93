"""Evidence that a small independent checker re-checks without search and without a model."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from soundly.core.problem import Problem
from soundly.kernel.document import read_document
from soundly.kernel.seal import check_seal, seal


@dataclass(frozen=True)
class Certificate:
    """A sealed document: problem as stated, evidence, checker and guarantee, bound by SHA-256.

    `soundly.kernel` re-checks it alone; this class only carries it.
    """

    document: Mapping[str, object]

    @property
    def claim(self) -> str:
        """Either "solved" or "unsolvable"."""
        return str(self.document["claim"])

    @property
    def kind(self) -> str:
        """Which checker of the kernel it is for, for example "pddl-plan"."""
        return str(self.document["kind"])

    @property
    def sha256(self) -> str:
        """The seal over the whole document."""
        return str(self.document["sha256"])

    def to_json(self) -> str:
        """The document as people read it: two spaces of indentation, a newline at the end."""
        return json.dumps(self.document, indent=2, ensure_ascii=False) + "\n"

    def to_line(self) -> str:
        """The document on one line of ASCII, as traces and stores hold it."""
        return json.dumps(dict(self.document), separators=(",", ":"))


def read_certificate(text: str) -> Certificate:
    """The certificate that a text spells, its seal checked and its evidence not.

    Raises `soundly.kernel.Refused` for what is no certificate or was changed.
    """
    document = read_document(text)
    check_seal(document)
    return Certificate(document)


def certify(problem: Problem, *, claim: str, kind: str, evidence: object) -> Certificate:
    """Seal evidence for a claim about a problem."""
    return Certificate(seal(claim, kind, problem.family, dict(problem.statement), evidence))
