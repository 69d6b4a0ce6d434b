"""The user's own model, behind any OpenAI-compatible server: a chat that always ends."""

import logging
import socket
import time
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from math import ceil
from queue import Empty, Queue
from threading import Thread
from typing import Any

import httpx
from llama_index.core.llms import LLM, ChatMessage

from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.machine import transport

EMPTY = Message("its answer is empty")
_ENDLESS = Message("its answer does not end")
LISTENER = "language model"  # the name of a thread that reads from the server

_TEXT_CHARACTERS = 4_000
# Models count tokens of their own, which no server need tell. Over paragraphs of XQuAD in twelve
# languages, GPT-4's are not shorter than 1.86 bytes of UTF-8 on average, those of SmolLM2, which is
# made for English, than 1.38 (both Chinese).
_BYTES_PER_TOKEN = 1.3
_FRAME_TOKENS = 8  # of the words that a chat puts around a message
# A line of its own for each text, so that it can be cut.
_LIMITS = httpx.Limits(max_keepalive_connections=0)

log = logging.getLogger(__name__)


_Pieces = Queue[str | Exception | None]  # of a text; an error or None is the last


class ModelError(HemerotecaError):
    """The model's server did not give a whole text. The message is the reason, in one line."""


def token_bound(text: str) -> int:
    """More tokens than `text` has for a model: the margin by which a prompt fits its context."""
    return ceil(len(text.encode()) / _BYTES_PER_TOKEN) + _FRAME_TOKENS


class LanguageModel:
    """A chat model. Safe to use from several threads."""

    def __init__(
        self, base_url: str, model: str, api_key: str, timeout_s: float, context_tokens: int
    ) -> None:
        # Imported only where a model is configured: it takes a second.
        from llama_index.llms.openai_like import OpenAILike

        self.context_tokens = context_tokens
        self._timeout_s = timeout_s
        # LlamaIndex's own object, for what is built on it.
        self.llm: LLM = OpenAILike(
            model=model,
            api_base=base_url,
            api_key=api_key or "none",
            is_chat_model=True,
            context_window=context_tokens,
            max_retries=0,
            timeout=timeout_s,
            temperature=0.0,
            http_client=httpx.Client(
                limits=_LIMITS,
                transport=transport(base_url, _LIMITS),
                event_hooks={"request": [_watch]},
            ),
        )

    def stream(self, messages: Sequence[ChatMessage], max_tokens: int) -> Iterator[str]:
        """The pieces of the model's text as they come, none of them empty; what has come while the
        last was looked at is one.

        Raises ModelError if the server fails, if the text is empty or does not end, or if it is
        not whole after `timeout_s`, whatever the server does meanwhile. Closed early, it cuts the
        connection, by which the server knows that nobody waits any more."""
        line, pieces = _Line(), _Pieces()
        until, length = time.monotonic() + self._timeout_s, 0
        # A thread, because a client's own timeout begins anew with every byte.
        arguments = (messages, max_tokens, line, pieces)
        Thread(target=self._listen, args=arguments, daemon=True, name=LISTENER).start()
        try:
            last: str | Exception | None = ""
            while isinstance(last, str):
                come = self._come(pieces, until)
                last = come[-1]
                text = "".join(piece for piece in come if isinstance(piece, str))
                length += len(text)
                if length > _TEXT_CHARACTERS:
                    raise ModelError(_ENDLESS)
                if text:
                    yield text
            if last is not None:
                raise self._fault(last) from last
        finally:
            line.cut()
        if not length:
            raise ModelError(EMPTY)

    def _listen(
        self, messages: Sequence[ChatMessage], max_tokens: int, line: "_Line", pieces: "_Pieces"
    ) -> None:
        _current.set(line)
        ending = None
        try:
            for chunk in self.llm.stream_chat(messages, max_tokens=max_tokens):
                pieces.put(chunk.delta or "")
                for choice in getattr(chunk.raw, "choices", ()):
                    ending = choice.finish_reason or ending
            if ending is None:
                raise ModelError("its answer broke off")
            if ending == "length":
                raise ModelError(_ENDLESS)
            pieces.put(None)
        except Exception as error:  # client, transport and server raise dozens of types
            pieces.put(error)

    def _come(self, pieces: "_Pieces", until: float) -> list[str | Exception | None]:
        """All that has come, waited for if there is nothing."""
        try:
            come = [pieces.get(timeout=max(0.0, until - time.monotonic()))]
        except Empty:
            raise self._late() from None
        while not pieces.empty():  # nobody else takes from it
            come.append(pieces.get())
        return come

    def _fault(self, error: Exception) -> ModelError:
        if isinstance(error, ModelError):
            return error
        log.debug("the model's server failed", exc_info=error)
        import openai

        if isinstance(error, openai.APITimeoutError):
            return self._late()
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            return ModelError("its server refused the key (LLM_API_KEY)")
        said = " ".join(str(error).split())[:160] or type(error).__name__
        setting = " (LLM_BASE_URL)" if isinstance(error, openai.APIConnectionError) else ""
        return ModelError("its server failed: {reason}", reason=said + setting)

    def _late(self) -> ModelError:
        return ModelError(
            "it was not done after {seconds} s (LLM_TIMEOUT_S)", seconds=f"{self._timeout_s:g}"
        )


class _Line:
    """The connection of one request."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._cut = False

    def trace(self, event: str, facts: dict[str, Any]) -> None:
        """Called by httpcore at every step of a connection."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._socket = facts["return_value"].get_extra_info("socket")
        if self._cut:
            self.cut()

    def cut(self) -> None:
        """Wake whoever reads from it, who then closes it."""
        self._cut = True
        try:
            if self._socket:
                self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            log.debug("the connection was closed already")


_current: ContextVar[_Line] = ContextVar("line of the request being sent")


def _watch(request: httpx.Request) -> None:
    if line := _current.get(None):
        request.extensions["trace"] = line.trace
