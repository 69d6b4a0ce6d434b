"""The archive as a model behind an OpenAI-compatible API, so that chat programs can use it."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from typing import Literal
from urllib.parse import urljoin
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from hemeroteca.index.errors import HemerotecaError
from hemeroteca.rag.answer import Answer, Citation
from hemeroteca.rag.render import nearest_of
from hemeroteca.ui.language import FAULT
from hemeroteca.ui.markdown import quote_markdown, said_markdown
from hemeroteca.ui.programs.library import Library
from hemeroteca.ui.programs.requests import Ask, RequestError, refusal
from hemeroteca.ui.web.addresses import index_address, sentence_address

log = logging.getLogger(__name__)

MODEL = "hemeroteca"
_MOST_BYTES = 2_000_000  # of a request: a long conversation has a tenth of it
_QUIET_S = 5.0  # of a stream, after which it says that it is still there


class _Part(BaseModel):
    """A piece of a message; what is no text, such as a picture, is not asked."""

    type: str = "text"
    text: str = ""


class _Message(BaseModel):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[_Part] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or () if part.type == "text")


class _StreamOptions(BaseModel):
    include_usage: bool = False


class _Completion(BaseModel):
    """What of a request counts. Temperature and the like would change nothing; which articles are
    asked is said as to the other interfaces."""

    model_config = ConfigDict(extra="ignore")

    model: str = MODEL
    messages: list[_Message]
    stream: bool = False
    stream_options: _StreamOptions | None = None
    date_from: str = ""
    date_to: str = ""
    paper: str = ""
    section: str = ""
    author: str = ""
    language: str = ""
    undated: bool = False

    def asked(self) -> Ask:
        """The last question, and those before it. Raises RequestError if there is none."""
        questions = [message.text for message in self.messages if message.role == "user"]
        if not questions:
            raise RequestError("messages: expected one of the role user, which asks")
        kept = self.model_dump(include=set(Ask.model_fields))
        index = self.model.partition(":")[2]
        return Ask(question=questions[-1], history=questions[:-1], index=index, **kept)


class _UnknownModelError(HemerotecaError):
    """A model was asked that is none of this server's."""


class Completions:
    """Chat completions from `library`; their citations link to the articles below `root`, the
    page's address, or where that is empty the address that was asked."""

    def __init__(self, library: Library, root: str = "") -> None:
        self._library = library
        self._root = root
        self._since = int(time.time())

    @property
    def routes(self) -> list[BaseRoute]:
        """Where it is reached."""
        return [
            Route("/v1/models", self._models),
            Route("/v1/models/{model}", self._model),
            Route("/v1/chat/completions", self._complete, methods=["POST"]),
        ]

    async def _models(self, _request: Request) -> Response:
        models = [_described(name, self._since) for name in self._names()]
        return JSONResponse({"object": "list", "data": models})

    async def _model(self, request: Request) -> Response:
        model = request.path_params["model"]
        try:
            self._check_model(model)
        except _UnknownModelError as error:
            return _failure(error)
        return JSONResponse(_described(model, self._since))

    def _names(self) -> list[str]:
        """The models' names: of several indexes each is a model, the first has no name of its
        own."""
        return [MODEL, *(f"{MODEL}:{name}" for name in self._library.indexes[1:])]

    def _check_model(self, name: str) -> None:
        if name not in self._names():
            raise _UnknownModelError(
                "there is no model {name!r} here; there is {known}",
                name=name[:100],
                known=", ".join(self._names()),
            )

    async def _complete(self, request: Request) -> Response:
        try:
            wanted = _read(await request.body())
            self._check_model(wanted.model)
            asked = wanted.asked()
        except HemerotecaError as error:
            return _failure(error)
        answering = asyncio.create_task(self._answer(asked, request))
        if wanted.stream:
            # What is wrong with a question is known at once, and is a status instead of a stream.
            await asyncio.wait({answering}, timeout=_QUIET_S)
            if not answering.done() or not isinstance(answering.result(), Response):
                usage = bool(wanted.stream_options and wanted.stream_options.include_usage)
                return StreamingResponse(_stream(answering, usage), media_type="text/event-stream")
        said = await answering
        return said if isinstance(said, Response) else JSONResponse(said.whole())

    async def _answer(self, asked: Ask, request: Request) -> "_Said | JSONResponse":
        """The answer, or the error that there is instead."""
        try:
            library = await run_in_threadpool(self._library.of, asked.index)
            answer = await run_in_threadpool(library.ask, asked)
        except HemerotecaError as error:
            return _failure(error)
        except Exception:
            log.exception("a completion could not be given")
            return _failure(HemerotecaError(FAULT), 500)
        links = self._links(answer, request, asked.index)
        return _Said(answer, links, library.count_tokens, asked.index)

    def _links(self, answer: Answer, request: Request, index: str) -> list[str]:
        """The address of each of the answer's quotes, which are of that index."""
        # Where the proxy keeps the path, the address that was asked has it already.
        root = urljoin(str(request.base_url), self._root and self._root.rstrip("/") + "/")
        below = index_address(index) if index else ""
        return [urljoin(root, below + sentence_address(each)) for each in _quotes(answer)]


