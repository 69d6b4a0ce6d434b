"""The news of what one owner follows as an Atom feed (RFC 4287), under a secret address."""

import re
from collections.abc import Sequence
from urllib.parse import urljoin
from uuid import UUID, uuid5
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hemeroteca.ui.language import preferred, say
from hemeroteca.ui.web.addresses import sentence_address
from hemeroteca.ui.web.auth import user_of
from hemeroteca.ui.web.saved import News, SavedSearches

_ATOM = "http://www.w3.org/2005/Atom"
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = "1970-01-01T00:00:00+00:00"


def feed_route(saved: SavedSearches, root: str = "") -> Route:
    """Where feeds are read. The address has the owner's secret in it; with users, it opens for that
    user alone."""

    def feed(request: Request) -> Response:
        key = request.path_params["key"].removesuffix(".atom")
        owner, user = saved.feed_owner(key), user_of(request)
        if owner is None or (user is not None and owner != f"user:{user}"):
            return Response("There is no such feed.\n", 404, media_type="text/plain")
        # Where the proxy keeps the path, the address that was asked has it already.
        base = urljoin(str(request.base_url), root)
        language = preferred(request.headers.get("accept-language"))
        text = atom(saved.news(owner), f"{base.rstrip('/')}/", key, language)
        return Response(text, media_type="application/atom+xml")

    return Route("/feed/{key}", feed)


def atom(news: Sequence[News], base: str, key: str, language: str) -> str:
    """The feed; its entries link to the articles below the address `base`."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(feed, "title", "Hemeroteca")
    _add(feed, "id", UUID(hex=key).urn)
    _add(feed, "updated", news[0].found if news else _NEVER)
    _add(feed, "link", rel="self", href=urljoin(base, f"feed/{key}.atom"))
    _add(feed, "link", href=base)
    for each in news:
        cited, entry = each.citation, _add(feed, "entry")
        _add(entry, "title", cited.title)
        _add(entry, "id", uuid5(UUID(hex=each.saved.id), cited.article).urn)
        _add(entry, "updated", each.found)
        _add(entry, "link", href=urljoin(base, sentence_address(cited)))
        _add(_add(entry, "author"), "name", cited.publication.paper or "Hemeroteca")
        _add(entry, "category", term=each.saved.text)
        said = [f"{each.answer}: “{cited.quote}”" if each.answer else cited.quote]
        said.append(say("For “{text}”", language, text=each.saved.text))
        _add(entry, "summary", "\n".join(filter(None, said)))
    return str(ElementTree.tostring(feed, "unicode", xml_declaration=True))


def _add(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    clean = {key: _allowed(value) for key, value in attributes.items()}
    child = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", clean)
    child.text = _allowed(text) or None
    return child


def _allowed(text: str) -> str:
    """`text` without what XML may not hold."""
    return _FORBIDDEN.sub("", text)
