"""Groq's SDK still speaks the older httpx, which respx stands in for."""

import httpx
import pytest

from soundly.core.errors import GeneratorError
from soundly.core.spend import Usage
from soundly.generators.providers import Provider

pytestmark = pytest.mark.anyio

URL = "https://api.groq.com/openai/v1/chat/completions"
ANSWER = {
    "id": "x",
    "object": "chat.completion",
    "created": 1,
    "model": "llama-3.3-70b-versatile",
    "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "hi"}}
    ],
    "usage": {"prompt_tokens": 10, "completion_tokens": 7, "total_tokens": 17},
}


def groq() -> Provider:
    return Provider("groq", "llama-3.3-70b-versatile", environ={"GROQ_API_KEY": "key"})


async def test_an_answer_is_read_and_priced(ask, respx_mock):
    respx_mock.post(URL).mock(httpx.Response(200, json=ANSWER))
    completion = await groq().complete(ask())
    assert (completion.text, completion.usage) == ("hi", Usage(10, 7))
    assert completion.dollars


async def test_a_refusal_is_tried_once_and_mapped(ask, respx_mock):
    refusal = httpx.Response(429, headers={"retry-after": "3"}, json={})
    route = respx_mock.post(URL).mock(refusal)
    with pytest.raises(GeneratorError) as caught:
        await groq().complete(ask())
    assert route.call_count == 1
    error = caught.value
    assert (error.retryable, error.billed, error.retry_after_seconds) == (True, False, 3.0)
