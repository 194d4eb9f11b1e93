"""Examples as a data set of Hugging Face's library, for other trainers than ours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from soundly.core.errors import UsageError
from soundly.training.data import record_of
from soundly.training.example import Example


def as_dataset(examples: Iterable[Example]) -> Any:  # noqa: ANN401 - datasets has no types
    """A `datasets.Dataset` with a row an example, and the columns of the JSON Lines files.

    ``statement``, ``thought`` and ``answer`` are texts of words with blanks between them;
    ``family``, ``size`` and ``seed`` draw the problem again. Raises `UsageError` where there is no
    example, or where datasets is not installed.
    """
    try:
        from datasets import Dataset  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError("datasets is not installed: pip install 'soundly[train]'") from error
    rows = [record_of(each) for each in examples]
    if not rows:
        raise UsageError("no example came, wanted at least one to make a data set of")
    return Dataset.from_list(rows)
