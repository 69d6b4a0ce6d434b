"""The page on which a claim is checked, under an address of its own."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from babel import Locale
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from hemeroteca.index.errors import CheckpointError, HemerotecaError, Message
from hemeroteca.index.stores.holdings import FIELDS, Field
from hemeroteca.rag.check import Check
from hemeroteca.rag.claim import MAX_CLAIM_CHARACTERS
from hemeroteca.rag.render import resolved_days
from hemeroteca.rag.render_check import sides, verdict_text
from hemeroteca.ui.language import FAULT, preferred
from hemeroteca.ui.programs.library import Library
from hemeroteca.ui.programs.requests import CheckClaim
from hemeroteca.ui.web.addresses import sentence_address
from hemeroteca.ui.web.choice import Choice
from hemeroteca.ui.web.period_view import EVERYTHING, choices
from hemeroteca.ui.web.reading import POLICY
from hemeroteca.ui.web.view import TEMPLATES

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AskedCheck:
    """What is asked of the page, as its address has it."""

    text: str = ""
    first: str = ""
    last: str = ""
    undated: bool = False
    names: Mapping[Field, str] = field(default_factory=dict)

    @classmethod
    def read(cls, said: QueryParams) -> "AskedCheck":
        """What an address says."""
        names = {name: said[name] for name in FIELDS if said.get(name)}
        undated = said.get("undated") == "with"
        return cls(
            said.get("q", "").strip(), said.get("from", ""), said.get("to", ""), undated, names
        )

    @property
    def request(self) -> CheckClaim:
        """The same as programs ask it."""
        return CheckClaim(
            claim=self.text,
            date_from=self.first,
            date_to=self.last,
            undated=self.undated,
            **self.names,  # type: ignore[arg-type]  # each is a text
        )

    @property
    def narrowed(self) -> bool:
        """Whether it is asked of some articles only."""
        return bool(self.first or self.last or self.names)

    @property
    def address(self) -> str:
        """Where it stands, below the page's own address."""
        undated = "with" if self.undated else ""
        said: dict[str, str] = {"q": self.text, "from": self.first, "to": self.last}
        said |= {"undated": undated} | dict(self.names.items())
        kept = urlencode({name: value for name, value in said.items() if value})
        return f"check?{kept}" if kept else "check"


def check_routes(library: Library, choice: Choice = Choice()) -> list[Route]:
    """`/check`, and `/check.json` for programs, which takes the same."""

    async def page(request: Request) -> Response:
        asked = AskedCheck.read(request.query_params)
        language = preferred(request.headers.get("accept-language"))
        text, status = await run_in_threadpool(_page, library, choice, asked, language)
        return HTMLResponse(text, status, headers={"Content-Security-Policy": POLICY})

    async def data(request: Request) -> Response:
        asked = AskedCheck.read(request.query_params)
        said, status = await run_in_threadpool(_data, library, asked)
        return JSONResponse(said, status)

    return [Route("/check", page), Route("/check.json", data)]


def _data(library: Library, asked: AskedCheck) -> tuple[dict[str, object], int]:
    """What the articles say, or what is wrong as `error`, and the status."""
    try:
        return library.check(asked.request).as_dict(), 200
    except HemerotecaError as error:
        return {"error": str(error)}, _status(error)


def _page(library: Library, choice: Choice, asked: AskedCheck, language: str) -> tuple[str, int]:
    """The page and its status."""
    check, fault, status = None, None, 200
    try:
        check = library.check(asked.request, [language]) if asked.text else None
    except HemerotecaError as error:
        fault, status = error.message, _status(error)
    except Exception:
        log.exception("a claim could not be checked")
        fault, status = FAULT, 500
    return _html(asked, language, choice, check, fault, _offered(library, asked)), status


def _offered(library: Library, asked: AskedCheck) -> dict[Field, dict[str, int | None]]:
    """What can be chosen, with how many articles each has; what is chosen stands there, whether
    an article has it or not."""
    found: dict[Field, dict[str, int | None]] = {
        kind: {**names} for kind, names in choices(library.archive.catalog.holdings).items()
    }
    for kind, name in asked.names.items():
        found.setdefault(kind, {}).setdefault(name, None)
    return {kind: found[kind] for kind in FIELDS if kind in found}


def _status(error: HemerotecaError) -> int:
    """400 for what whoever asks can mend."""
    return 500 if isinstance(error, CheckpointError) else 400


def _html(
    asked: AskedCheck,
    language: str,
    choice: Choice,
    check: Check | None,
    fault: Message | None,
    offered: Mapping[Field, Mapping[str, int | None]],
) -> str:
    spoken = Locale(language).languages
    return TEMPLATES.render(
        "check",
        language,
        base="./",
        choice=choice,
        asked=asked,
        check=check,
        fault=fault,
        offered=offered,
        everything=EVERYTHING,
        language_name=lambda code: spoken.get(code, code),
        most=MAX_CLAIM_CHARACTERS,
        sides=sides,
        verdict_text=verdict_text,
        resolved_days=resolved_days,
        sentence_address=sentence_address,
    )
