"""A conversation that is shared: read by whoever has its link, until that is taken back."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.testclient import TestClient

from hemeroteca.ui.web.history import History
from hemeroteca.ui.web.message import Turn
from hemeroteca.ui.web.shared_page import shared_route
from tests.ui.test_history import ABSENT, FAILED, FOUND


def test_who_has_the_link_reads_the_conversation_until_it_is_taken_back(tmp_path: Path) -> None:
    history = History(tmp_path / "conversations.db")
    conversation = history.begin("me", FOUND)
    for turn in (ABSENT, FAILED, Turn("<script>x</script>", failure="<b>")):
        history.add("me", conversation, turn)
    client = TestClient(Starlette(routes=[shared_route(history)]))
    assert client.get(f"/shared/{conversation}").status_code == 404  # it is not shared yet
    assert history.share("somebody else", conversation) == ""
    key = history.share("me", conversation)
    assert key == history.share("me", conversation) != conversation
    page = client.get(f"/shared/{key}", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert page.text.index("How many?") < page.text.index("And who?") < page.text.index("😀")
    assert "It is &lt;b&gt;one&lt;/b&gt;." in page.text
    assert 'href="../article/a?at=3&amp;quote=' in page.text
    assert "<script>x" not in page.text
    assert "<form" not in page.text
    history.unshare("somebody else", conversation)
    assert client.get(f"/shared/{key}").status_code == 200
    history.unshare("me", conversation)
    gone = client.get(f"/shared/{key}", headers={"accept-language": "en"})
    assert gone.status_code == 404
    assert "is not shared, or no longer" in gone.text
    again = history.share("me", conversation)
    assert again != key
    history.delete("me", conversation)
    assert client.get(f"/shared/{again}").status_code == 404
    history.close()
