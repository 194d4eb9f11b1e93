"""llama.cpp inside this process: load a GGUF, count tokens, complete a chat. Everything blocks.

xllamacpp always opens llama.cpp's HTTP server on a free port of 127.0.0.1; we close it to others
with a key of our own, and use it only for what its Python interface does not offer: to count tokens
and to read the chat template.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Mapping
from functools import cached_property
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from soundly.core.errors import GeneratorError, UsageError

_BATCH_TOKENS = 512
"""Prompt tokens between two looks at a cancellation: about two seconds on two slow cores."""

_CALL_TIMEOUT_SECONDS = 60.0


class LlamaServer:
    """One loaded model; its methods may be called from several threads at once.

    ``context_tokens`` is the room of one slot, prompt and answer together.
    """

    def __init__(self, path: Path, *, slots: int, context_tokens: int, threads: int | None) -> None:
        try:
            import xllamacpp  # noqa: PLC0415 - a tenth of a second and 60 MB: only for those who use it
        except ImportError as error:
            raise UsageError("xllamacpp is not installed: pip install 'soundly[local]'") from error
        _look_like_gguf(path)
        self._key = secrets.token_hex(16)
        params = xllamacpp.CommonParams()
        params.model.path = str(path)
        params.n_parallel = slots
        params.n_ctx = slots * context_tokens
        params.n_batch = params.n_ubatch = _BATCH_TOKENS
        count = threads or default_threads()
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = count
        _make_deterministic(params)
        _make_quiet_and_closed(params, self._key)
        try:
            self._server = xllamacpp.Server(params)
        except RuntimeError as error:
            raise UsageError(f"llama.cpp cannot load {path}: {error}") from error
        # llama.cpp says that it is ready before its loop runs, and a server that is closed in
        # between never ends. The loop itself answers this.
        self._server.handle_metrics()

    def count_tokens(self, body: Mapping[str, object]) -> int:
        """How many tokens the conversation of a request is in the model's own chat template."""
        counted = self._call("POST", "/chat/completions/input_tokens", body)
        count = counted.get("input_tokens")
        if not isinstance(count, int):
            raise GeneratorError(f"llama.cpp cannot count tokens: {_reason(counted)}", billed=False)
        return count

    @cached_property
    def chat_template(self) -> str:
        """The model's own chat template."""
        template = self._call("GET", "/props").get("chat_template")
        if not isinstance(template, str):
            raise GeneratorError("llama.cpp does not tell the chat template", billed=False)
        return template

    def stream(
        self, body: Mapping[str, object], on_chunk: Callable[[dict[str, Any]], bool]
    ) -> None:
        """Complete a chat; ``on_chunk`` sees each chunk, and stops the work by returning True.

        An error is a chunk too: it holds the key ``error``.
        """
        self._server.handle_chat_completions({**body, "stream": True}, on_chunk)

    def stream_tokens(
        self, body: Mapping[str, object], on_chunk: Callable[[dict[str, Any]], bool]
    ) -> None:
        """Complete a text given by the numbers of its tokens; chunks come as in `stream`."""
        self._server.handle_completions({**body, "stream": True}, on_chunk)

    def _call(self, method: str, path: str, body: object = None) -> Mapping[str, object]:
        address = urlsplit(self._server.listening_address)
        connection = HTTPConnection(
            address.hostname or "127.0.0.1", address.port, timeout=_CALL_TIMEOUT_SECONDS
        )
        try:
            headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
            sent = None if body is None else json.dumps(body)
            connection.request(method, path, sent, headers)
            answer = json.loads(connection.getresponse().read())
        except (OSError, HTTPException, ValueError) as error:
            raise GeneratorError(
                f"llama.cpp did not answer {path}: {error}", billed=False
            ) from error
        finally:
            connection.close()
        return answer if isinstance(answer, dict) else {}


def default_threads() -> int:
    """Half of the processors that we may use, at least one.

    llama.cpp's threads wait for each other by spinning, many times a token. With one a processor,
    any other work on the machine halts them all: on two busy processors two threads did not finish
    in 15 seconds what one did in 6.
    """
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, (usable or 1) // 2)


def _look_like_gguf(path: Path) -> None:
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error
    if magic != b"GGUF":
        raise UsageError(f"{path} is not a GGUF file: it begins with {magic!r}, wanted b'GGUF'")


def _make_deterministic(params: Any) -> None:  # noqa: ANN401 - an untyped extension class
    # With the prompt cache on, the first and a later answer to one seeded prompt can differ: the
    # cached part was computed in batches of another shape, and sums of floats depend on it.
    params.cache_prompt = False
    params.cache_ram_mib = 0
    params.cache_idle_slots = False
    # No silent loss of the beginning of a conversation, and no silent change of the context size.
    params.ctx_shift = False
    params.fit_params = False
    params.warmup = False


def _make_quiet_and_closed(params: Any, key: str) -> None:  # noqa: ANN401
    params.verbosity = 0
    params.offline = True
    params.ui = False
    params.endpoint_slots = False
    params.endpoint_metrics = True
    params.n_threads_http = 2
    params.api_keys = [key]
    params.cors_origins = "http://127.0.0.1"


def _reason(body: Mapping[str, object]) -> str:
    error = body.get("error")
    return str(error.get("message") if isinstance(error, dict) else body)
