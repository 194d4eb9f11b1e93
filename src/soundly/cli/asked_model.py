"""A model and the places that keep its sessions, opened before the first call and closed after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, ExitStack, aclosing, contextmanager, nullcontext

from soundly.bench.boundary.answers import AnswerFile
from soundly.config.generators import OpenModel, open_model
from soundly.core.events import Sink
from soundly.store import Store


@contextmanager
def asked_model(
    name: str | None, *, store: str | None, file: AnswerFile | None
) -> Iterator[tuple[OpenModel | None, list[Sink]]]:
    """The model, None where none is named, and the store as a sink of its sessions, if any.

    The caller closes the model with `closing`, in the loop that asked it. Raises what opening them
    raises, and `UsageError` where the file of answers cannot be written.
    """
    with ExitStack() as stack:
        sinks: list[Sink] = [stack.enter_context(Store.open(store))] if store else []
        if file is not None:
            file.require_writable()
        yield None if name is None else open_model(name), sinks


def closing(model: OpenModel | None) -> AbstractAsyncContextManager[object]:
    """Closes the model at the end, where there is one."""
    return nullcontext() if model is None else aclosing(model)
