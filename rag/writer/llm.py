"""The user's own model, behind any OpenAI-compatible server: a chat that always ends."""

import logging
import socket
import time
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from queue import Empty, Queue
from threading import Thread
from typing import Any

import httpx
from llama_index.core.llms import LLM, ChatMessage, ChatResponse

from hemeroteca.index.errors import HemerotecaError, Message
from hemeroteca.index.machine import transport
from hemeroteca.rag.writer.server import ModelServer
from hemeroteca.rag.writer.thoughts import without_thoughts
from hemeroteca.rag.writer.tokens import FRAME_TOKENS, TokenCounter

EMPTY = Message("its answer is empty")
_ENDLESS = Message("its answer does not end")
LISTENER = "language model"  # the name of a thread that reads from the server

_TEXT_CHARACTERS = 4_000
_CONTEXT_TOKENS = 4096  # where neither the settings nor the server say more
_READING_TIME = 0.5  # of the time for a whole answer, at most, goes into reading the prompt
_FEWEST = 700  # tokens of a prompt, however slowly it is read
# A line of its own for each text, so that it can be cut.
_LIMITS = httpx.Limits(max_keepalive_connections=0)

log = logging.getLogger(__name__)


_Pieces = Queue[str | Exception | None]  # of a text; an error or None is the last


class ModelError(HemerotecaError):
    """The model's server did not give a whole text. The message is the reason, in one line."""


class LanguageModel:
    """A chat model, which reads `context_tokens` at once; if None is given, as many as its server
    says. Safe to use from several threads."""

    def __init__(
        self,
        base_url: str,
        model: str,
        api_key: str,
        timeout_s: float,
        context_tokens: int | None = None,
    ) -> None:
        # Imported only where a model is configured: it takes a second.
        from llama_index.llms.openai_like import OpenAILike

        self._server = ModelServer(base_url, model, api_key)
        self._counter = TokenCounter(self._server)
        self._context_tokens = context_tokens
        self._timeout_s = timeout_s
        self._tokens_per_s = 0.0  # that it reads; 0 before it has read
        # What some servers refuse: to count what they were asked, and rules apart from questions.
        self._tells_usage, self._takes_rules = True, True
        # LlamaIndex's own object, for what is built on it.
        self.llm: LLM = OpenAILike(
            model=model,
            api_base=base_url,
            api_key=api_key or "none",
            is_chat_model=True,
            context_window=context_tokens or _CONTEXT_TOKENS,
            max_retries=0,
            timeout=timeout_s,
            temperature=0.0,
            http_client=httpx.Client(
                limits=_LIMITS,
                transport=transport(base_url, _LIMITS),
                event_hooks={"request": [_watch]},
            ),
        )

    @property
    def context_tokens(self) -> int:
        """The tokens that it reads at once, its answer included."""
        return self._context_tokens or self._server.context_tokens or _CONTEXT_TOKENS

    def prompt_tokens(self, answer_tokens: int) -> int:
        """The most tokens of a prompt to which an answer of `answer_tokens` fits, in length and,
        as fast as it read last, in time."""
        room = self.context_tokens - answer_tokens
        if not self._tokens_per_s:
            return room
        in_time = int(self._tokens_per_s * self._timeout_s * _READING_TIME)
        return min(room, max(in_time, _FEWEST))

    def count(self, messages: Sequence[ChatMessage]) -> int:
        """The tokens of `messages`, or rather more."""
        return self._counter.count(_text_of(messages)) + FRAME_TOKENS * len(messages)

    def stream(self, messages: Sequence[ChatMessage], max_tokens: int) -> Iterator[str]:
        """The pieces of the model's text as they come, none of them empty; what has come while the
        last was looked at is one. What it thinks before it answers is left out.

        Raises ModelError if the server fails, if the text is empty or does not end, or if it is
        not whole after `timeout_s`, whatever the server does meanwhile. Closed early, it cuts the
        connection, by which the server knows that nobody waits any more."""
        said = False
        for piece in without_thoughts(self._pieces(messages, max_tokens)):
            said = True
            yield piece
        if not said:
            raise ModelError(EMPTY)

    def _pieces(self, messages: Sequence[ChatMessage], max_tokens: int) -> Iterator[str]:
        line, pieces = _Line(), _Pieces()
        started, length = time.monotonic(), 0
        # A thread, because a client's own timeout begins anew with every byte.
        arguments = (messages, max_tokens, line, pieces)
        Thread(target=self._listen, args=arguments, daemon=True, name=LISTENER).start()
        try:
            last: str | Exception | None = ""
            while isinstance(last, str):
                come = self._come(pieces, started + self._timeout_s)
                last = come[-1]
                text = "".join(piece for piece in come if isinstance(piece, str))
                if text and not length:
                    self._read_in(messages, time.monotonic() - started)
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
                self._read_in(messages, time.monotonic() - started)

    def _read_in(self, messages: Sequence[ChatMessage], seconds: float) -> None:
        """Keep how fast it reads: `seconds` until it began to answer, or had not yet begun."""
        tokens = self._counter.estimate(_text_of(messages))
        if tokens >= _FEWEST:  # of fewer most of the time is the way there and back
            self._tokens_per_s = tokens / max(seconds, 1e-3)

    def _listen(
        self, messages: Sequence[ChatMessage], max_tokens: int, line: "_Line", pieces: "_Pieces"
    ) -> None:
        _current.set(line)
        ending = None
        try:
            for chunk in self._chunks(messages, max_tokens):
                pieces.put(chunk.delta or "")
                for choice in getattr(chunk.raw, "choices", ()):
                    ending = choice.finish_reason or ending
                if usage := getattr(chunk.raw, "usage", None):
                    self._counter.learn(_text_of(messages), usage.prompt_tokens)
            if ending is None:
                raise ModelError("its answer broke off")
            if ending == "length":
                raise ModelError(_ENDLESS)
            pieces.put(None)
        except Exception as error:  # client, transport and server raise dozens of types
            pieces.put(error)

    def _chunks(self, messages: Sequence[ChatMessage], max_tokens: int) -> Iterator[ChatResponse]:
        """What the server answers; if it refuses a part of what it is asked, without that part."""
        import openai

        given = messages if self._takes_rules else _in_one(messages)
        usage = {"stream_options": {"include_usage": True}} if self._tells_usage else {}
        try:
            yield from self.llm.stream_chat(given, max_tokens=max_tokens, **usage)
            return
        except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
            refused = str(error).lower()
            if self._tells_usage and "stream_options" in refused:
                self._tells_usage = False
            elif self._takes_rules and "system" in refused:
                self._takes_rules = False
            else:
                raise
        yield from self._chunks(messages, max_tokens)

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


def _text_of(messages: Sequence[ChatMessage]) -> str:
    return "\n".join(message.content or "" for message in messages)


def _in_one(messages: Sequence[ChatMessage]) -> Sequence[ChatMessage]:
    """The messages with the rules at the beginning of the first question."""
    rules, first, *others = messages
    if rules.role != "system":
        return messages
    asked = ChatMessage(role=first.role, content=f"{rules.content}\n\n{first.content}")
    return [asked, *others]


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
