"""The hosted models that we can ask, as data: what each is called, and which key it wants."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from soundly.core.errors import CredentialError
from soundly.generators.availability import USABLE, Availability, needs_module, needs_variable


@dataclass(frozen=True, slots=True)
class Service:
    """One provider of models.

    ``model_kind`` and ``provider`` are pydantic-ai's names for it, ``price_list`` is
    genai-prices'. One of ``variables`` must be set where ``needs_key``; ``default_url`` is for
    services that run at home, which cost nothing (``free``).
    """

    name: str
    model_kind: str
    provider: str
    variables: tuple[str, ...]
    module: str
    price_list: str | None = None
    needs_key: bool = True
    takes_url: bool = True
    url_variable: str | None = None
    default_url: str | None = None
    free: bool = False

    @property
    def compatible(self) -> bool:
        """True for a server that anyone can run and that speaks OpenAI's chat completions."""
        return self.provider == "openai-compatible"

    def key(self, environ: Mapping[str, str] = os.environ) -> str | None:
        """The key from the environment.

        Raises:
            CredentialError: the service needs one, and no variable is set. Names the variables.
        """
        for variable in self.variables:
            if value := environ.get(variable):
                return value
        if self.needs_key:
            raise CredentialError(f"{self.name}: {' or '.join(self.variables)} is not set")
        return None

    def installed(self) -> Availability:
        """Whether the packages are there that speak with the service."""
        for module in ("pydantic_ai", "genai_prices", self.module):
            found = needs_module(module, extra="providers")
            if not found.usable:
                return found
        return USABLE

    def availability(self, environ: Mapping[str, str] = os.environ) -> Availability:
        """Whether packages and key are there; whether they work, only a call tells."""
        installed = self.installed()
        if not (installed.usable and self.needs_key):
            return installed
        return needs_variable(*self.variables, environ=environ)


SERVICES: Mapping[str, Service] = {
    service.name: service
    for service in (
        # Chat completions, not responses: they take a seed and stop sequences.
        Service("openai", "openai-chat", "openai", ("OPENAI_API_KEY",), "openai", "openai"),
        Service(
            "anthropic", "anthropic", "anthropic", ("ANTHROPIC_API_KEY",), "anthropic", "anthropic"
        ),
        Service(
            "google",
            "google",
            "google",
            ("GOOGLE_API_KEY", "GEMINI_API_KEY"),
            "google.genai",
            "google",
        ),
        Service("mistral", "mistral", "mistral", ("MISTRAL_API_KEY",), "mistralai", "mistral"),
        Service("groq", "groq", "groq", ("GROQ_API_KEY",), "groq", "groq"),
        Service(
            "openrouter",
            "openrouter",
            "openrouter",
            ("OPENROUTER_API_KEY",),
            "openai",
            "openrouter",
            takes_url=False,
        ),
        Service(
            "ollama",
            "openai-chat",
            "openai-compatible",
            ("OLLAMA_API_KEY",),
            "openai",
            needs_key=False,
            url_variable="OLLAMA_BASE_URL",
            default_url="http://localhost:11434/v1",
            free=True,
        ),
        Service(
            "openai-compatible",
            "openai-chat",
            "openai-compatible",
            ("OPENAI_COMPATIBLE_API_KEY",),
            "openai",
            needs_key=False,
            url_variable="OPENAI_COMPATIBLE_BASE_URL",
        ),
    )
}
"""Every service by the name that stands before the colon in ``openai:gpt-5-mini``."""
