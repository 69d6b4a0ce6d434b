"""News of the years 1998 to 2003 in AnCora (Taulé, Martí and Recasens 2008,
doi.org/10.5281/zenodo.4762030, CC BY 4.0): the Spanish agency's of the year 2000 from its trees as
NLTK has them ("cess_esp"), and that of agencies and a paper in Spanish and Catalan from the
development and test halves of its dependencies (UD_Spanish-AnCora, UD_Catalan-AnCora)."""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

_TREE = re.compile(r"^\(\s*$", re.MULTILINE)
_LEAF = re.compile(r"\(([^\s()]+) ([^\s()]+) \S*?\)")  # tag, words, lemma
_OMITTED = "*0*"  # a subject that is not said
_SIGNS = {
    "-Fpa-": "(", "-Fpt-": ")", "-fpa-": "(", "-fpt-": ")", "-fe-": '"',
    "-LSB-": "[", "-RSB-": "]",
}  # fmt: skip
_SIGN = re.compile("|".join(_SIGNS))
_CLOSING = (",", ".", ";", ":", ")", "]", "?", "!", "...", "…", "»")
_OPENING = ("(", "[", "¿", "¡", "«")
_PART = re.compile(r"_\d{1,2}$")  # of an article that several files hold
_SHORTEST = 500  # characters of an article
_NEW = re.compile(r"^# newdoc id = (\S+)$")
_TEXT = re.compile(r"^# text = (.+)$")
_ESSAY = re.compile(r"^3LB-CAST-[a-z]")  # essays, columns and stories
_SHORTEST_OF_DEPENDENCIES, _FEWEST_SENTENCES = 350, 3


def read_ancora(folder: Path) -> dict[str, list[str]]:
    """The sentences of each article of the agency in `folder`, by the article's name, in the order
    of the names; those named by letters are of other papers, and essays and stories among them."""
    articles: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("[0-9]*.tbf")):
        trees = _TREE.split(path.read_text(encoding="latin-1"))
        articles[_PART.sub("", path.stem)] += filter(None, map(_sentence, trees))
    return {name: told for name, told in articles.items() if sum(map(len, told)) > _SHORTEST}


def read_dependencies(folder: Path, known: Iterable[str] = ()) -> dict[str, list[str]]:
    """The sentences of each article of the `*_ancora-ud-*.conllu` in `folder`, by its name; no
    essays or stories, no short ones, and none that has one of the sentences `known`."""
    articles: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*_ancora-ud-*.conllu")):
        told: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if found := _NEW.match(line):
                told = articles.setdefault(found[1], [])
            elif found := _TEXT.match(line):
                told.append(found[1].strip())
    read = {_beginning(sentence) for sentence in known}
    return {
        name: told
        for name, told in articles.items()
        if not _ESSAY.match(name)
        and len(told) >= _FEWEST_SENTENCES
        and sum(map(len, told)) >= _SHORTEST_OF_DEPENDENCIES
        and not any(_beginning(sentence) in read for sentence in told)
    }


def _beginning(sentence: str) -> str:
    """What two treebanks have in common of a sentence, which set its signs otherwise."""
    return re.sub(r"\W", "", sentence.lower())[:60]


def _sentence(tree: str) -> str:
    """The words of a tree as they were printed."""
    said, quoted = "", False
    for _, words in _LEAF.findall(tree):
        if words.startswith(_OMITTED):
            continue
        words = _SIGN.sub(lambda sign: _SIGNS[sign[0]], words).replace("_", " ")
        words = re.sub(r"([(¿¡]) ", r"\1", re.sub(r" ([,.;:)%?!])", r"\1", words))
        closes = words in _CLOSING or (words == '"' and quoted)
        quoted ^= words == '"'
        glued = closes or not said or said.endswith((*_OPENING, "\0"))
        said = said.rstrip("\0") + ("" if glued else " ") + words
        if words == '"' and quoted:
            said += "\0"  # what is quoted follows at once
    return re.sub(r" {2,}", " ", said.replace("\0", "")).replace('( "', '("').strip()
