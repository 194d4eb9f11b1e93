"""Generators that need no network keep the laws of a generator.

Hosted models keep them too, under the replies that `tests/generators` gives them.
"""

import json

import pytest

from soundly.config import registry
from soundly.config.generators import make_generator
from soundly.core.completion import Message, Request
from soundly.core.errors import UsageError
from soundly.generators.retry import Retrying, RetryPolicy
from soundly.generators.scripted import Scripted, ScriptedBy
from soundly.testing import GENERATOR_LAWS, Cancelling, GeneratorCase, Greedy
from soundly.testing.fake_family import RIGHT

REQUESTS = tuple(
    Request((Message("user", text),), max_output_tokens=tokens, seed=seed, temperature=0.8)
    for seed, (text, tokens) in enumerate([("Stack a on b.", 16), ("Noch einmal: größer!", 3)])
)
HOSTED = {
    "anthropic", "google", "groq", "mistral", "ollama", "openai", "openai-compatible", "openrouter"
}  # fmt: skip


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "replies.jsonl"
    path.write_text("\n".join(json.dumps(text) for text in [RIGHT, "one two three four"] * 4))
    return path


FAKES = {
    "Scripted": lambda: Scripted([RIGHT], cycle=True),
    "ScriptedBy": lambda: ScriptedBy(lambda request: f"seed {request.seed}"),
    "Greedy": lambda: Greedy([RIGHT]),
    "Retrying": lambda: Retrying(Scripted([RIGHT], cycle=True), RetryPolicy(max_tries=1)),
    "Cancelling": lambda: Cancelling(Scripted([RIGHT], cycle=True), lambda: None, at=10**9),
}


@pytest.mark.anyio
@pytest.mark.parametrize("law", GENERATOR_LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("make", FAKES.values(), ids=FAKES)
async def test_a_generator_keeps(law, make):
    await law(GeneratorCase(make, REQUESTS))


@pytest.mark.anyio
@pytest.mark.parametrize("law", GENERATOR_LAWS, ids=lambda law: law.__name__)
async def test_the_registered_script_keeps(law, script):
    await law(GeneratorCase(lambda: make_generator(f"scripted:{script}"), REQUESTS))


@pytest.mark.parametrize("name", sorted(set(registry.names("generators")) - HOSTED - {"smollm2"}))
def test_a_local_model_without_its_file_says_what_it_wants(name):
    """A scheme that reads a file, given none, is the caller's to mend."""
    with pytest.raises(UsageError, match=name):
        make_generator(name)


def test_every_registered_model_is_tested_somewhere():
    """A new scheme has to say here where its laws are run."""
    assert set(registry.names("generators")) == HOSTED | {"gguf", "recorded", "scripted", "smollm2"}
