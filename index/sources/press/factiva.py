"""What all exports of Factiva have in common: the fields of an article by their place or code."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hemeroteca.index.sources.press.article import PressArticle
from hemeroteca.index.sources.press.dates import hour_in, is_date
from hemeroteca.index.sources.press.words import authors, is_rights, language_named

# The database's number of an article: six letters of its source, the day of loading, a count.
NUMBER = re.compile(r"[A-Za-z][A-Za-z0-9]{3,5}\d{8,12}[0-9A-Za-z]{7,12}")
_LAST = re.compile(rf"[^\W\d_]{{2,20}}\s({NUMBER.pattern})")
_ANY_LAST = re.compile(rf"^[^\W\d_]{{2,20}}\s{NUMBER.pattern}\s*$", re.MULTILINE)
_COUNT = re.compile(r"\d[\d.,’'\s]*[^\W\d_]+\.?")
_HOUR = re.compile(
    r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[APap]\.?[Mm]\.?)?(?:\s(?:GMT|UTC|[A-Z]{2,4}))?"
)
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")
_PAGE = re.compile(r"(?:[A-Z]{1,4}[ -]?)?\d{1,4}[A-Za-z]?(?:[ ,;–-]+[A-Z]{0,3}\d{1,4}[A-Za-z]?)*")
_LINK = re.compile(r"\[(?:https?://|www\.|mailto:)[^\]\s]*\]")
_FOOTER = re.compile(r"©\s?\d{4}\s(?:Dow Jones )?Factiva, Inc", re.IGNORECASE)
# The second line of whose an article is.
_RESERVED = re.compile(
    r"(?:all rights? reserved|alle rechten? vor|tous droits|todos l?os d|reservados todos"
    r"|tutti i diritti).{0,80}",
    re.IGNORECASE,
)
_LONGEST_FIELD = 200
_MOST_FIELDS = 14
_CODES = frozenset((
    "HD", "SE", "CLM", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "NGC", "GC", "ED", "PG", "VOL",
    "LA", "CY", "LP", "TD", "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "ART",
    "DLN", "PB", "PBD",
))  # fmt: skip


def last_line(line: str) -> str:
    """The number in an article's last line, as in "Documento FAROVA0020240109ek190000a"; "" of any
    other line."""
    found = _LAST.fullmatch(line.strip())
    return found[1] if found else ""


def holds_last_line(text: str) -> bool:
    """Whether a line of `text` is an article's last."""
    return bool(_ANY_LAST.search(text))


def is_code(cell: str) -> bool:
    """Whether `cell` is the code of a field, such as "HD"."""
    return cell.strip() in _CODES


def is_footer(line: str) -> bool:
    return bool(_FOOTER.search(line))


def without_links(paragraph: str) -> str:
    """A paragraph on one line without the addresses that its links lead to."""
    return " ".join(_LINK.sub("", paragraph).split())


def count_at(lines: Sequence[str]) -> int | None:
    """Which of `lines` counts the words, the next of which is the day; else which is followed by
    nothing but the day; None if none is."""
    for n in range(len(lines) - 1):
        if len(lines[n]) <= _LONGEST_FIELD and _COUNT.fullmatch(lines[n]) and is_date(lines[n + 1]):
            return n
    return None


def fields_end(lines: Sequence[str], count: int) -> int:
    """Where the fields end that follow the count of words: behind the language and whose the
    article is, else behind the source's code."""
    most = min(len(lines), count + _MOST_FIELDS)
    named = next((n for n in range(count + 3, most) if language_named(lines[n])), None)
    if named is not None:
        end = named + 1
        if end < most and is_rights(lines[end]) and len(lines[end]) <= 2 * _LONGEST_FIELD:
            end += 1
        return end + bool(end < most and _RESERVED.match(lines[end]))
    rights = [n for n in range(count + 3, most) if is_rights(lines[n])]
    if rights:
        return rights[0] + 1
    codes = [n for n in range(count + 3, most) if _CODE.fullmatch(lines[n])]
    return codes[0] + 1 if codes else min(len(lines), count + 3)


def by_place(article: PressArticle, fields: Sequence[str], count: int) -> PressArticle:
    """`article` with what `fields` say, the lines behind its headline; that at `count` counts the
    words."""
    dated = is_date(fields[count + 1])
    at = count + 2
    hour = dated.hour if dated else ""
    if at < len(fields) and _HOUR.fullmatch(fields[at]):
        hour = hour_in(fields[at])
        at += 1
    page, edition, language = "", "", article.language
    for line in fields[at + 1 :]:
        if code := language_named(line):
            language = code
            break
        if _CODE.fullmatch(line) or is_rights(line):
            continue
        if _PAGE.fullmatch(line):
            page = line
        else:
            edition = edition or line
    return replace(
        article,
        authors=article.authors or authors(fields[0] if count else ""),
        day=dated.day if dated else None,
        hour=hour,
        paper=fields[at] if at < len(fields) else "",
        page=page,
        edition=edition,
        language=language,
    )


def by_code(fields: Mapping[str, Sequence[str]]) -> PressArticle:
    """The article whose `fields` have codes, each with its paragraphs."""

    def said(*codes: str) -> str:
        return " ".join(" ".join(fields.get(code, ())) for code in codes).strip()

    text = [*fields.get("LP", ()), *fields.get("TD", ())]
    dated = is_date(said("PD"))
    number = NUMBER.search(said("AN"))
    return PressArticle(
        title=said("HD"),
        paragraphs=tuple(filter(None, map(without_links, text))),
        accession=number[0] if number else "",
        paper=said("SN"),
        section=said("SE") or said("CLM"),
        page=said("PG"),
        edition=said("ED"),
        authors=authors(said("BY")),
        day=dated.day if dated else None,
        hour=hour_in(said("ET")),
        language=language_named(said("LA")),
        captions=tuple(filter(None, map(without_links, fields.get("ART", ())))),
    )
