"""``soundly doctor``."""

from __future__ import annotations

import json
from typing import Annotated

from typer import Option

from soundly.cli.exits import Exit


def doctor(
    *,
    as_json: Annotated[bool, Option("--json", help="Print a JSON list and nothing else.")] = False,
    store: Annotated[
        str | None,
        Option(
            metavar="FILE|URL",
            help="The store to open.",
            envvar="SOUNDLY_STORE",
            show_default="the user's data folder",
        ),
    ] = None,
) -> int:
    """Check that every part does its work: judges first.

    Each critic accepts a known-good case and rejects known-bad ones, the kernel refuses a tampered
    certificate, each solver solves and each proof is re-checked. Then: which models and sandboxes
    are usable, and whether the store opens. Exit code 30 when a part fails; what is merely not
    installed fails nothing.
    """
    from soundly.cli.checkup import State, checkup  # noqa: PLC0415 - heavy, and --help is quick

    findings = []
    if as_json:
        findings = list(checkup(store))
        print(json.dumps([finding.document() for finding in findings]))
    else:
        from soundly.cli.display.checklist import Checklist  # noqa: PLC0415

        checklist = Checklist()
        for finding in checkup(store):
            checklist.show(finding)
            findings.append(finding)
    failed = any(finding.state is State.FAILED for finding in findings)
    return Exit.PART_BROKE if failed else Exit.OK
