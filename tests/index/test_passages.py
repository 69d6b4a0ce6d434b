"""Sentences and passages, as properties of any text."""

import hashlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hemeroteca.index.article import Article
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.text.passages import split_article
from hemeroteca.index.text.sentences import sentence_spans

_LANGUAGES = st.sampled_from(["ar", "de", "en", "es", "fr", "hi", "ja", "ru", "th", "zh"])
_PIECES = [
    "Perú. ", "José", "Sr. Jose\u0301 Pe\u0301rez", "¿Qué? ", "¡No! ", "\r\n", "\n\n", "\t",
    "\u00a0", "\u3000", "\u2028", "\u200b", "\ufeff", "EE. UU. ", "3.14 ", "… ", "«Sí». ",
    "👩‍👩‍👧‍👦", "🇵🇪 ", "政府は昨日。", "รัฐบาลประกาศ", "أعلنت الحكومة. ", "Straße. ", "ﬁn. ",
    "palabra ", "The end. ", "½", "नमस्ते। ", "a" * 50,
]  # fmt: skip
_TEXTS = st.one_of(
    st.lists(st.sampled_from(_PIECES), max_size=40).map("".join),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200),
)
_LONG = {
    "one sentence of 3,000 tokens": "y " * 3_000,
    "no blanks, Latin": "palabra" * 600,
    "no blanks, Chinese": "政府昨日宣布新措施" * 200,
    "no stops, Thai": "รัฐบาลประกาศมาตรการใหม่" * 200,
    "emoji": "👩‍👩‍👧‍👦" * 300,
    "CRLF": "Vuelve José. Perú gana.\r\n" * 100,
}


def _document(text: str, language: str, opening: int = 0, body: int = 0) -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article("a", text, language, hash=digest, opening=opening, body=max(opening, body))


@given(_TEXTS, _LANGUAGES)
@example("Vuelve a Perú. José lo dijo.", "es")
def test_sentences_are_in_order_and_cover_all_text(text: str, language: str) -> None:
    spans = sentence_spans(text, language)
    before = 0
    for start, end in spans:
        assert before <= start < end <= len(text)
        assert not text[before:start].strip()
        assert text[start:end] == text[start:end].strip()
        before = end
    assert not text[before:].strip()


def test_a_sentence_may_end_in_an_accent() -> None:
    text = "Ganó Perú. José lo celebró con su papá. ¿Y mamá? Llegó después."
    assert [text[start:end] for start, end in sentence_spans(text, "es")] == [
        "Ganó Perú.",
        "José lo celebró con su papá.",
        "¿Y mamá?",
        "Llegó después.",
    ]


def test_sentences_count_from_the_start_of_the_text() -> None:
    text = "date 2025-12-12 Uno. Dos."
    assert sentence_spans(text, "es", 16) == [(16, 20), (21, 25)]


@settings(max_examples=300)
@given(_TEXTS, _LANGUAGES, st.integers(0, 5), st.sampled_from([8, 64, 256]))
def test_passages_are_the_text_in_order(
    encoder: Encoder, text: str, language: str, opening: int, limit: int
) -> None:
    _check(_document(text, language, min(opening, len(text))), encoder, limit)


@pytest.mark.parametrize("text", _LONG.values(), ids=_LONG)
@pytest.mark.parametrize("language", ["es", "zh"])
def test_what_is_long_is_cut_and_nothing_is_lost(
    encoder: Encoder, text: str, language: str
) -> None:
    assert len(_check(_document(text, language), encoder, 256)) > 1


def _check(document: Article, encoder: Encoder, limit: int) -> list[str]:
    passages = split_article(document, encoder.token_offsets, limit)
    before = document.opening
    for passage in passages:
        start, end = passage.start, passage.end
        assert document.text[start:end] == passage.text
        assert before <= start < end
        assert not document.text[before:start].strip()
        before = end
    assert not document.text[before:].strip()
    ids = [passage.id for passage in passages]
    assert len(set(ids)) == len(ids)
    return ids


def test_a_passage_is_whole_sentences_of_at_most_256_tokens(encoder: Encoder) -> None:
    sentence = "El presidente de la república visitó ayer el puerto de Valparaíso."
    document = _document(" ".join([sentence] * 60), "es")
    passages = split_article(document, encoder.token_offsets)
    for passage in passages:
        assert passage.text.startswith("El presidente")
        assert passage.text.endswith("Valparaíso.")
    counts = [len(tokens) for tokens in encoder.token_offsets([p.text for p in passages])]
    assert max(counts) <= 256
    # Of about equal length: no short rest at the end.
    assert max(counts) - min(counts) <= len(encoder.token_offsets([sentence])[0])


def test_the_same_article_has_the_same_ids_and_a_changed_one_has_others(encoder: Encoder) -> None:
    def ids(text: str) -> list[str]:
        return [p.id for p in split_article(_document(text, "es"), encoder.token_offsets)]

    assert ids("Hola. Adiós.") == ids("Hola. Adiós.")
    assert not set(ids("Hola. Adiós.")) & set(ids("Hola. Adios."))


@pytest.mark.parametrize(
    "headline",
    [
        "Vuelve J.",
        "Sube el pan, según EE. UU.",
        "Dimite el n.",
        "¿Quién paga? Nadie",
        "Todo sube " * 200,
        "A" * 2_000,
    ],
)
def test_a_headline_is_no_part_of_the_first_sentence(encoder: Encoder, headline: str) -> None:
    body = "º de Lorca abrió ayer. Ruiz no vino."
    text = f"{headline.strip()}\n\n{body}"
    document = _document(text, "es", body=len(text) - len(body))
    assert any(start == document.body for start, _ in sentence_spans(text, "es"))
    passages = split_article(document, encoder.token_offsets)
    assert "".join(p.text for p in passages).split() == text.split() or len(headline) > 999
    _check(document, encoder, 256)
    of_headline = "".join(p.text[: p.headline] for p in passages)
    assert "".join(of_headline.split()) == "".join(headline.split())
    assert passages[-1].text[passages[-1].headline :].startswith("º de Lorca")
