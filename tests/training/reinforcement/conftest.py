"""A family so small that a network of one layer learns it in seconds: say the names again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from soundly.core.candidate import Candidate, Found, Reading, Unreadable
from soundly.core.certificate import Certificate
from soundly.core.completion import Message
from soundly.core.critic import Ask, Critic
from soundly.core.dial import Dial
from soundly.core.errors import FamilyError
from soundly.core.family import PromptStyle
from soundly.core.notation import PLAN, SearchSpace, Statement, Words
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject
from soundly.training.example import Example

ANIMALS = ("ant", "bee", "cat", "dog", "eel", "fox")


@dataclass(frozen=True)
class EchoCritic:
    judgement: Exception | Verdict | None = None
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE
    name: str = "echo-critic"
    version: str = "1"

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:
        if isinstance(self.judgement, Exception):
            raise self.judgement
        if self.judgement is not None:
            return self.judgement
        right = candidate.canonical == problem.statement["names"]
        return ACCEPT if right else reject(Critique("other-names", "these are other names"))


@dataclass(frozen=True)
class EchoNotation:
    name: str = "echo-1"
    vocabulary: Words = ("say",)
    room: int = len(ANIMALS)

    def state(self, problem: Problem) -> Statement:
        names = tuple(problem.statement["names"].split())
        words = ("say", *(f"#{place}" for place in range(len(names))))
        return Statement(self.name, words, names, {PLAN: "Answer:"})

    def solution(self, problem: Problem, solution: object) -> Words:
        return self.state(problem).words[1:]

    def space(self, problem: Problem) -> SearchSpace:
        raise NotImplementedError

    def grammar(self, statement: Statement, labels: Sequence[int]) -> str:
        raise NotImplementedError


@dataclass(frozen=True)
class EchoFamily:
    critic: Critic = field(default_factory=EchoCritic)
    notation: EchoNotation = field(default_factory=EchoNotation)
    name: str = "echo"
    dial: Dial = Dial(1, 4)

    def draw(self, *, size: int, seed: int) -> Problem:
        names = Random(seed).sample(ANIMALS, size)
        return Problem(self.name, f"echo-{size}-{seed}", {"names": " ".join(names)})

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        return (Message("user", f"Say these names again: {problem.statement['names']}."),)

    def read(self, problem: Problem, text: str) -> Reading:
        said = text.removeprefix("Answer:").split()
        if not said or not set(said) <= set(ANIMALS):
            return Unreadable(Critique("no-names", "wanted names with blanks between them"))
        return Found(tuple(said), " ".join(said), text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        raise FamilyError("echoes are not certified")

    def example(self, size: int, rng: Random) -> Example:
        seed = rng.getrandbits(20)
        statement = self.notation.state(self.draw(size=size, seed=seed))
        return Example(
            self.name, size, seed, f"echo-{size}", statement.words, size, statement.words[1:]
        )


@pytest.fixture(scope="session")
def echo() -> Callable[..., EchoFamily]:
    """Makes the family, with a critic that says what it is told to where something is given."""

    def make(judgement: Exception | Verdict | None = None, **critic: object) -> EchoFamily:
        return EchoFamily(EchoCritic(judgement, **critic))

    return make


@pytest.fixture(scope="session")
def taught(echo, tmp_path_factory) -> Path:
    """A model that says one name again about every third time: something to reward."""
    torch = pytest.importorskip("torch", reason="the extra train is not installed")
    from soundly.training.model import new_model, save_model
    from soundly.training.shape import Shape
    from soundly.training.vocabulary import Vocabulary

    family, rng = echo(), Random(1)
    vocabulary = Vocabulary.of(family.notation)
    shape = Shape(layers=1, width=32, heads=2, inner=64, context=24)
    model = new_model(shape, vocabulary, seed=0)
    optimizer = torch.optim.AdamW(model.network.parameters(), lr=3e-3)
    for _ in range(300):
        size = rng.choice([1, 2])
        labels = [rng.sample(range(family.notation.room), size) for _ in range(16)]
        example = family.example(size, rng)
        prompts = [example.prompt(vocabulary, each) for each in labels]
        answers = [example.completion(vocabulary, each) for each in labels]
        tokens = torch.tensor([p + a for p, a in zip(prompts, answers, strict=True)])
        wanted = tokens.clone()
        wanted[:, : len(prompts[0])] = -100
        model.network(input_ids=tokens, labels=wanted).loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    folder = tmp_path_factory.mktemp("taught")
    save_model(model, folder)
    return folder


TEMPLATE = (
    "{% for m in messages %}{{ m['role'] }} : {{ m['content'] }} {% if m['role'] == 'assistant' %}"
    "<end> {% endif %}{% endfor %}{% if add_generation_prompt %}assistant : {% endif %}"
)


@pytest.fixture(scope="session")
def chat_folder(tmp_path_factory) -> Path:
    """A chat model of one layer that has learnt nothing, as a Hugging Face folder."""
    torch = pytest.importorskip("torch", reason="the extra train is not installed")
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    words = ["<pad>", "<end>", "<unk>", "user", "assistant", ":", *ANIMALS]
    words += [f"{each}." for each in ANIMALS]  # as a prompt's last word
    tokens = Tokenizer(models.WordLevel({w: n for n, w in enumerate(words)}, unk_token="<unk>"))
    tokens.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=tokens, pad_token="<pad>", eos_token="<end>", unk_token="<unk>"
    )
    tokenizer.chat_template = TEMPLATE
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(words),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=64,
        initializer_range=0.2,
        pad_token_id=0,
        bos_token_id=None,
        eos_token_id=1,
    )
    folder = tmp_path_factory.mktemp("chat")
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
