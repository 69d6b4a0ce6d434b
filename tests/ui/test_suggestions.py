"""Questions that are suggested, from the articles at hand."""

from pathlib import Path

from hemeroteca.index.stores.archive import Archive
from hemeroteca.rag.chain import Chain
from hemeroteca.ui.web.suggestions import Suggestions, names_in


def test_names_are_words_in_capitals_within_a_sentence() -> None:
    text = (
        "El presidente Alexander Lukashenko habló. Vladímir Putin también. La ONU y Rosa de la "
        "Torre, de Latacunga, callan.\nEl Banco Central de Chile subió. Dijo Ana\nGil Mas."
    )
    assert list(names_in(text)) == ["Alexander Lukashenko", "Rosa de la Torre"]
    assert list(names_in("")) == list(names_in("¿?¡! 123")) == []


def test_what_is_suggested_is_answered(newspaper_archive: Archive, chain: Chain) -> None:
    suggestions = Suggestions(newspaper_archive, chain, 20)
    suggestions.look()
    suggestions._changed.acquire()
    suggestions._changed.wait_for(lambda: not suggestions._looking, 300)
    suggestions._changed.release()
    for language in ("en", "es"):
        offered = suggestions.of(language)
        assert offered
        for text in offered:
            assert chain.ask(text).answerable, text
    assert not set(suggestions.of("en")) & set(suggestions.of("es"))


def test_an_empty_archive_suggests_nothing(archive: Archive, cache_dir: Path, chain: Chain) -> None:
    suggestions = Suggestions(archive, chain, 20)
    suggestions.look()
    assert suggestions.of("en") == ()
