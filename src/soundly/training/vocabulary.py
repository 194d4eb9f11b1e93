"""Words and their numbers: the tokenizer of a model that is trained on a notation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from soundly.core.errors import UsageError
from soundly.core.notation import END, MARK, PLAN, Notation, Words

PAD, BEGIN = "<pad>", "<begin>"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a model in the order of their numbers, `PAD`, `BEGIN` and `END` first.

    ``notation`` is the name of the notation that they belong to.
    """

    notation: str
    words: Words
    _numbers: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        if self.words[:4] != (PAD, BEGIN, END, PLAN):
            raise ValueError(f"{self.words[:4]} came first, wanted {(PAD, BEGIN, END, PLAN)}")
        self._numbers.update({word: number for number, word in enumerate(self.words)})
        if len(self._numbers) != len(self.words):
            raise ValueError("a word stands twice in the vocabulary")

    @classmethod
    def of(cls, notation: Notation, *, more: Iterable[str] = ()) -> Vocabulary:
        """A notation's words, then ``more`` (words of traces, moves), then the numbered names."""
        numbered = (f"{MARK}{place}" for place in range(notation.room))
        words = dict.fromkeys((*notation.vocabulary, *more))
        return cls(notation.name, (PAD, BEGIN, END, PLAN, *words, *numbered))

    def __len__(self) -> int:
        return len(self.words)

    def encode(self, words: Iterable[str]) -> list[int]:
        """The words' numbers; raises `UsageError` for a word that the model was not made for."""
        try:
            return [self._numbers[word] for word in words]
        except KeyError as error:
            raise UsageError(
                f"{error.args[0]!r} is no word of the notation {self.notation}"
            ) from error

    def decode(self, numbers: Sequence[int]) -> Words:
        """The words of these numbers."""
        return tuple(self.words[number] for number in numbers)
