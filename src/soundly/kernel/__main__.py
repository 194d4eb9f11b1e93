"""``python -m soundly.kernel CERT.json``: re-check one certificate, and say so in one line.

Exit codes: 0 it holds, 11 it is refused, 2 it cannot be read.
"""

from __future__ import annotations

import sys
from pathlib import Path

from soundly.kernel.document import recheck
from soundly.kernel.refused import Refused


def main(arguments: list[str]) -> int:
    """Re-checks the certificate at the one path given, and returns the exit code."""
    if len(arguments) != 1 or arguments[0] in ("-h", "--help"):
        sys.stderr.write("usage: python -m soundly.kernel CERT.json\n")
        return 2
    try:
        document = Path(arguments[0]).read_bytes()
    except OSError as error:
        sys.stderr.write(f"cannot read {arguments[0]}: {error.strerror or error}\n")
        return 2
    try:
        accepted = recheck(document)
    except Refused as refused:
        sys.stderr.write(f"refused: {refused.reason}\n")
        return 11
    sys.stdout.write(f"{accepted.claim}: {accepted.summary}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
