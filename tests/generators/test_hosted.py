import pytest

from soundly.core.errors import UsageError
from soundly.generators import hosted
from soundly.generators.catalogue import AVAILABILITY
from soundly.generators.services import SERVICES


def test_every_service_has_its_function():
    for name in SERVICES:
        assert callable(getattr(hosted, name.replace("-", "_")))


@pytest.mark.parametrize(
    ("rest", "identity"),
    [
        ("llama3.2", "ollama:llama3.2@http://localhost:11434/v1"),
        ("llama3.2@http://home:1/v1", "ollama:llama3.2@http://home:1/v1"),
        ("a@b@https://home/v1", "ollama:a@b@https://home/v1"),
    ],
)
def test_an_address_may_follow_the_model(rest, identity, monkeypatch):
    monkeypatch.delenv("OLLAMA_BASE_URL", raising=False)
    assert hosted.ollama(rest).identity == identity


def test_the_address_can_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("OPENAI_COMPATIBLE_BASE_URL", "http://home:1/v1")
    assert hosted.openai_compatible("m").identity == "openai-compatible:m@http://home:1/v1"


def test_prices_are_stated_together(monkeypatch, ask):
    monkeypatch.setenv("OPENAI_API_KEY", "key")
    model = hosted.openai("nobody-knows", input_price=1.0, output_price=2.0)
    assert model.quote(ask()).dollars
    with pytest.raises(UsageError, match="together"):
        hosted.openai("nobody-knows", input_price=1.0)
    with pytest.raises(UsageError, match="at least 0"):
        hosted.openai("nobody-knows", input_price=-1.0, output_price=2.0)


@pytest.mark.parametrize("name", [name for name in SERVICES if SERVICES[name].needs_key])
def test_a_service_says_which_variable_it_misses(name):
    service = SERVICES[name]
    told = service.availability({})
    assert not told.usable
    assert service.variables[0] in told.reason
    assert service.availability({service.variables[-1]: "key"}).usable


def test_every_kind_of_model_says_whether_it_can_be_used():
    for scheme, availability in AVAILABILITY.items():
        told = availability()
        assert told.usable == (not told.reason), scheme
