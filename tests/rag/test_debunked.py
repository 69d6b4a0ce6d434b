"""What an article tells only to call it false is told with that, and never by itself."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.answer import Answer, Statement
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.cite import citation
from hemeroteca.rag.kinds.debunked import unless_debunked
from hemeroteca.rag.question import check_question
from hemeroteca.rag.reader.reader import load_reader
from tests.helpers import passage

CLAIM = "Circula en redes que la vacuna del dengue causa infertilidad."
FALSE = "Es falso: ningún estudio lo ha demostrado, explicó la viróloga Marta Solé."
NEWS = {
    "Qué se sabe de la vacuna del dengue": f"{CLAIM} {FALSE} La vacuna se aplica en 14 países.",
    "Un mensaje asegura que Nortia multará a los ciclistas": (
        "Un mensaje viral asegura que el Ayuntamiento de Nortia multará con 90 euros a los "
        "ciclistas sin casco. No es cierto: la ordenanza no lo prevé."
    ),
    "Las obras del puente de Nortia cuestan 3 millones": (
        "El puente de Nortia costará 3 millones de euros, dijo la alcaldesa, Rosa Pinto. El plazo "
        "es falso, según la oposición, que calcula dos años."
    ),
}


@pytest.fixture(scope="module")
def asked_of(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Chain]:
    folder: Path = tmp_path_factory.mktemp("debunked")
    articles = folder / "articles"
    articles.mkdir()
    lines = [json.dumps({"headline": title, "text": text}) for title, text in NEWS.items()]
    (articles / "news.jsonl").write_text("\n".join(lines))
    archive = Archive(folder / "index", encoder)
    sync_folders(archive, [articles])
    yield Chain(archive, load_reader(encoder))
    archive.close()


def told(text: str, quote: str, title: str = "", language: str = "es") -> Answer:
    """What is answered to a question of a fact with `quote` out of an article."""
    whole = f"{title}\n\n{text}" if title else text
    of = replace(passage("a", whole, language), title=title)
    cited = citation(1, of, quote, whole.index(quote), 0.9)
    said = Answer(
        "¿Qué?", "short", language, 0.7, quote, [Statement(quote, (1,))], citations=[cited]
    )
    return unless_debunked(check_question("¿Qué pasa con la vacuna?"), said, [of])


def test_a_debunked_claim_is_told_as_denied(asked_of: Chain) -> None:
    answer = asked_of.ask("¿Qué causa la vacuna del dengue?")
    assert answer.text.startswith("Los artículos lo niegan:")
    assert [statement.text for statement in answer.statements] == [CLAIM, FALSE]
    assert [citation.quote for citation in answer.citations] == [CLAIM, FALSE]


def test_a_debunked_number_is_not_the_answer(asked_of: Chain) -> None:
    answer = asked_of.ask("¿Con cuánto multará Nortia a los ciclistas sin casco?")
    assert not answer.answer
    assert not answer.answerable or "No es cierto" in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("¿En cuántos países se aplica la vacuna del dengue?", "14"),
        ("¿Cuánto costará el puente de Nortia?", "3 millones"),
    ],
)
def test_what_is_not_called_false_is_answered_as_ever(
    asked_of: Chain, question: str, said: str
) -> None:
    assert said in asked_of.ask(question).answer


@pytest.mark.parametrize(
    ("language", "claim", "denial"),
    [
        ("es", "Un vídeo muestra un tiburón en el metro.", "Pero es un montaje de 2015."),
        ("es", "Dicen que el alcalde vive en Miami.", "Esta información es totalmente falsa."),
        ("es", "Dicen que el alcalde vive en Miami.", "No es verdad."),
        ("es", "Según un mensaje, cierran el colegio.", "Se trata de un bulo, dice la policía."),
        ("es", "Dicen que el alcalde vive en Miami.", "Es un bulo que circula desde 2015."),
        ("en", "Posts claim that the mayor lives in Miami.", "That is not true."),
        ("en", "A video shows a shark in the metro.", "However, it is a hoax from 2015."),
        ("en", "Posts claim that the mayor lives in Miami.", "The claim is completely false."),
        ("de", "Angeblich wohnt die Bürgermeisterin in Miami.", "Das stimmt nicht."),
        ("de", "Angeblich wohnt die Bürgermeisterin in Miami.", "Die Behauptung ist falsch."),
        ("fr", "Le maire vivrait à Miami.", "C'est faux, assure la mairie."),
        ("fr", "Le maire vivrait à Miami.", "Ce n’est pas vrai."),
        ("it", "Il sindaco vivrebbe a Miami.", "Ma non è vero."),
        ("pt", "O prefeito moraria em Miami.", "A informação é falsa."),
        ("ca", "L'alcalde viuria a Miami.", "No és cert."),
        ("gl", "O alcalde viviría en Miami.", "Iso é falso."),
        ("ru", "Мэр якобы живёт в Майами.", "Это неправда."),
    ],
)
def test_the_next_sentence_calls_it_false(language: str, claim: str, denial: str) -> None:
    answer = told(f"{claim} {denial} Otra cosa.", claim, language=language)
    assert [statement.text for statement in answer.statements] == [claim, denial]
    assert not answer.answer


@pytest.mark.parametrize(
    "behind",
    [
        "Es la tercera vez este año.",
        "El testigo falso fue detenido.",
        "No es la primera vez que ocurre.",
        "La alcaldesa no es partidaria.",
        "Lo falso fue el billete, dijo.",
        "Es cierto, según la policía.",
        # What is false is something else.
        "Es falso que haya dimitido, dijo su portavoz.",
        "Pero no es cierto que lo niegue.",
        "It is not true that he resigned.",
        "That is false that he resigned.",
        "Es mentira que haya muertos.",
        "",
    ],
)
def test_another_sentence_behind_it_does_not(behind: str) -> None:
    claim = "El alcalde vive en Miami."
    assert told(f"{claim} {behind}", claim).answer == claim


def test_a_sentence_that_calls_its_own_words_false_is_no_fact() -> None:
    quote = "Es falso que la vacuna del dengue cause infertilidad."
    answer = told(quote, quote)
    assert not answer.answer
    assert answer.lead


def test_a_headline_denies_what_is_told_as_a_rumour() -> None:
    title = "La vacuna del dengue no causa infertilidad"
    rumour = "Un mensaje asegura que la vacuna del dengue causa infertilidad."
    answer = told(f"{rumour} Así lo explica una viróloga.", rumour, title)
    assert answer.lead
    assert answer.notes
    fact = "La vacuna del dengue se aplica en 14 países."
    assert told(f"{fact} Así lo explica una viróloga.", fact, title).answer == fact


@pytest.mark.parametrize(
    "question",
    ["¿Qué bulo circula sobre la vacuna?", "What hoax is told of it?", "¿Qué dijo Ana de ella?"],
)
def test_who_asks_for_what_is_false_or_said_gets_it(question: str) -> None:
    of = passage("a", f"{CLAIM} {FALSE}", language="es")
    cited = citation(1, of, CLAIM, 0, 0.9)
    said = Answer(question, "short", "es", 0.7, CLAIM, [Statement(CLAIM, (1,))], citations=[cited])
    assert unless_debunked(check_question(question), said, [of]) == said
