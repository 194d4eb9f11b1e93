"""Writes a run's report: a page, Markdown, and every picture as SVG and PNG."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final

from soundly.core.errors import StoreError, UsageError

PAGE: Final = "index.html"
TEXT: Final = "report.md"

_NEEDED: Final = {"altair": "altair", "scipy": "scipy", "vl_convert": "vl-convert-python"}
_PARTIAL: Final = ".partial"


def write_report(run: Path, out: Path) -> tuple[Path, ...]:
    """Draw the report of a run's folder into another; returns the files, the page first.

    Every file is written beside its place and moved there whole. Pictures of an earlier report
    that this one does not have are left alone. Takes a few seconds.

    Raises:
        UsageError: the folder has no events, or one that cannot be read; what draws is not
            installed; or the report's folder cannot be made.
        StoreError: a file could not be written, as on a full disk.
    """
    _needed()
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
    return tuple(_write(out / name, content) for name, content in files.items())


def _needed() -> None:
    """What draws is missed before the work begins, and by the name that pip knows."""
    for module, package in _NEEDED.items():
        try:
            import_module(module)
        except ImportError as error:
            raise UsageError(f"{package} is not installed: pip install 'soundly[bench]'") from error


def _write(path: Path, content: bytes) -> Path:
    partial = path.with_name(path.name + _PARTIAL)
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        raise StoreError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)
    return path