class _Said:
    """An answer as a completion: its text in Markdown, and each quote as an annotation with its
    address, in the form that OpenAI gives pages that it cites."""

    def __init__(
        self, answer: Answer, links: Sequence[str], count: Callable[[str], int], index: str = ""
    ) -> None:
        self._model = f"{MODEL}:{index}" if index else MODEL
        self._id = f"chatcmpl-{uuid4().hex}"
        self._created = int(time.time())
        self._answer = answer
        self._parts = [said_markdown(answer)]
        if answer.nearest and not answer.answerable:
            self._parts.append(nearest_of(answer))
        self._annotations = []
        at = len(self._text) + 2
        for citation, link in zip(_quotes(answer), links, strict=True):
            quoted = quote_markdown(citation, answer.language, f"<{link}>")
            self._parts.append(quoted)
            self._annotations.append(_annotation(citation, link, at, at + len(quoted)))
            at += len(quoted) + 2
        prompt, completion = count(answer.question), count(self._text)
        self._usage = {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
        }

    @property
    def _text(self) -> str:
        return "\n\n".join(self._parts)

    def whole(self) -> Mapping[str, object]:
        """The completion; beside what OpenAI's have it has the whole answer, as `hemeroteca ask
        --json` prints it."""
        message = {
            "role": "assistant",
            "content": self._text,
            "refusal": None,
            "annotations": self._annotations,
        }
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return {
            **self._head("chat.completion"),
            "choices": [choice],
            "usage": self._usage,
            "hemeroteca": self._answer.as_dict(),
        }

    def chunks(self, usage: bool) -> Iterator[Mapping[str, object]]:
        """The same in pieces, a paragraph each, in the end with its `usage` if that is wanted."""
        yield self._chunk({"role": "assistant", "content": ""})
        for n, part in enumerate(self._parts):
            yield self._chunk({"content": f"\n\n{part}" if n else part})
        if self._annotations:
            yield self._chunk({"annotations": self._annotations})
        yield self._chunk({}, "stop")
        if usage:
            yield {**self._head("chat.completion.chunk"), "choices": [], "usage": self._usage}

    def _chunk(self, delta: Mapping[str, object], finish: str | None = None) -> dict[str, object]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return {**self._head("chat.completion.chunk"), "choices": [choice]}

    def _head(self, kind: str) -> dict[str, object]:
        return {"id": self._id, "object": kind, "created": self._created, "model": self._model}


def _quotes(answer: Answer) -> Sequence[Citation]:
    """What proves the answer or, without one, comes nearest."""
    return answer.citations if answer.answerable else answer.nearest


def _annotation(citation: Citation, link: str, start: int, end: int) -> Mapping[str, object]:
    cited = {
        "start_index": start,
        "end_index": end,
        "title": citation.title,
        "url": link,
        "content": citation.quote,
    }
    return {"type": "url_citation", "url_citation": cited}


async def _stream(
    answering: "asyncio.Task[_Said | JSONResponse]", usage: bool
) -> AsyncIterator[str]:
    """The events of a stream; while it is silent, comments that keep the line open."""
    while not answering.done():
        yield ": reading the articles\n\n"
        await asyncio.wait({answering}, timeout=_QUIET_S)
    said = answering.result()
    if isinstance(said, JSONResponse):
        yield f"data: {bytes(said.body).decode()}\n\n"
    else:
        for chunk in said.chunks(usage):
            yield f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"
    yield "data: [DONE]\n\n"


def _read(body: bytes) -> _Completion:
    """Raises RequestError for what is no request."""
    if len(body) > _MOST_BYTES:
        raise RequestError(
            "the request has {found:,} bytes; at most {most:,} are read",
            found=len(body),
            most=_MOST_BYTES,
        )
    try:
        return _Completion.model_validate_json(body)
    except ValidationError as error:
        raise refusal(error) from None


def _described(model: str, since: int) -> dict[str, object]:
    return {"id": model, "object": "model", "created": since, "owned_by": MODEL}


def _failure(error: HemerotecaError, status: int = 400) -> JSONResponse:
    unknown = isinstance(error, _UnknownModelError)
    told = {
        "message": str(error),
        "type": "server_error" if status == 500 else "invalid_request_error",
        "param": "model" if unknown else None,
        "code": "model_not_found" if unknown else type(error).__name__,
    }
    return JSONResponse({"error": told}, 404 if unknown else status)
