"""Canonical JSON, and the hashes that bind the parts of a certificate together.

A seal keeps honest people from confusing two documents. It is no signature: whoever changes a
certificate can seal it anew, and then the evidence has to stand on its own.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping

from soundly.kernel.refused import Refused

FORMAT = "soundly-certificate/1"
CHECKER_VERSION = "1"
GUARANTEE = ("sound", "complete")
TIER = "kernel"
MAX_DEPTH = 100

_HASHED = ("problem", "evidence")
_FIELDS = frozenset(
    {"format", "claim", "kind", "checker", "guarantee", "tier", "sha256"}
    | {name for part in _HASHED for name in (part, f"{part}_sha256")}
)


def canonical_json(value: object) -> bytes:
    """The one spelling of a JSON value: sorted keys, no spaces, no escapes beyond need, UTF-8.

    Tuples are written as lists. Raises `ValueError` for whatever JSON cannot say exactly: a key
    that is no string, NaN, an infinity, a lone surrogate, an object of another type, or nesting
    beyond `MAX_DEPTH` levels.
    """
    _require_plain(value)
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


def digest(value: object) -> str:
    """The SHA-256 of a value's canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def seal(
    claim: str, kind: str, family: str, statement: Mapping[str, object], evidence: object
) -> dict[str, object]:
    """A certificate document with its hashes in place. Nothing is checked here: see `recheck`.

    ``statement`` is the problem as stated (for PDDL the texts under "domain" and "problem");
    ``evidence`` is what the checker of ``kind`` reads. Raises `ValueError` as `canonical_json`.
    """
    problem = {"family": family, "statement": dict(statement)}
    document: dict[str, object] = {
        "format": FORMAT,
        "claim": claim,
        "kind": kind,
        "problem": problem,
        "problem_sha256": digest(problem),
        "evidence": evidence,
        "evidence_sha256": digest(evidence),
        "checker": {"name": f"soundly.kernel.{kind}", "version": CHECKER_VERSION},
        "guarantee": list(GUARANTEE),
        "tier": TIER,
    }
    return document | {"sha256": digest(document)}


def check_seal(document: Mapping[str, object]) -> None:
    """Refuses a document whose fields, format or hashes are not those that `seal` writes."""
    if missing := sorted(_FIELDS - set(document)):
        raise Refused(f"the certificate lacks the field {missing[0]!r}")
    if unknown := sorted(map(str, set(document) - _FIELDS)):
        raise Refused(f"the certificate has an unknown field {unknown[0]!r}")
    if document["format"] != FORMAT:
        raise Refused(f"unknown format {document['format']!r}: this kernel reads {FORMAT!r}")
    try:
        for part in _HASHED:
            _require_hash(part, document[part], document[f"{part}_sha256"])
        _require_hash(
            "certificate",
            {name: value for name, value in document.items() if name != "sha256"},
            document["sha256"],
        )
    except ValueError as error:
        raise Refused(f"the certificate is not plain JSON: {error}") from error


def _require_hash(part: str, value: object, stated: object) -> None:
    computed = digest(value)
    if stated != computed:
        raise Refused(
            f"the {part} was changed: its SHA-256 is {computed}, not {stated!r} as stated"
        )


def _require_plain(value: object) -> None:
    """Walks a value without recursion, so that depth is a reason and not a crash."""
    level = [value]
    for _ in range(MAX_DEPTH):
        if not level:
            return
        below: list[object] = []
        for item in level:
            if isinstance(item, dict):
                if not all(isinstance(key, str) for key in item):
                    raise ValueError("a key is not a string")
                below.extend(item.values())
            elif isinstance(item, (list, tuple)):
                below.extend(item)
            elif isinstance(item, float):
                if not math.isfinite(item):
                    raise ValueError(f"{item} is not a JSON number")
            elif not (item is None or isinstance(item, (str, int))):
                raise ValueError(f"{type(item).__name__} is not a JSON type")
        level = below
    raise ValueError(f"nested deeper than {MAX_DEPTH} levels")
