"""Pages of scans in ALTO."""

import io

import pytest

from hemeroteca.index.errors import ArticleError
from hemeroteca.index.sources.extract import Extract, Rejected
from hemeroteca.index.sources.formats.registry import FORMATS

PARTED = (
    '<String CONTENT="ayun" SUBS_TYPE="HypPart1" SUBS_CONTENT="ayuntamiento"/><HYP CONTENT="-"/>',
    '<String CONTENT="tamiento" SUBS_TYPE="HypPart2" SUBS_CONTENT="ayuntamiento"/>',
)


def page(*blocks: list[str], namespace: str = "http://www.loc.gov/standards/alto/ns-v4#") -> bytes:
    inner = "".join(
        f"<TextBlock>{''.join(f'<TextLine>{line}</TextLine>' for line in block)}</TextBlock>"
        for block in blocks
    )
    named = f" xmlns='{namespace}'" if namespace else ""
    space = f"<Layout><Page><PrintSpace>{inner}</PrintSpace></Page></Layout>"
    return f"<alto{named}>{space}</alto>".encode()


def words(text: str) -> str:
    return "<SP/>".join(f'<String CONTENT="{word}"/>' for word in text.split())


def read(data: bytes) -> str:
    (found,) = FORMATS[".xml"].extracts(io.BytesIO(data), ".xml")
    assert isinstance(found, Extract)
    return found.text


@pytest.mark.parametrize(
    "namespace",
    ["", "http://www.loc.gov/standards/alto/ns-v2#", "http://www.loc.gov/standards/alto/ns-v4#"],
)
def test_blocks_are_paragraphs(namespace: str) -> None:
    data = page([words("El pleno de"), words("ayer.")], [words("Llovió.")], namespace=namespace)
    assert read(data) == "El pleno de ayer.\n\nLlovió."


def test_words_are_whole_over_the_end_of_a_line() -> None:
    given = page([words("El") + PARTED[0], PARTED[1] + words("abrió.")])
    assert read(given) == "El ayuntamiento abrió."
    unsaid = page([words("El ayun-") + "<HYP/>", words("tamiento abrió.")])
    assert read(unsaid) == "El ayuntamiento abrió."


def test_words_are_whole_over_the_end_of_a_block() -> None:
    over = read(page([words("El") + PARTED[0]], [PARTED[1] + words("abrió.")]))
    assert over == "El ayuntamiento abrió."  # one paragraph, which goes on in the next column


def test_the_end_of_a_word_that_began_elsewhere_is_the_whole_word() -> None:
    assert read(page([PARTED[1] + words("abrió.")])) == "ayuntamiento abrió."


def test_what_holds_no_words_says_so() -> None:
    with pytest.raises(ArticleError, match="without words"):
        read(page())
    with pytest.raises(ArticleError, match="is METS without its folder"):
        read(b"<mets:mets xmlns:mets='http://www.loc.gov/METS/'/>")


def test_words_come_once_where_damage_puts_blocks_into_blocks() -> None:
    line = f"<TextBlock><TextLine>{words('Llovió ayer.')}"
    damaged = f"<alto><Layout><Page><PrintSpace>{line * 3}".encode()
    page_text, lost = FORMATS[".xml"].extracts(io.BytesIO(damaged), ".xml")
    assert isinstance(page_text, Extract)
    assert page_text.text.split("\n\n") == ["Llovió ayer."] * 3
    assert isinstance(lost, Rejected)
