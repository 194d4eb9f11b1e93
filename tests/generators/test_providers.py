import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import anyio
import httpx2
import pytest

from soundly.core.completion import Message, Request
from soundly.core.errors import CredentialError, GeneratorError, UsageError
from soundly.core.spend import Usage
from soundly.generators.availability import missing
from soundly.generators.prices import TokenPrice
from soundly.generators.providers import Provider
from soundly.generators.services import SERVICES

pytestmark = pytest.mark.anyio

KEYS = {variable: "key" for service in SERVICES.values() for variable in service.variables}
DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
OPENAI: dict[str, Any] = {
    "id": "x",
    "object": "chat.completion",
    "created": 1,
    "model": "gpt-5-mini-2025-08-07",
    "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "hi"}}
    ],
    "usage": {
        "prompt_tokens": 1000,
        "completion_tokens": 700,
        "total_tokens": 1700,
        "prompt_tokens_details": {"cached_tokens": 400},
        "completion_tokens_details": {"reasoning_tokens": 500},
    },
}
ANTHROPIC = {
    "id": "m",
    "type": "message",
    "role": "assistant",
    "model": "claude-haiku-4-5",
    "content": [
        {"type": "thinking", "thinking": "hm", "signature": "s"},
        {"type": "text", "text": "hi"},
    ],
    "stop_reason": "max_tokens",
    "usage": {
        "input_tokens": 100,
        "output_tokens": 200,
        "cache_read_input_tokens": 50,
        "cache_creation_input_tokens": 30,
    },
}
GOOGLE = {
    "candidates": [
        {"content": {"role": "model", "parts": [{"text": "hi"}]}, "finishReason": "SAFETY"}
    ],
    "usageMetadata": {
        "promptTokenCount": 100,
        "candidatesTokenCount": 40,
        "thoughtsTokenCount": 60,
        "totalTokenCount": 200,
        "cachedContentTokenCount": 20,
    },
    "modelVersion": "gemini-2.5-flash",
}


