"""Every kind of registered generator keeps the laws of a generator.

Hosted models share one client, so one of them stands for all, against a server on this machine;
what sets them apart is in `tests/generators`.
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from soundly.config import registry
from soundly.config.generators import make_generator, open_model
from soundly.core.completion import Message, Request
from soundly.core.errors import UsageError
from soundly.generators import smollm2
from soundly.generators.recording import Recording
from soundly.generators.retry import Retrying, RetryPolicy
from soundly.generators.scripted import Scripted, ScriptedBy
from soundly.generators.weights import smollm2_weights
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


@pytest.mark.anyio
@pytest.mark.parametrize("law", GENERATOR_LAWS, ids=lambda law: law.__name__)
async def test_a_recording_keeps(law, tmp_path):
    file = tmp_path / "run.jsonl"
    recording = Recording(Scripted([RIGHT], cycle=True), file)
    for request in REQUESTS * 4:
        await recording.complete(request)
    await law(GeneratorCase(lambda: make_generator(f"recorded:{file}"), REQUESTS))


@pytest.fixture(scope="module", params=["smollm2", "gguf"])
def embedded(request):
    """The real embedded model, by its own name and by its file's."""
    if not smollm2.availability().usable:
        pytest.skip(f"smollm2: {smollm2.availability().reason}")
    name = "smollm2" if request.param == "smollm2" else f"gguf:{smollm2_weights()}"
    with make_generator(name) as model:
        yield model


@pytest.mark.anyio
@pytest.mark.parametrize("law", GENERATOR_LAWS, ids=lambda law: law.__name__)
async def test_the_embedded_model_keeps(law, embedded):
    await law(GeneratorCase(lambda: embedded, REQUESTS))


class _Replies(BaseHTTPRequestHandler):
    """An OpenAI-compatible server that says the same to everyone."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant"}}
        choice["message"]["content"] = "(stack a b)"
        usage = {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}
        reply = {"id": "1", "object": "chat.completion", "created": 1, "model": "m"}
        body = json.dumps({**reply, "choices": [choice], "usage": usage}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def served():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Replies)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("law", GENERATOR_LAWS, ids=lambda law: law.__name__)
async def test_a_hosted_model_keeps(law, served):
    opened = []

    def make():
        opened.append(open_model(f"openai-compatible:m@{served}?input_price=1,output_price=2"))
        return opened[-1].generator

    try:
        await law(GeneratorCase(make, REQUESTS))
    finally:
        for model in opened:
            await model.aclose()


@pytest.mark.parametrize(
    "name", sorted(set(registry.names("generators")) - HOSTED - {"smollm2", "blocksworld-tiny"})
)
def test_a_local_model_without_its_file_says_what_it_wants(name):
    """A scheme that reads a file, given none, is the caller's to mend."""
    with pytest.raises(UsageError, match=name):
        make_generator(name)


def test_every_registered_model_is_tested_somewhere():
    """A new scheme has to say here where its laws are run."""
    assert set(registry.names("generators")) == HOSTED | {
        *("gguf", "recorded", "scripted", "smollm2"),
        *("blocksworld-tiny", "trained"),  # tests/generators/test_word_model.py
    }
