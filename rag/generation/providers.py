"""Who may answer as a language model: what each needs, and what its client is made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rag.errors import SettingsError
from rag.settings import Settings

RETRIES = 2
"""How often the provider's own client asks again when it is turned away or not answered."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One vendor: what langchain calls it, what must be installed, whose variables hold the key."""

    langchain: str
    package: str
    extra: str
    needs: str
    schema: bool = False
    """Whether its own models keep to a JSON schema, so that statements come as JSON."""


PROVIDERS: Mapping[str, Provider] = {
    "ollama": Provider(
        "ollama", "langchain_ollama", "ollama", "that Ollama runs here or where OLLAMA_HOST says"
    ),
    "openai": Provider(
        "openai",
        "langchain_openai",
        "openai",
        "OPENAI_API_KEY, and SCRUTINY_MODEL_URL for a server of your own",
        schema=True,
    ),
    "anthropic": Provider("anthropic", "langchain_anthropic", "anthropic", "ANTHROPIC_API_KEY"),
    "azure": Provider(
        "azure_openai",
        "langchain_openai",
        "azure",
        "AZURE_OPENAI_API_KEY, AZURE_OPENAI_ENDPOINT and OPENAI_API_VERSION",
        schema=True,
    ),
    "bedrock": Provider(
        "bedrock_converse", "langchain_aws", "bedrock", "AWS_REGION and your AWS credentials"
    ),
}
ALIASES = {"azure_openai": "azure", "bedrock_converse": "bedrock"}


def provider_of(model: str) -> tuple[Provider, str]:
    """The provider and the name in `provider:name`; raises SettingsError for one not known."""
    called, _, name = model.partition(":")
    provider = PROVIDERS.get(ALIASES.get(called, called))
    if provider is None:
        raise SettingsError(
            "SCRUTINY_MODEL names a provider that is not known: begin it with one of "
            f"{', '.join(f'{known}:' for known in PROVIDERS)}."
        )
    return provider, name


def options(provider: Provider, settings: Settings, *, plain: bool = False) -> dict[str, Any]:
    """What the vendor's client is made with; `plain` leaves out what some models do not take."""
    chosen: dict[str, Any] = {} if plain else {"temperature": 0.0}
    if settings.model_url:
        chosen["azure_endpoint" if provider.extra == "azure" else "base_url"] = settings.model_url
    if provider.extra == "ollama":
        room = settings.model_tokens + settings.model_reply_tokens
        limit = {"timeout": settings.model_seconds}
        more = {"num_predict": settings.model_reply_tokens, "num_ctx": room}
        return chosen | more | {"client_kwargs": limit}
    limits = {"timeout": settings.model_seconds, "max_retries": RETRIES}
    return chosen | {"max_tokens": settings.model_reply_tokens} | limits