class Server:
    """Answers every request alike and keeps what came."""

    def __init__(self, answer: httpx2.Response | Exception | None = None, **content: Any) -> None:
        self.answer = answer if answer is not None else httpx2.Response(200, **content)
        self.requests: list[httpx2.Request] = []

    def client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=httpx2.MockTransport(self._handle), timeout=60)

    async def _handle(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    @property
    def sent(self) -> dict[str, Any]:
        return json.loads(self.requests[-1].content)


def provider(server: Server, service="openai", model="gpt-5-mini", **options: Any) -> Provider:
    options = {"environ": KEYS, "now": lambda: DAY, **options}
    return Provider(service, model, http_client=server.client, **options)


async def failure(server: Server, ask, **options: Any) -> GeneratorError:
    with pytest.raises(GeneratorError) as caught:
        await provider(server, **options).complete(ask())
    assert len(server.requests) == 1, "each try is booked, so nobody else may try again"
    return caught.value


async def test_tokens_are_told_by_kind_and_priced_by_kind(ask):
    completion = await provider(Server(json=OPENAI)).complete(ask())
    assert (completion.text, completion.finish_reason) == ("hi", "stop")
    assert completion.model == "gpt-5-mini-2025-08-07"
    assert completion.usage == Usage(1000, 700, reasoning_tokens=500, cached_tokens=400)
    assert completion.dollars == pytest.approx((600 * 0.25 + 400 * 0.025 + 700 * 2.0) / 1e6)
    assert completion.price_date == "2026-03-01"


async def test_thinking_is_kept_apart_from_the_answer(ask):
    model = provider(Server(json=ANTHROPIC), "anthropic", "claude-haiku-4-5")
    completion = await model.complete(ask())
    assert (completion.text, completion.reasoning) == ("hi", "hm")
    assert completion.finish_reason == "length"
    assert completion.usage == Usage(180, 200, cached_tokens=50)
    dollars = (100 * 1.0 + 50 * 0.10 + 30 * 1.25 + 200 * 5.0) / 1e6
    assert completion.dollars == pytest.approx(dollars)


async def test_thoughts_are_a_part_of_the_output(ask):
    model = provider(Server(json=GOOGLE), "google", "gemini-2.5-flash")
    completion = await model.complete(ask())
    assert completion.usage == Usage(100, 100, reasoning_tokens=60, cached_tokens=20)
    assert completion.finish_reason == "filter"


@pytest.mark.parametrize(
    ("service", "model", "answer"),
    [
        ("openai", "gpt-5-mini", OPENAI),
        ("anthropic", "claude-haiku-4-5", ANTHROPIC),
        ("google", "gemini-2.5-flash", GOOGLE),
        ("openrouter", "openai/gpt-5-mini", {**OPENAI, "provider": "OpenAI"}),
        ("ollama", "llama3.2", OPENAI),
    ],
)
async def test_no_completion_costs_more_than_its_quote(ask, service, model, answer):
    model = provider(Server(json=answer), service, model)
    request = ask("x" * 1000, max_output_tokens=700)
    quote = model.quote(request)
    completion = await model.complete(request)
    assert quote.dollars is not None
    assert completion.dollars is not None
    assert completion.usage.input_tokens <= quote.input_tokens
    assert completion.usage.output_tokens <= quote.output_tokens
    assert completion.dollars <= quote.dollars


def test_mistral_answers_on_asyncio_the_one_loop_that_its_sdk_knows(ask):
    model = provider(Server(json=OPENAI), "mistral", "mistral-large-latest")
    completion = anyio.run(model.complete, ask(), backend="asyncio")
    assert completion.usage == Usage(1000, 700, reasoning_tokens=500, cached_tokens=400)
    assert completion.dollars


async def test_an_answer_without_a_bill_is_booked_at_the_quote(ask):
    model = provider(Server(json={key: OPENAI[key] for key in OPENAI if key != "usage"}))
    quote = model.quote(ask())
    completion = await model.complete(ask())
    assert completion.usage == Usage(quote.input_tokens, quote.output_tokens)
    assert completion.dollars == quote.dollars


async def test_every_setting_that_the_service_knows_is_sent():
    server = Server(json=OPENAI)
    request = Request(
        (
            Message("system", "brief"),
            Message("user", "one \ud800"),
            Message("assistant", "two"),
            Message("user", "three"),
        ),
        max_output_tokens=99,
        temperature=0.5,
        top_p=0.9,
        seed=7,
        stop=("END",),
    )
    await provider(server, model="gpt-4o").complete(request)
    assert server.sent == {
        "model": "gpt-4o",
        "stream": False,
        "messages": [
            {"role": "system", "content": "brief"},
            {"role": "user", "content": "one \ufffd"},
            {"role": "assistant", "content": "two"},
            {"role": "user", "content": "three"},
        ],
        "max_completion_tokens": 99,
        "temperature": 0.5,
        "top_p": 0.9,
        "seed": 7,
        "stop": ["END"],
    }


async def test_reasoning_effort_is_sent(ask):
    server = Server(json=OPENAI)
    await provider(server).complete(ask(reasoning_effort="low"))
    assert server.sent["reasoning_effort"] == "low"


@pytest.mark.parametrize("service", ["ollama", "openai-compatible"])
async def test_an_effort_is_sent_to_a_server_at_home(ask, service):
    """Whether the model reasons, the server knows."""
    server = Server(json=OPENAI)
    model = provider(server, service, "m", base_url="http://home:8000/v1", environ={})
    answer = await model.complete(ask(reasoning_effort="high"))
    assert server.sent["reasoning_effort"] == "high"
    assert answer.usage.reasoning_tokens == 500


async def test_an_effort_for_a_model_that_takes_none_is_refused(ask):
    """It would be dropped on the way, and nobody would know what was measured."""
    server = Server(json=OPENAI)
    with pytest.raises(UsageError, match=r"^openai:gpt-4o takes no reasoning effort; leave"):
        await provider(server, model="gpt-4o").complete(ask(reasoning_effort="low"))
    assert server.requests == []


@pytest.mark.parametrize("service", ["ollama", "openai-compatible"])
async def test_a_server_at_home_gets_the_bound_that_every_server_knows(ask, service):
    server = Server(json=OPENAI)
    model = provider(server, service, "m", base_url="http://home:8000/v1", environ={})
    await model.complete(ask(max_output_tokens=9))
    assert server.sent["max_tokens"] == 9
    assert str(server.requests[0].url) == "http://home:8000/v1/chat/completions"
    assert model.identity == f"{service}:m@http://home:8000/v1"


async def test_a_key_for_openai_is_not_sent_to_another_server(ask, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    server = Server(json=OPENAI)
    model = provider(server, "openai-compatible", "m", base_url="http://home/v1", environ={})
    await model.complete(ask())
    assert "secret" not in str(server.requests[0].headers.raw)


@pytest.mark.parametrize(
    ("status", "retryable", "billed"),
    [
        (400, False, False),
        (401, False, False),
        (403, False, False),
        (404, False, False),
        (408, True, True),
        (409, True, True),
        (422, False, False),
        (429, True, False),
        (500, True, True),
        (502, True, True),
        (503, True, True),
        (529, True, True),
    ],
)
@pytest.mark.parametrize(
    ("service", "model"), [("openai", "gpt-5-mini"), ("anthropic", "claude-haiku-4-5")]
)
async def test_each_status_is_worth_what_it_says(ask, status, retryable, billed, service, model):
    server = Server(httpx2.Response(status, json={"error": {"message": "no"}}))
    error = await failure(server, ask, service=service, model=model)
    assert (error.retryable, error.billed) == (retryable, billed)
    assert str(status) in str(error)
    assert f"{service}:{model}" in str(error)


async def test_spent_quota_is_no_reason_to_wait(ask):
    body = {"error": {"message": "pay", "code": "insufficient_quota"}}
    error = await failure(Server(httpx2.Response(429, json=body)), ask)
    assert (error.retryable, error.billed) == (False, False)


@pytest.mark.parametrize("status", [429, 503])
async def test_the_wait_asked_for_is_read_in_seconds_and_as_a_date(ask, status):
    answer = httpx2.Response(status, headers={"retry-after": "7"}, json={})
    assert (await failure(Server(answer), ask)).retry_after_seconds == 7.0
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    answer = httpx2.Response(status, headers={"retry-after": date}, json={})
    wait = (await failure(Server(answer), ask)).retry_after_seconds
    assert wait is not None
    assert 60 < wait <= 100


@pytest.mark.parametrize(
    "body", [b"", b'{"id":"x","choi', b"<html>", b"null", b"[]", b"{}", b'{"choices":[]}', b"\xff"]
)
async def test_a_truncated_or_foreign_body_is_worth_another_try_and_is_booked(ask, body):
    headers = {"content-type": "application/json"}
    error = await failure(Server(httpx2.Response(200, content=body, headers=headers)), ask)
    assert (error.retryable, error.billed) == (True, True)


@pytest.mark.parametrize(
    ("lost", "billed"),
    [
        (httpx2.ConnectError("refused"), False),
        (httpx2.ConnectTimeout("late"), False),
        (httpx2.PoolTimeout("busy"), False),
        (httpx2.ReadTimeout("late"), True),
        (httpx2.WriteTimeout("late"), True),
        (httpx2.ReadError("reset"), True),
        (httpx2.RemoteProtocolError("closed"), True),
    ],
)
async def test_a_lost_connection_is_worth_another_try(ask, lost, billed):
    error = await failure(Server(lost), ask)
    assert (error.retryable, error.billed) == (True, billed)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"error": {"message": "wrong key", "type": "auth"}}, "HTTP 401: wrong key"),
        ({"error": "wrong key"}, "HTTP 401: wrong key"),
        ({"message": "wrong key"}, "HTTP 401: wrong key"),
        ({"detail": [3]}, "HTTP 401: {'detail': [3]}"),
        ({}, "HTTP 401: nothing said"),
    ],
)
async def test_a_refusal_says_the_status_and_what_the_service_said(ask, body, said):
    error = await failure(Server(httpx2.Response(401, json=body)), ask)
    assert str(error).endswith(said)


