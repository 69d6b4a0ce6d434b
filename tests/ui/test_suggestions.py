"""Questions that are suggested, from the articles at hand."""

from pathlib import Path

from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.chain import Chain
from hemeroteca.ui.session import open_chain
from hemeroteca.ui.settings import Settings
from hemeroteca.ui.web.suggestions import Suggestions, names_in
from tests.helpers import write


def test_names_are_words_in_capitals_within_a_sentence() -> None:
    text = (
        "El presidente Alexander Lukashenko habló. Vladímir Putin también. La ONU y Rosa de la "
        "Torre, de Latacunga, callan.\nEl Banco Central de Chile subió. Dijo Ana\nGil Mas."
    )
    assert list(names_in(text)) == ["Alexander Lukashenko", "Rosa de la Torre"]
    assert list(names_in("")) == list(names_in("¿?¡! 123")) == []


def test_what_is_suggested_is_answered(newspaper_archive: Archive, chain: Chain) -> None:
    suggestions = Suggestions(newspaper_archive, chain, 20)
    offered = {language: suggestions.of(language, wait_s=300) for language in ("en", "es")}
    for texts in offered.values():
        assert texts
        for text in texts:
            assert chain.ask(text).answerable, text
    assert not set(offered["en"]) & set(offered["es"])


def test_they_are_looked_for_anew_when_the_articles_have_changed(
    archive: Archive, cache_dir: Path, tmp_path: Path
) -> None:
    chain = open_chain(Settings(cache_dir=cache_dir, answer_from=0.0), archive)
    suggestions = Suggestions(archive, chain, 20)
    assert suggestions.of("en", wait_s=300) == ()
    text = "Yesterday the architect Helena Duarte opened the reading room of Porto."
    sync_folders(archive, [write(tmp_path / "press", "room", text, "2025-10-04").parent])
    assert suggestions.of("en", wait_s=300) == ()
    suggestions.renew()
    assert any("Helena Duarte" in each for each in suggestions.of("en", wait_s=300))
