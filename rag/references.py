"""Citations as references, for print and for programs that keep references."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from types import MappingProxyType
from typing import Literal, get_args

from hemeroteca.rag.answer import Citation
from hemeroteca.rag.days import day_text

Style = Literal["plain", "bibtex", "ris", "csl"]
STYLES: tuple[Style, ...] = get_args(Style)
_BIBTEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_LONGEST_IN_KEY = 20  # characters of a word
# Where a person has two family names.
_TWO_NAMES = frozenset(("ca", "es", "gl", "eu"))
_PARTICLES = re.compile(
    r"^(?P<given>.+?) (?P<family>"
    r"(?:(?:de|del|la|las|los|da|do|dos|das|di|van|von|der|den|ter|le|du) )+\S.*)$"
)


def references(
    citations: Sequence[Citation],
    style: Style,
    language: str = "en",
    notes: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> str:
    """The articles of `citations`, each once with all that is quoted of it, in `style`; a plain
    reference has no quotes and words its day in `language` (ISO 639-1). `notes` are what is to be
    noted of articles beside the quotes, by their ids."""
    articles: dict[str, Citation] = {}
    for each in citations:
        articles.setdefault(each.article, each)
    remarks = {
        article: [
            *dict.fromkeys(
                f"“{each.quote}”" for each in citations if each.article == article and each.quote
            ),
            *notes.get(article, ()),
        ]
        for article in articles
    }
    cited = list(articles.values())
    if style == "csl":
        items = [_csl(each, remarks[each.article]) for each in cited]
        return json.dumps(items, ensure_ascii=False, indent=2)
    if style == "plain":
        return "\n".join(plain(each, language) for each in cited)
    if style == "bibtex":
        keys = _keys(cited)
        return "\n\n".join(
            _bibtex(each, key, remarks[each.article]) for each, key in zip(cited, keys, strict=True)
        )
    return "\n\n".join(_ris(each, remarks[each.article]) for each in cited)


def plain(citation: Citation, language: str) -> str:
    """One line: authors, headline, paper, section, edition, page, day, address."""
    known = citation.publication
    day = date.fromisoformat(citation.date) if citation.date else None
    parts = (
        ", ".join(known.authors),
        f"“{citation.title}”",
        known.paper,
        known.section,
        known.edition,
        known.page and f"p. {known.page}",
        day_text(day, language) if day else "",
        known.url,
    )
    return ", ".join(filter(None, parts))


def name_parts(name: str, language: str) -> tuple[str, str]:
    """(family, given) of a person; of what is no person's name, such as an agency's, all of it is
    the family's."""
    if "," in name:
        family, _, given = name.partition(",")
        return family.strip(), given.strip()
    words = name.split()
    if len(words) < 2 or name.isupper():
        return name, ""
    if match := _PARTICLES.match(name):
        return match["family"], match["given"]
    family_words = 2 if language in _TWO_NAMES and len(words) > 2 else 1
    return " ".join(words[-family_words:]), " ".join(words[:-family_words])


def _bibtex(citation: Citation, key: str, remarks: Sequence[str]) -> str:
    known = citation.publication
    authors = (name_parts(name, citation.language) for name in known.authors)
    written = (
        f"{_tex(family)}, {_tex(given)}" if given else f"{{{_tex(family)}}}"
        for family, given in authors
    )
    fields = {
        "author": " and ".join(written),
        "title": f"{{{_tex(citation.title)}}}",
        "journal": _tex(known.paper),
        "date": citation.date or "",
        "year": (citation.date or "")[:4],
        "edition": _tex(known.edition),
        "pages": _tex(known.page),
        "url": known.url.replace("{", "%7B").replace("}", "%7D"),
        "note": _tex(" — ".join(remarks)),
    }
    lines = [
        f"  {name} = {{{' '.join(value.split())}}}," for name, value in fields.items() if value
    ]
    return "\n".join([f"@article{{{key},", *lines, "}"])


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in text)


def _keys(cited: Iterable[Citation]) -> list[str]:
    """A key for each; programs keep one of two articles under one key, so a second is numbered."""
    keys: list[str] = []
    taken: set[str] = set()
    for citation in cited:
        key = _key(citation)
        numbered = (f"{key}-{n}" for n in count(2))
        keys.append(key if key not in taken else next(k for k in numbered if k not in taken))
        taken.add(keys[-1])
    return keys


def _key(citation: Citation) -> str:
    """Such as "gil2024-pan-sube": letters, digits and hyphens only."""
    known = citation.publication
    author = name_parts(known.authors[0], citation.language)[0] if known.authors else known.paper
    words = [author + (citation.date or "")[:4], *citation.title.split()[:4]]
    plain_words = (
        "".join(
            c for c in unicodedata.normalize("NFKD", word.lower()) if c.isascii() and c.isalnum()
        )
        for word in words
    )
    return "-".join(word[:_LONGEST_IN_KEY] for word in plain_words if word) or "article"


def _ris(citation: Citation, remarks: Sequence[str]) -> str:
    known = citation.publication
    lines = [("TY", "NEWS")]
    for name in known.authors:
        lines.append(("AU", ", ".join(filter(None, name_parts(name, citation.language)))))
    lines += [
        ("TI", citation.title),
        ("T2", known.paper),
        ("DA", (citation.date or "").replace("-", "/")),
        ("PY", (citation.date or "")[:4]),
        ("SE", known.section),
        ("ET", known.edition),
        ("SP", known.page),
        ("UR", known.url),
        ("LA", citation.language),
        *(("N1", remark) for remark in remarks),
        ("ID", citation.article),
    ]
    said = [f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value]
    return "\n".join([*said, "ER  - "])


def _csl(citation: Citation, remarks: Sequence[str]) -> dict[str, object]:
    known = citation.publication
    authors = []
    for name in known.authors:
        family, given = name_parts(name, citation.language)
        authors.append({"family": family, "given": given} if given else {"literal": family})
    parts = [[int(part) for part in citation.date.split("-")]] if citation.date else None
    item = {
        "id": citation.article,
        "type": "article-newspaper",
        "title": citation.title,
        "author": authors,
        "container-title": known.paper,
        "section": known.section,
        "edition": known.edition,
        "page": known.page,
        "issued": {"date-parts": parts} if parts else None,
        "URL": known.url,
        "language": citation.language,
        "note": "\n".join(remarks),
    }
    return {name: value for name, value in item.items() if value}