async def test_a_lost_connection_says_why(ask):
    error = await failure(Server(httpx2.ConnectError("name not known")), ask)
    assert "ConnectError: name not known" in str(error)


def test_a_service_whose_packages_are_missing_is_refused_at_once_whatever_the_key(monkeypatch):
    monkeypatch.setattr(
        "soundly.generators.services.needs_module", lambda module, *, extra: missing(module + extra)
    )
    with pytest.raises(UsageError, match="openai: pydantic_aiproviders"):
        Provider("openai", "gpt-5-mini", environ=KEYS)


async def test_a_server_that_never_answers_is_left_after_the_timeout(ask):
    class Silent(Server):
        async def _handle(self, request: httpx2.Request) -> httpx2.Response:
            self.requests.append(request)
            await anyio.sleep_forever()
            raise AssertionError

    error = await failure(Silent(), ask, timeout_seconds=0.01)
    assert (error.retryable, error.billed) == (True, True)
    assert "timed out after 0.01 seconds" in str(error)


async def test_cancelling_a_call_ends_it(ask):
    with anyio.CancelScope() as scope:

        class Cancelling(Server):
            async def _handle(self, request: httpx2.Request) -> httpx2.Response:
                scope.cancel()
                await anyio.sleep_forever()
                raise AssertionError

        await provider(Cancelling()).complete(ask())
    assert scope.cancelled_caught


