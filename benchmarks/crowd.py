"""What the page adds to a question, and thirty people asking at once through its queue.

    python -m benchmarks.crowd

The page is served in this process over `seeds/`, and asked as a browser asks it."""

import json
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
from gradio_client.utils import apply_diff

from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.chain import Chain
from hemeroteca.ui.session import open_archive, open_chain, open_claim_checker
from hemeroteca.ui.settings import OWN_ARTICLES, Settings
from hemeroteca.ui.web.collections import Collections
from hemeroteca.ui.web.history import History
from hemeroteca.ui.web.page import build_page, launch, open_library
from hemeroteca.ui.web.saved import SavedSearches

EXAMPLES = (
    "Who met the Venezuelan ambassador?",
    "¿Cuándo se firmó el acuerdo de asociación estratégica?",
    "How long did the fighter jets fly in Venezuelan airspace?",
)
PEOPLE = 30
_ROUNDS = 7
_PATIENCE_S = 600
_CONVERSATION = 2  # its place among what the event changes


@dataclass(frozen=True)
class Reply:
    """What the page showed as the conversation at last, and the seconds until then."""

    conversation: str
    seconds: float


@dataclass(frozen=True)
class Served:
    """A page that is served, and the number of the event that asks."""

    address: str
    asking: int

    def ask(self, question: str) -> Reply:
        """Ask as one more browser. Raises RuntimeError if the page says that it failed."""
        session = uuid4().hex
        body = {
            "data": [question, None, None, session],
            "fn_index": self.asking,
            "session_hash": session,
        }
        started = time.perf_counter()
        with httpx.Client(base_url=f"{self.address}/gradio_api", timeout=_PATIENCE_S) as client:
            client.post("/queue/join", json=body).raise_for_status()
            with client.stream("GET", f"/queue/data?session_hash={session}") as events:
                shown = _last_shown(events.iter_lines())
        return Reply(shown, time.perf_counter() - started)


def _last_shown(lines: Iterator[str]) -> str:
    """The conversation that a stream of events ends with: first whole, then what changes in it."""
    shown: str | None = None
    for line in lines:
        event = json.loads(line.removeprefix("data:") or "{}")
        if event.get("msg") == "process_generating":
            part = event["output"]["data"][_CONVERSATION]
            shown = part if shown is None else apply_diff(shown, part)
        elif event.get("msg") == "process_completed":
            if not event["success"] or shown is None:
                raise RuntimeError(event["output"])
            return shown
    raise RuntimeError("the page ended the stream without an answer")


@contextmanager
def serving(
    chain: Chain, archive: Archive, sources: Sequence[Path], settings: Settings | None = None
) -> Iterator[Served]:
    """The page over `chain`, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "conversations.db"
        history, collections, saved = History(kept), Collections(kept), SavedSearches(kept)
        settings = settings or Settings()
        checker = open_claim_checker(settings, archive)
        library = open_library(chain, checker, archive, settings)
        page = build_page(chain, archive, history, collections, saved, sources, settings, library)
        launch(page, "127.0.0.1", port, {})
        try:
            # The first of that name is what other programs ask.
            *_, asking = (number for number, fn in page.fns.items() if fn.name == "ask")
            yield Served(f"http://127.0.0.1:{port}", asking)
        finally:
            page.close()
            history.close()
            collections.close()
            saved.close()


def crowd(served: Served, questions: Sequence[str]) -> list[Reply]:
    """Every question asked at the same moment, each by a person of its own."""
    with ThreadPoolExecutor(len(questions)) as people:
        return list(people.map(served.ask, questions))


def main() -> None:
    settings = Settings()
    with (
        tempfile.TemporaryDirectory() as folder,
        open_archive(Settings(index_dir=Path(folder)), [OWN_ARTICLES]) as archive,
    ):
        sync_folders(archive, [OWN_ARTICLES])
        chain = open_chain(settings, archive)
        with serving(chain, archive, [OWN_ARTICLES]) as served:
            chain.ask(EXAMPLES[0])
            served.ask(EXAMPLES[0])
            alone, through = [], []
            for n in range(_ROUNDS):  # in turn, so that both meet the same machine
                question = EXAMPLES[n % len(EXAMPLES)]
                started = time.perf_counter()
                chain.ask(question)
                alone.append(time.perf_counter() - started)
                through.append(served.ask(question).seconds)
            one, page = statistics.median(alone), statistics.median(through)
            print(f"one question: chain {one:.3f} s, page {page:.3f} s, ratio {page / one:.2f}")
            asked = [f"{EXAMPLES[n % len(EXAMPLES)]} ({n})" for n in range(PEOPLE)]
            started = time.perf_counter()
            replies = crowd(served, asked)
            own = sum(q in r.conversation for q, r in zip(asked, replies, strict=True))
            waited = statistics.median(reply.seconds for reply in replies)
            print(
                f"{PEOPLE} at once: {own} had their own answer; median wait {waited:.1f} s "
                f"({waited / page:.1f} times one question's), "
                f"all within {time.perf_counter() - started:.1f} s"
            )


if __name__ == "__main__":
    main()
