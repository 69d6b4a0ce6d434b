"""What a model's server says beside the protocol: how much the model reads at once, and how many
tokens a text is to it.

Every server tells it elsewhere, a hosted one not at all. What was not told is not asked again."""

import logging
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx

from hemeroteca.index.machine import transport

_PATIENCE_S = 5.0  # it counts while it writes for others, too
_LIMITS = httpx.Limits(max_keepalive_connections=1)
_LATER = (408, 425, 429, 500, 502, 503, 504)  # another time it may say it

log = logging.getLogger(__name__)


class ModelServer:
    """The server at `base_url`, an OpenAI-compatible address. Safe to use from several threads."""

    def __init__(self, base_url: str, model: str, api_key: str) -> None:
        self._base_url, self._model = base_url.rstrip("/"), model
        parts = urlsplit(self._base_url)
        self._root = urlunsplit(
            (parts.scheme, parts.netloc, parts.path.removesuffix("/v1"), "", "")
        )
        self._client = httpx.Client(
            timeout=_PATIENCE_S,
            limits=_LIMITS,
            headers={"Authorization": f"Bearer {api_key}"} if api_key else {},
            transport=transport(base_url, _LIMITS),
        )
        self._told: int | None = None
        self._silent: set[str] = set()  # what it does not say

    @property
    def context_tokens(self) -> int | None:
        """The tokens that the model reads at once, as far as the server says; None if it does
        not."""
        for asked in (self._of_llama_cpp, self._of_models, self._of_lm_studio, self._of_ollama):
            if self._told is None:
                self._told = self._asked(asked.__name__, asked)
        return self._told

    def count(self, text: str) -> int | None:
        """How many tokens `text` is, None if the server does not count. llama.cpp's takes
        `content`, vLLM's `prompt`."""

        def counted() -> int:
            told = self._post("tokenize", content=text, prompt=text, model=self._model)
            return int(told["count"]) if "count" in told else len(told["tokens"])

        return self._asked("tokenize", counted)

    def _asked(self, what: str, ask: Callable[[], Any]) -> int | None:
        """What `ask` gives, if it is a number; it is not asked again where the server does not
        know it, unlike one that is still loading its model."""
        if what in self._silent:
            return None
        try:
            told = ask()
        except httpx.HTTPStatusError as error:
            log.debug("the model's server does not say %s: %s", what, error)
            if error.response.status_code not in _LATER:
                self._silent.add(what)
            return None
        except httpx.HTTPError as error:
            log.debug("the model's server does not say %s: %s", what, error)
            return None
        except (ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
            log.debug("the model's server says %s otherwise: %s", what, error)
            told = None
        if not isinstance(told, int) or told < 0:
            self._silent.add(what)
            return None
        return told

    def _of_llama_cpp(self) -> Any:
        return self._get(f"{self._root}/props")["default_generation_settings"]["n_ctx"]

    def _of_models(self) -> Any:
        """vLLM, and hosted ones that tell it so."""
        models = self._get(f"{self._base_url}/models")["data"]
        own = next(model for model in models if model["id"] == self._model)
        return own.get("max_model_len") or own.get("context_length")

    def _of_lm_studio(self) -> Any:
        return self._get(f"{self._root}/api/v0/models/{self._model}")["loaded_context_length"]

    def _of_ollama(self) -> Any:
        """That of the loaded model; of one that is not, what it was made to have."""
        for model in self._get(f"{self._root}/api/ps")["models"]:
            if self._model in (model["name"], model.get("model")) and "context_length" in model:
                return model["context_length"]
        lines = self._post("api/show", model=self._model)["parameters"].splitlines()
        parameters = dict(line.split(None, 1) for line in lines if " " in line)
        return int(parameters["num_ctx"])

    def _get(self, url: str) -> Any:
        return self._client.get(url).raise_for_status().json()

    def _post(self, path: str, **body: str) -> Mapping[str, Any]:
        answer = self._client.post(f"{self._root}/{path}", json=body).raise_for_status().json()
        if not isinstance(answer, dict):
            raise TypeError(f"{path} gave no object")
        return answer
