"""Every family can be found from the front page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from soundly.config import registry

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "families").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_front_page_links_to_the_page_of_a_family(page: Path) -> None:
    """Who reads the README finds the page."""
    assert f"](docs/families/{page.name})" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("family", registry.names("families"))
def test_a_registered_family_is_named_on_a_page(family: str) -> None:
    """A family that no page names is one that nobody uses."""
    named = re.compile(rf"(?<![\w-]){re.escape(family)}(?![\w-])")
    assert any(named.search(page.read_text(encoding="utf-8")) for page in PAGES), family
