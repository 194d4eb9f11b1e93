"""A word model's vocabulary as a Hugging Face tokenizer, so that their trainers run on it."""

from __future__ import annotations

from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit
from transformers import PreTrainedTokenizerFast

from soundly.core.notation import END
from soundly.training.vocabulary import PAD, Vocabulary


def word_tokenizer(vocabulary: Vocabulary) -> PreTrainedTokenizerFast:
    """A tokenizer whose tokens are words with blanks between them, numbered as the vocabulary does.

    It adds nothing: a prompt begins with `BEGIN` because the text does. `END` ends a sequence and
    `PAD` fills one up, on the left; decoding leaves both out. A word that is not in the vocabulary
    raises the ``Exception`` of the tokenizers library. Raises `ValueError` for a vocabulary with a
    blank inside a word, which would not come back as one.
    """
    if any(word.split() != [word] for word in vocabulary.words):
        raise ValueError(f"a word of the notation {vocabulary.notation} has a blank in it")
    words = Tokenizer(WordLevel({word: number for number, word in enumerate(vocabulary.words)}))
    words.pre_tokenizer = WhitespaceSplit()
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=words,
        pad_token=PAD,
        eos_token=END,
        padding_side="left",
        # Else ``end`` would be found inside ``week-end`` too.
        split_special_tokens=True,
        clean_up_tokenization_spaces=False,
    )
