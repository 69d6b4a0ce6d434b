"""A message of electronic mail, saved as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import parseaddr

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.encoding import decode, meant_by

_KINDS = ("text/html", "text/plain")


@dataclass(frozen=True)
class Letter:
    """What a message says: its `subject`, when it was `sent`, as written, its text, as a `page` or
    `plain`, whichever it has, its id, the name of its `sender`, the mailing `list` by which many
    get it, and the `address` at which it is kept; "" of what it has not."""

    subject: str = ""
    sent: str = ""
    page: str = ""
    plain: str = ""
    identity: str = ""
    sender: str = ""
    list: str = ""
    address: str = ""


def read_letter(data: bytes) -> Letter:
    """The message in `data`, what it forwards included. Raises ArticleError if no encoding of its
    text can be told, or its parts lie too deep in one another."""
    try:
        mail = message_from_bytes(data)
        parts = [part for part in mail.walk() if part.get_content_type() in _KINDS]
    except RecursionError:
        raise ArticleError("has parts in too many others: save the innermost as a file") from None
    page = plain = ""
    for some in ([p for p in parts if p.get_content_disposition() != "attachment"], parts):
        page, plain = (_longest(some, kind) for kind in _KINDS)
        if page.strip() or plain.strip():
            break  # else what is attached is all that it says
    return Letter(
        _header(mail, "subject"),
        _header(mail, "date"),
        page,
        plain,
        _header(mail, "message-id").strip("<> "),
        parseaddr(_header(mail, "from"))[0],
        parseaddr(_header(mail, "list-id"))[0],
        _header(mail, "archived-at").strip("<> "),
    )


def _longest(parts: Sequence["Mail[str, str]"], kind: str) -> str:
    """The longest of the texts of a `kind`; others are signatures and notices."""
    texts = []
    for part in parts:
        if part.get_content_type() == kind:
            data = part.get_payload(decode=True)
            if isinstance(data, bytes):
                texts.append(decode(data, part.get_content_charset()))
    return max(texts, key=len, default="")


def _header(mail: "Mail[str, str]", name: str) -> str:
    raw = next((value for key, value in mail.raw_items() if key.lower() == name), "")
    try:
        written = decode(str(raw).encode("utf-8", "surrogateescape"))
        parts = [(part, meant_by(label) or label) for part, label in decode_header(written)]
        return " ".join(str(make_header(parts)).split())
    except (ArticleError, LookupError, ValueError):  # an encoding that nobody knows
        return " ".join(str(mail.get(name)).split())
