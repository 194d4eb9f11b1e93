from __future__ import annotations

import pytest

pytest.importorskip("transformers", reason="the extra train is not installed")

from soundly.core.notation import END, PLAN
from soundly.training.tokenizer import word_tokenizer
from soundly.training.vocabulary import BEGIN, PAD, Vocabulary

WORDS = Vocabulary("tests", (PAD, BEGIN, END, PLAN, "send", "week-end", "#0", "#1"))


def test_a_text_has_the_vocabularys_numbers():
    """Words with blanks between them are numbered as the vocabulary does, and nothing is added."""
    tokenizer = word_tokenizer(WORDS)
    words = (BEGIN, "week-end", "send", "#1", PLAN, "#0", END)
    assert tokenizer(" ".join(words))["input_ids"] == WORDS.encode(words)


def test_decoding_leaves_out_what_ends_and_fills_up():
    """What the model says comes back as words with blanks between them."""
    tokenizer = word_tokenizer(WORDS)
    numbers = WORDS.encode((PLAN, "send", "#1", END, PAD))
    assert tokenizer.decode(numbers, skip_special_tokens=True) == f"{PLAN} send #1"
    assert [tokenizer.eos_token_id, tokenizer.pad_token_id] == WORDS.encode((END, PAD))


def test_prompts_are_filled_up_on_the_left():
    """Answers begin at one place for all prompts of a batch."""
    batch = word_tokenizer(WORDS)(["send", "send #0"], padding=True)
    assert batch["input_ids"][0] == [0, WORDS.encode(["send"])[0]]
    assert batch["attention_mask"][0] == [0, 1]


def test_an_unknown_word_is_no_token():
    """A prompt of another notation fails, and is not read as something else."""
    with pytest.raises(Exception, match="UNK"):
        word_tokenizer(WORDS)("hello")


def test_a_word_with_a_blank_is_refused():
    """It would never be read again."""
    with pytest.raises(ValueError, match="blank"):
        word_tokenizer(Vocabulary("tests", (PAD, BEGIN, END, PLAN, "two words")))