async def test_a_huge_error_body_is_cut_in_the_message(ask):
    body = {"error": {"message": "x" * 100_000}}
    error = await failure(Server(httpx2.Response(400, json=body)), ask)
    assert len(str(error)) < 1000


@pytest.mark.parametrize("service", [name for name in SERVICES if SERVICES[name].needs_key])
def test_a_missing_key_is_named_before_anything_is_sent(service):
    with pytest.raises(CredentialError, match=SERVICES[service].variables[0]):
        Provider(service, "m", environ={})


async def test_a_grammar_is_refused_by_who_cannot_hold_to_it(ask):
    server = Server(json=OPENAI)
    with pytest.raises(UsageError, match="grammar"):
        await provider(server).complete(ask(grammar='root ::= "a"'))
    assert server.requests == []


async def test_an_unknown_effort_is_refused(ask):
    with pytest.raises(UsageError, match="'much', wanted one of minimal, low"):
        await provider(Server(json=OPENAI)).complete(ask(reasoning_effort="much"))


def test_a_model_without_a_listed_price_is_quoted_as_unknown(ask):
    assert provider(Server(), model="nobody-knows").quote(ask()).dollars is None
    model = provider(Server(), "openai-compatible", "m", base_url="http://home")
    assert model.quote(ask()).dollars is None


async def test_a_stated_price_overrides_the_list(ask):
    model = provider(Server(json=OPENAI), price=TokenPrice(10.0, 100.0))
    completion = await model.complete(ask())
    assert completion.dollars == pytest.approx((1000 * 10 + 700 * 100) / 1e6)
    assert completion.price_date is None


async def test_connections_can_be_closed_and_opened_again(ask):
    model = provider(Server(json=OPENAI))
    await model.aclose()
    await model.complete(ask())
    await model.aclose()
    assert (await model.complete(ask())).text == "hi"


def test_one_provider_serves_one_event_loop_after_another(ask):
    model = provider(Server(json=OPENAI))
    for backend in ("asyncio", "trio", "asyncio"):
        assert anyio.run(model.complete, ask(), backend=backend).text == "hi"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nobody", "m"), "service is 'nobody'"),
        (("openai", ""), "names no model"),
        (("openai-compatible", "m"), "needs an address, as in .*, or in OPENAI_COMPATIBLE"),
    ],
)
def test_what_cannot_be_used_is_refused_at_once(arguments, told):
    with pytest.raises(UsageError, match=told):
        Provider(*arguments, environ=KEYS)


@pytest.mark.parametrize("address", ["home:8000", "ftp://home", "http://", "/v1"])
def test_an_address_must_be_one(address):
    with pytest.raises(UsageError, match="wanted http"):
        Provider("ollama", "m", base_url=address, environ={})


def test_a_timeout_must_be_positive():
    with pytest.raises(UsageError, match="timeout_seconds is 0"):
        Provider("openai", "m", timeout_seconds=0, environ=KEYS)


def test_a_service_with_one_address_takes_no_other():
    with pytest.raises(UsageError, match="openrouter has one address"):
        Provider("openrouter", "m", base_url="http://home", environ=KEYS)
