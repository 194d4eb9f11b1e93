"""The trusted kernel: re-checks a certificate with nothing but Python's standard library.

It searches for nothing, asks no model, and shares no code with the parts that made the
certificate: its reading of PDDL is its own. To trust a certificate is to trust these few files.
"""

from __future__ import annotations

from soundly.kernel.document import Accepted, recheck
from soundly.kernel.refused import Refused
from soundly.kernel.seal import canonical_json, check_seal, digest, seal

__all__ = ["Accepted", "Refused", "canonical_json", "check_seal", "digest", "recheck", "seal"]
