"""What other programs may ask through the Gradio client."""

import re
from typing import Any

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from hemeroteca.index.publication import PUBLICATION_FIELDS
from tests.helpers import ROOT, Server

AUTH = ("ana", "pa:ss")
QUESTION = "Who met the Venezuelan ambassador?"


@pytest.fixture(scope="module")
def client(guarded: Server) -> Client:
    return Client(guarded.address, httpx_kwargs={"auth": AUTH}, verbose=False)


def test_the_example_of_the_docs_runs(guarded: Server, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(from gradio_client.*?)```", page, re.DOTALL)
    assert '"http://127.0.0.1:7860"' in example
    exec(  # it is a file of this repository
        example.replace("http://127.0.0.1:7860", guarded.address).replace(
            "verbose=False", f"verbose=False, httpx_kwargs={{'auth': {AUTH}}}"
        ),
        {},
    )
    assert "Alexander Lukashenko" in capsys.readouterr().out


def test_ask_keeps_to_its_period(client: Client) -> None:
    answer = client.predict(QUESTION, date_from="2030-01-01", api_name="/ask")
    assert (answer["answerable"], answer["citations"], answer["passages"]) == (False, [], [])


def test_search_finds_passages_with_their_text(client: Client) -> None:
    (found,) = client.predict("embajador en Moscú", limit=1, api_name="/search")
    passage = ["article", "start", "end", "score", "title", "date", "text"]
    assert list(found) == [*passage, *PUBLICATION_FIELDS]
    assert "embajador venezolano en Moscú" in found["text"]
    assert found["end"] - found["start"] == len(found["text"])


def test_articles_are_listed_and_searched(client: Client) -> None:
    (listed,) = client.predict(api_name="/articles")
    assert listed["date"] == "2025-12-12"
    assert client.predict("embajador", api_name="/articles") == [listed]
    assert client.predict("zeppelin", api_name="/articles") == []


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"question": "😀"}, "no words"),
        ({"question": "q", "date_to": "soon"}, "'soon': expected a date"),
        ({"question": "q", "limit": 0}, "limit 0: expected a whole number"),
    ],
)
def test_a_wrong_argument_is_one_sentence(
    client: Client, arguments: dict[str, Any], reason: str
) -> None:
    with pytest.raises(AppError, match=reason):
        client.predict(**arguments, api_name="/search")


def test_a_follow_up_takes_its_history(client: Client) -> None:
    answer = client.predict("And when?", history=[QUESTION], api_name="/ask")
    assert "ambassador" in answer["searched"]
