"""A provider that refuses calls gets fewer at once, and the run goes on without losing a cell."""

from __future__ import annotations

import json
import threading
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import anyio
import pytest

from soundly.bench.runs.folder import read_run
from soundly.bench.runs.running import run_suite
from soundly.bench.suites.file import read_suite

ALLOWED = 4
"""Calls that the provider takes at once."""

REPLY = {
    "id": "1",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [
        {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": "no answer"},
        }
    ],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
}


class Provider(BaseHTTPRequestHandler):
    """Answers after a twentieth of a second, and refuses what is too much at once."""

    lock = threading.Lock()
    under_way: list[int]
    now: int

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        with self.lock:
            type(self).now += 1
            at_once = self.now
            self.under_way.append(at_once)
        time.sleep(0.05)
        with self.lock:
            type(self).now -= 1
        refused = at_once > ALLOWED
        body = json.dumps({"error": {"message": "slow down"}} if refused else REPLY).encode()
        self.send_response(429 if refused else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing is printed."""


@pytest.fixture
def provider(monkeypatch):
    """The address of a provider, and how many calls were under way when each one came."""
    Provider.under_way, Provider.now = [], 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    yield f"http://127.0.0.1:{server.server_address[1]}/v1", Provider.under_way
    server.shutdown()
    server.server_close()


@pytest.mark.slow
def test_a_provider_that_refuses_gets_fewer_calls_at_once(tmp_path, write_suite, provider):
    pytest.importorskip("pydantic_ai", reason="needs the extra providers")
    address, under_way = provider
    model = f"openai-compatible:m@{address}?input_price=1,output_price=1"
    suite = read_suite(write_suite("single", models=(model,), seeds="0-59"))
    end = anyio.run(partial(run_suite, suite, tmp_path / "run", concurrency=32))
    results = read_run(tmp_path / "run").results
    assert (end.stopped, len(results)) == (None, 60)
    assert {each.status for each in results} == {"unsolved"}
    assert max(under_way) > ALLOWED
    refused = sum(at_once > ALLOWED for at_once in under_way)
    assert refused == len(under_way) - 60
    assert max(under_way[len(under_way) // 2 :]) <= 2 * ALLOWED
    assert refused <= 30
