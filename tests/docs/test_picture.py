"""The command that draws the README's picture works on any session's folder."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from xml.etree import ElementTree as ET

from soundly.cli.main import main

ROOT = Path(__file__).parents[2]
BLOCKS = ROOT / "examples" / "blocksworld"


def test_the_picture_is_drawn_from_a_trace_and_fetches_nothing(tmp_path: Path) -> None:
    """Attempts between the first and the last are counted; no font comes from elsewhere."""
    script = tmp_path / "replies.jsonl"
    script.write_text("".join(f"{json.dumps(text)}\n" for text in ("(pick-up a)", "no", "no")))
    files = [str(BLOCKS / name) for name in ("domain.pddl", "four-blocks.pddl")]
    out = tmp_path / "session"
    options = ["--no-store", "--out", str(out), "--model", f"scripted:{script}"]
    assert main(["solve", *files, *options, "--strategy", "refine:rounds=3+kairos"]) == 0
    picture = runpy.run_path(str(ROOT / "docs" / "images" / "draw_demo.py"))["draw"](out)
    ET.fromstring(picture)
    assert "2&#160;more&#160;attempts" in picture
    assert "SOLVED" in picture
    assert "url(http" not in picture
