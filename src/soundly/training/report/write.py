"""Writes a run's report: a page, Markdown, and every picture as SVG and PNG."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from soundly.charts.files import require_drawing, write_whole
from soundly.core.errors import UsageError

PAGE: Final = "index.html"
TEXT: Final = "report.md"


def write_report(run: Path, out: Path) -> tuple[Path, ...]:
    """Draw the report of a run's folder into another; returns the files, the page first.

    Every file is written beside its place and moved there whole. Pictures of an earlier report
    that this one does not have are left alone. Takes a few seconds.

    Raises:
        UsageError: the folder has no events, or one that cannot be read; what draws is not
            installed; or the report's folder cannot be made.
        StoreError: a file could not be written, as on a full disk.
    """
    require_drawing()
    from soundly.training.report.contents import contents  # noqa: PLC0415 - needs the extra bench
    from soundly.training.report.markdown import markdown  # noqa: PLC0415
    from soundly.training.report.page import page  # noqa: PLC0415

    report = contents(run)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot write to {out}: {error.strerror or error}") from error
    files = {PAGE: page(report).encode(), TEXT: markdown(report).encode()}
    for picture in report.pictures:
        files[f"{picture.name}.svg"] = picture.svg().encode()
        files[f"{picture.name}.png"] = picture.png()
    return tuple(write_whole(out / name, content) for name, content in files.items())
