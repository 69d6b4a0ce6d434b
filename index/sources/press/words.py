"""The words of the forms of press databases, and what their values say, in the languages that
their pages come in."""

import re
from functools import cache

from babel import Locale

from hemeroteca.index.text.language import LANGUAGES

_NAMED_IN = ("en", "de", "fr", "es", "it", "pt", "nl", "ca", "sv", "no", "da", "fi", "pl", "ru",
             "zh", "ja", "ko", "tr", "id")  # fmt: skip
# What databases call a language otherwise than CLDR does.
_ALSO = {"flemish": "nl", "flämisch": "nl", "castellano": "es", "西班牙文": "es", "英文": "en",
         "法文": "fr", "德文": "de", "日文": "ja", "葡萄牙文": "pt", "意大利文": "it",
         "俄文": "ru", "韩文": "ko", "阿拉伯文": "ar", "荷兰文": "nl", "中文": "zh",
         "spanish; castilian": "es", "español; castellano": "es", "中文（简体）": "zh",
         "中文（繁体）": "zh"}  # fmt: skip
_PREFIX = re.compile(
    r"(?:by|von|par|por|di|da|de|door|av|af|avec|mit|with|text(?:e|o)?|foto|bericht von)\s*:?\s+"
    r"(?=[^\W\d_])",
    re.IGNORECASE,
)
_JOINTS = re.compile(r"\s*(?:/|\||\s(?:and|und|et|y|e|en|och|og)\s(?=[A-ZÀ-Þ]))\s*")
# "ANA GIL / MADRID", "Ana Gil, Madrid", but "GIL, ANA"
_PLACE = re.compile(r"(?<=\S)\s/\s(?!AGENCIAS)[A-ZÀ-Þ]{5,}$|(?<= )(\S+?)\s?,\s[^\s,]+$")
_NAME = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]*(?:\s(?:de|la|del|da|di|von|van|der|den|[A-ZÀ-Þ][\w.'’-]*)){1,4}"
)
_RIGHTS = re.compile(
    r"©|\(c\)\s|\bcopyright\b|\ball rights reserved|\balle rechten? vor|\btous droits"
    r"|\btodos l?os (?:derechos|direitos)|\bderechos reservados|\btutti i diritti"
    r"|\balle rechten voorbehouden|\bdireitos reservados|著作権|版权|版權|保留所有权利",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:pg|p[aá]gs?|pp?|pages?|páginas?|pagina|seiten?|s|blz|bl|strana|side?)\.?\s*"
    r"(?=[\w-]{0,9}\d|[IVXLC]+\b)([\w/, –-]{1,20})",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"\s(?:Ausg|Nr|No)\.\s?\d+$")  # of the paper, behind the page


def is_rights(line: str) -> bool:
    """Whether `line` says whose the article is."""
    return bool(_RIGHTS.search(line))


def authors(line: str) -> tuple[str, ...]:
    """The names in a byline, without "By" or "Von" in front; what follows a semicolon and is no
    name, such as a place or "Ana Ruiz contributed", is none, nor is a place behind a slash."""
    first, *others = (part.strip(" ,") for part in line.replace("\xa0", " ").split(";"))
    named = [part for part in others if _NAME.fullmatch(part)]
    lists = [_PREFIX.sub("", " ".join(part.split()), count=1) for part in (first, *named)]
    placed = [_PLACE.sub(r"\1", each) for each in lists]
    names = (name.strip(" ,") for each in placed for name in _JOINTS.split(each))
    return tuple(dict.fromkeys(filter(None, names)))


def section_and_page(value: str) -> tuple[str, str]:
    """The section and the page of "SUCESOS; Base; Pág. 20": its first part, and the first part
    that is one."""
    parts = [_ISSUE.sub("", " ".join(part.split())) for part in value.split(";")]
    pages = [found[1].strip() for part in parts if (found := _PAGE.fullmatch(part))]
    return parts[0], pages[0] if pages else ""


def language_named(name: str) -> str | None:
    """The ISO 639-1 code of the language that `name` is the name of, as in "Inglés"; None if it is
    none of those that are known."""
    return _languages().get(name.strip().casefold())


@cache
def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for written in _NAMED_IN:
        names = Locale.parse(written).languages
        for code in LANGUAGES:
            if code in names:
                found.setdefault(names[code].casefold(), code)
    return found | _ALSO
