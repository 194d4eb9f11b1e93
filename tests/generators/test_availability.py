import subprocess
import sys

import pytest

from soundly.generators.availability import USABLE, Availability, needs_module, needs_variable

HEAVY = ("xllamacpp", "pydantic_ai", "genai_prices", "openai", "httpx2", "pydantic", "sqlalchemy")


def test_a_reason_stands_where_something_is_missing_and_nowhere_else():
    for usable, reason in ((True, "why"), (False, "")):
        with pytest.raises(ValueError, match="a reason stands"):
            Availability(usable=usable, reason=reason)


def test_a_module_is_looked_for_without_importing_it():
    assert needs_module("antigravity", extra="x") == USABLE
    assert "antigravity" not in sys.modules


@pytest.mark.parametrize("module", ["nowhere_at_all", "nowhere_at_all.inside", "json.nowhere"])
def test_a_missing_module_is_told_with_the_extra_that_brings_it(module):
    told = needs_module(module, extra="local")
    assert told.reason == f"needs {module}: pip install 'soundly[local]'"


def test_an_empty_variable_is_not_set():
    assert not needs_variable("A", "B", environ={"A": ""}).usable
    assert needs_variable("A", "B", environ={"B": "x"}).usable


def test_nothing_heavy_is_imported_to_find_out_what_is_usable():
    code = (
        "import sys\n"
        "from soundly.generators.catalogue import AVAILABILITY\n"
        "from soundly.generators import hosted, cache, limit, retry, recording\n"
        "[availability() for availability in AVAILABILITY.values()]\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
