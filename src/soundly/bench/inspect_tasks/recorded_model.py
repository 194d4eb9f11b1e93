"""Models of sessions that Soundly ran, by the names that exported logs give them.

Inspect makes a log's model before it scores the log again, though no scorer of ours asks one. Our
own names, such as ``scripted:replies.jsonl``, are none that Inspect knows; ``soundly/NAME`` is.
"""

from __future__ import annotations

from inspect_ai.model import ChatMessage, GenerateConfig, ModelAPI, ModelOutput, modelapi
from inspect_ai.tool import ToolChoice, ToolInfo

from soundly.core.errors import UsageError

_PROVIDER = "soundly"


def recorded_name(model: str) -> str:
    """A model's name as Inspect can read it back."""
    return f"{_PROVIDER}/{model}"


@modelapi(name=_PROVIDER)
class RecordedModel(ModelAPI):
    """A model that has answered already. It says nothing more: every call is refused."""

    def __init__(
        self,
        model_name: str,
        base_url: str | None = None,
        api_key: str | None = None,
        config: GenerateConfig | None = None,
    ) -> None:
        super().__init__(model_name, base_url, api_key, [], config or GenerateConfig())

    async def generate(
        self,
        input: list[ChatMessage],  # noqa: A002, ARG002 - Inspect's name
        tools: list[ToolInfo],  # noqa: ARG002
        tool_choice: ToolChoice,  # noqa: ARG002
        config: GenerateConfig,  # noqa: ARG002
    ) -> ModelOutput:
        """Raises `UsageError`: there is nothing to ask."""
        raise UsageError(
            f"{recorded_name(self.model_name)} names the model of sessions that are over; "
            "to ask a model, name one of Inspect's"
        )
