"""Writes a run's report: a page, Markdown, every picture as SVG and PNG, and the data."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from soundly.bench.runs.folder import read_run
from soundly.charts.files import require_drawing, write_whole
from soundly.core.errors import UsageError
from soundly.store import Store

PAGE: Final = "index.html"
TEXT: Final = "report.md"


def write_report(
    folder: Path, out: Path, *, trained: tuple[int, int] | None = None
) -> tuple[Path, ...]:
    """Draw the report of a run's folder into another; returns the files, the page first.

    ``trained`` are the smallest and the largest size that the models were trained on, in place of
    what they say themselves and what each family keeps for training: others are shaded.

    Every file is written beside its place and moved there whole. Files of an earlier report that
    this one does not have are left alone, and so is a folder with files that Soundly did not write
    under these names.

    Raises:
        UsageError: the folder is no run, or has no results yet; its store is gone; what draws is
            not installed; the report's folder cannot be made; or a file there is somebody else's.
        StoreError: the store cannot be read, or a file cannot be written, as on a full disk.
    """
    run = read_run(folder)
    require_drawing()
    from soundly.bench.report.contents import contents, measure  # noqa: PLC0415 - the extra bench
    from soundly.bench.report.frames import csv_bytes, frames, parquet_bytes  # noqa: PLC0415
    from soundly.bench.report.markdown import markdown  # noqa: PLC0415
    from soundly.bench.report.page import page  # noqa: PLC0415
    from soundly.charts.own_pages import require_own  # noqa: PLC0415 - it loads what draws

    require_own(out, PAGE, (TEXT,))
    with Store.open(run.store, create=False) as store:
        measured = measure(run, store, trained=trained)
    report = contents(measured)
    files = {PAGE: page(report).encode(), TEXT: markdown(report).encode()}
    for picture in report.pictures:
        files[f"{picture.name}.svg"] = picture.svg().encode()
        files[f"{picture.name}.png"] = picture.png()
    for name, rows in frames(measured).items():
        files[f"{name}.csv"] = csv_bytes(rows)
        files[f"{name}.parquet"] = parquet_bytes(rows)
    require_own(out, PAGE, files)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot write to {out}: {error.strerror or error}") from error
    return tuple(write_whole(out / name, content) for name, content in files.items())
