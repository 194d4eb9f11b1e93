"""Pictures and pages as files, each written whole or not at all."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from soundly.core.errors import StoreError, UsageError

if TYPE_CHECKING:
    from soundly.charts.look import Picture

_NEEDED: Final = {"altair": "altair", "scipy": "scipy", "vl_convert": "vl-convert-python"}
_PARTIAL: Final = ".partial"
_FORMS: Final = (".svg", ".png")


def require_drawing() -> None:
    """Raise `UsageError` where what draws is not installed, by the name that pip knows.

    To be called before the work begins.
    """
    for module, package in _NEEDED.items():
        try:
            import_module(module)
        except ImportError as error:
            raise UsageError(f"{package} is not installed: pip install 'soundly[bench]'") from error


def require_form(path: Path) -> None:
    """Raise `UsageError` for a picture's file whose name ends in neither .svg nor .png."""
    if path.suffix.lower() not in _FORMS:
        raise UsageError(f"a picture is to be {path}, wanted a name that ends in .svg or .png")


def write_picture(picture: Picture, path: Path) -> Path:
    """Write the picture as SVG or PNG, by the end of its name; gives the path.

    Raises `UsageError` for another end and `StoreError` where the file cannot be written.
    """
    require_form(path)
    svg = path.suffix.lower() == ".svg"
    return write_whole(path, picture.svg().encode() if svg else picture.png())


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file beside its place and move it there; gives the path.

    Raises `StoreError` where it cannot be written, as on a full disk.
    """
    partial = path.with_name(path.name + _PARTIAL)
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        raise StoreError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)
    return path
