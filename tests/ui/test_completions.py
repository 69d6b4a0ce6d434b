"""The archive as a model: OpenAI's own client asks it."""

import base64
import re
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest
from openai import OpenAI

from hemeroteca.index.publication import PUBLICATION_FIELDS
from hemeroteca.rag.answer import Answer, Citation, Statement
from hemeroteca.ui.programs.completions import _Said
from hemeroteca.ui.programs.replies import Published
from tests.helpers import ROOT, Server

QUESTION = "Who met the Venezuelan ambassador?"
ASKED: Any = [
    {"role": "system", "content": "You are a pirate."},
    {"role": "user", "content": [{"type": "text", "text": QUESTION}]},
]


@pytest.fixture(scope="module")
def client(guarded: Server) -> Iterator[OpenAI]:
    """A key is all that most programs have a field for."""
    with OpenAI(base_url=f"{guarded.address}/v1", api_key="ana:pa:ss", max_retries=0) as opened:
        yield opened


def test_the_example_of_the_docs_runs(guarded: Server, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(from openai.*?)```", page, re.DOTALL)
    asked = example.replace("http://127.0.0.1:7860", guarded.address).replace("none", "ana:pa:ss")
    exec(asked, {})  # it is a file of this repository
    printed = capsys.readouterr().out
    assert "**Alexander Lukashenko** [1]" in printed
    assert f"['{guarded.address}/article/000_" in printed


def test_the_archive_is_a_model(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["hemeroteca"]
    assert client.models.retrieve("hemeroteca").owned_by == "hemeroteca"
    with pytest.raises(openai.NotFoundError, match="no model 'gpt'"):
        client.models.retrieve("gpt")


def test_an_answer_carries_its_citations_and_their_addresses(client: OpenAI) -> None:
    done = client.chat.completions.create(model="hemeroteca", messages=ASKED)
    [choice] = done.choices
    text = choice.message.content or ""
    assert text.startswith("**Alexander Lukashenko** [1]\n\n> Alexander Lukashenko, presidente")
    [annotation] = choice.message.annotations or []
    cited = annotation.url_citation
    assert text[cited.start_index : cited.end_index].startswith("> Alexander Lukashenko")
    assert text[cited.start_index : cited.end_index].endswith(f"<{cited.url}>")
    opened = httpx.get(cited.url, auth=("ana", "pa:ss"), timeout=60)
    assert opened.status_code == 200
    assert "embajador venezolano" in opened.text
    assert httpx.get(cited.url, timeout=60).status_code == 401
    whole: Any = done.model_extra
    assert whole["hemeroteca"]["citations"][0]["quote"] in opened.text
    assert choice.finish_reason == "stop"
    assert done.usage
    assert done.usage.total_tokens > done.usage.prompt_tokens > 0


def test_a_stream_has_the_same_text_and_citations(client: OpenAI) -> None:
    whole = client.chat.completions.create(model="hemeroteca", messages=ASKED)
    options: Any = {"include_usage": True}
    chunks = list(
        client.chat.completions.create(
            model="hemeroteca", messages=ASKED, stream=True, stream_options=options
        )
    )
    deltas = [choice.delta for chunk in chunks for choice in chunk.choices]
    assert deltas[0].role == "assistant"
    said = "".join(delta.content or "" for delta in deltas)
    assert said == whole.choices[0].message.content
    annotations = [each for d in deltas for each in (d.model_extra or {}).get("annotations", [])]
    expected = whole.choices[0].message.annotations or []
    assert annotations == [each.model_dump() for each in expected]
    assert [c.finish_reason for chunk in chunks for c in chunk.choices][-1] == "stop"
    assert chunks[-1].usage == whole.usage
    assert len({chunk.id for chunk in chunks}) == 1


def test_the_conversation_is_asked_with_its_earlier_questions(client: OpenAI) -> None:
    messages: Any = [
        *ASKED,
        {"role": "assistant", "content": "Alexander Lukashenko [1]"},
        {"role": "user", "content": "And when?"},
    ]
    done: Any = client.chat.completions.create(model="hemeroteca", messages=messages).model_extra
    assert done["hemeroteca"]["question"] == "And when?"
    assert "ambassador" in done["hemeroteca"]["searched"]


def test_a_period_keeps_it_to_some_articles(client: OpenAI) -> None:
    done = client.chat.completions.create(
        model="hemeroteca", messages=ASKED, extra_body={"date_from": "2030-01-01"}
    )
    assert (done.choices[0].message.content or "").startswith(
        "The articles of this period do not say.\n\nIn other articles:\n\n> Alexander"
    )


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("body", "status", "code", "said"),
    [
        ({"messages": [{"role": "user", "content": "😀"}]}, 400, "QuestionError", "no words"),
        ({"messages": []}, 400, "RequestError", "role user"),
        ({}, 400, "RequestError", "messages: Field required"),
        ({"messages": [{"role": "x", "content": "a"}]}, 400, "RequestError", "messages.0.role"),
        ({"messages": ASKED, "date_to": "soon"}, 400, "RequestError", "expected a date"),
        ({"messages": ASKED, "model": "gpt"}, 404, "model_not_found", "there is hemeroteca"),
    ],
)
def test_an_error_is_data(
    guarded: Server, stream: bool, body: dict[str, Any], status: int, code: str, said: str
) -> None:
    reply = httpx.post(
        f"{guarded.address}/v1/chat/completions",
        json=body | {"stream": stream},
        headers={"Authorization": "Bearer ana:pa:ss"},
        timeout=60,
    )
    assert reply.status_code == status
    error = reply.json()["error"]
    assert (error["code"], error["type"]) == (code, "invalid_request_error")
    assert said in error["message"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"messages": ' + b"[" * 99_999])
def test_what_is_no_request_is_refused(guarded: Server, content: bytes) -> None:
    address = f"{guarded.address}/v1/chat/completions"
    reply = httpx.post(address, content=content, auth=("ana", "pa:ss"), timeout=60)
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "RequestError")


def test_without_a_user_nothing_is_answered(guarded: Server) -> None:
    wrong = base64.b64encode(b"ana:pa:ss").decode()  # what Basic has is no key
    for headers in ({}, {"Authorization": "Bearer ana:x"}, {"Authorization": f"Bearer {wrong}"}):
        for method, path in (("GET", "models"), ("POST", "chat/completions")):
            asked = httpx.request(
                method, f"{guarded.address}/v1/{path}", headers=headers, json={}, timeout=60
            )
            assert asked.status_code == 401


def test_markup_of_articles_stays_text() -> None:
    quote = "<img src=x> ![a](http://192.0.2.1/x.png)"
    citation = Citation(1, "a", "[b](c)", None, quote, 0, len(quote), 1.0, (0, 0))
    answer = Answer(
        "q", "short", "en", 0.9, quote, [Statement(quote, (1,))], citations=[citation], text=quote
    )
    told: Any = _Said(answer, ["http://127.0.0.1/article"], len).whole()
    text = told["choices"][0]["message"]["content"]
    assert "<img" not in text.replace("\\<img", "")
    assert "![a](" not in text
    assert told["choices"][0]["message"]["annotations"][0]["url_citation"]["content"] == quote


def test_the_schema_of_replies_has_all_that_is_known_of_a_publication() -> None:
    assert set(Published.model_fields) == set(PUBLICATION_FIELDS)
