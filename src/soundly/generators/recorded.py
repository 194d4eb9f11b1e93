"""A model that replays what another one answered: runs without a key, and the same every time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from copy import copy
from pathlib import Path
from random import Random
from typing import Literal, TypeAlias

from soundly.core.codec import CodecError, from_json
from soundly.core.completion import Completion, Request
from soundly.core.errors import GeneratorError, UsageError
from soundly.core.spend import Quote
from soundly.generators.availability import USABLE, Availability, missing
from soundly.generators.bounds import input_token_bound
from soundly.generators.digests import file_sha256
from soundly.generators.json_lines import read_json_lines
from soundly.generators.request_digest import conversation_sha256, request_sha256

Mode: TypeAlias = Literal["strict", "sample"]


class Recorded:
    """Completions from a file that `Recording` wrote, with the usage and dollars of the original.

    "strict" wants the very same request in the file and replays its completions in the order of
    the file, each once. "sample" draws, by ``seed``, among all completions recorded for the same
    messages, whatever the other settings were: one draw a call, or where the request has a seed,
    the same draw for the same seed.

    Raises:
        UsageError: the file cannot be read, or a line is malformed; names the line and the fault.
    """

    def __init__(self, path: Path | str, *, mode: Mode = "strict", seed: int = 0) -> None:
        self._path = Path(path)
        self._mode: Mode = mode
        self._seed = seed
        self._key = request_sha256 if mode == "strict" else _conversation
        self._asked: Counter[str] = Counter()
        self._completions: defaultdict[str, list[Completion]] = defaultdict(list)
        for number, value in read_json_lines(self._path, torn_end=True):
            request, completion = _read_line(self._path, number, value)
            self._completions[self._key(request)].append(completion)

    @property
    def name(self) -> str:
        """``recorded:`` and the path; each completion carries the name of the original model."""
        return f"recorded:{self._path}"

    @property
    def identity(self) -> str:
        """What tells it from another recording in the same place: what the file holds."""
        return f"recorded sha256={file_sha256(self._path)} mode={self._mode} seed={self._seed}"

    def quote(self, request: Request) -> Quote:
        """The dearest completion that can be replayed for the request."""
        found = self._completions.get(self._key(request))
        if not found:
            return Quote(input_token_bound(request), request.max_output_tokens)
        dollars = [completion.dollars for completion in found]
        known = [amount for amount in dollars if amount is not None]
        return Quote(
            max(completion.usage.input_tokens for completion in found),
            max(completion.usage.output_tokens for completion in found),
            max(known) if len(known) == len(dollars) else None,
        )

    async def complete(self, request: Request) -> Completion:
        """The recorded completion.

        Raises:
            GeneratorError: none is recorded, or all of them have been replayed; names the digest.
        """
        key = self._key(request)
        found = self._completions.get(key, [])
        if not found:
            what = "request" if self._mode == "strict" else "conversation"
            raise GeneratorError(f"{self._path} has no completion for {what} {key}", billed=False)
        number = self._asked[key]
        self._asked[key] += 1
        if self._mode == "sample":
            draw = f"call {number}" if request.seed is None else f"seed {request.seed}"
            return Random(f"{self._seed} {key} {draw}").choice(found)  # noqa: S311 - a replay
        if number >= len(found):
            raise GeneratorError(
                f"{self._path} has {len(found)} completions for request {key}, "
                f"this was call {number + 1}",
                billed=False,
            )
        return found[number]

    def rewound(self) -> Recorded:
        """The same recording with nothing replayed yet."""
        fresh = copy(self)
        fresh._asked = Counter()  # noqa: SLF001 - its own kind
        return fresh


def from_spec(rest: str, *, mode: Mode = "strict", seed: int = 0) -> Recorded:
    """The recording in a JSON Lines file, for a model named ``recorded:FILE``."""
    if not rest:
        raise UsageError("recorded: needs a file, as in recorded:run.jsonl")
    return Recorded(rest, mode=mode, seed=seed)


def availability(rest: str = "") -> Availability:
    """Usable where the file is there; it needs nothing else."""
    return missing(f"{rest} is not a file") if rest and not Path(rest).is_file() else USABLE


def _conversation(request: Request) -> str:
    return conversation_sha256(request.messages)


def _read_line(path: Path, number: int, value: object) -> tuple[Request, Completion]:
    try:
        if not isinstance(value, Mapping):
            raise CodecError(f"got {type(value).__name__}, wanted an object")
        fields = {"request_sha256", "request", "completion"}
        if set(value) != fields:
            wrong = min(fields.symmetric_difference(value))
            raise CodecError(f"field {wrong!r} is {'unknown' if wrong in value else 'missing'}")
        request = from_json(Request, value["request"])
        digest = request_sha256(request)
        if value["request_sha256"] != digest:
            raise CodecError(
                f"request_sha256 is {value['request_sha256']}, the request's is {digest}"
            )
        return request, from_json(Completion, value["completion"])
    except CodecError as error:
        raise UsageError(f"{path}, line {number}: {error}") from error
