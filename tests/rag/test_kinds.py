"""Every kind of question over a small newspaper: what is told, by whom, in which order."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.answer import Answer
from hemeroteca.rag.chain import Chain
from hemeroteca.rag.kinds.briefing import brief, said_day
from hemeroteca.rag.kinds.comparison import without_passage
from hemeroteca.rag.kinds.held import subject_clause
from hemeroteca.rag.kinds.holdings import about, subject
from hemeroteca.rag.kinds.sentences import Sentence
from hemeroteca.rag.question import check_question
from hemeroteca.rag.understand.catalog import catalog_kind, of_whom
from hemeroteca.rag.understand.greeting import greets
from hemeroteca.rag.understand.kind import (
    AskedKind,
    KindClassifier,
    asked_kind,
    asks_fact,
    introduced,
    kind_classifier,
    names_subject,
)
from hemeroteca.ui.session import open_chain
from hemeroteca.ui.settings import Settings
from hemeroteca.ui.web.message import Turn, turn_of
from tests.helpers import passage, write

_ARTICLES = {
    "strike": (
        "Dockers of the port of Vigo began a strike on 3 March 2023 over their wages. "
        "The union leader Marta Souto said that the strike would go on until the summer. "
        "The port's director, Luis Varela, said that the demands were absurd.",
        "2023-03-04",
    ),
    "talks": (
        "The dockers of Vigo and the port met for talks on 10 April 2023 without an agreement. "
        "The strike continues because the port refuses to raise the wages of the night shift.",
        "2023-04-11",
    ),
    "end": (
        "The strike of the dockers of Vigo ended on 2 June 2023 with an agreement on wages. "
        "Marta Souto said that the workers had won.",
        "2023-06-03",
    ),
    "library": (
        "The library of Silleda has forty thousand books and six readers' rooms. "
        "It closed its doors in May because the roof leaked after the storms. "
        "The mayor of Silleda will visit the library on Friday.",
        "2023-05-20",
    ),
    "award": (
        "The prize of the critics went to the novels Agua Mansa, Tierra Negra and Cielo Roto. "
        "The jury met in Ourense.",
        "2023-05-05",
    ),
    "namesake": (
        "The painter Marta Lago shows forty portraits in the gallery of Noia. "
        "Her teacher said that Marta Lago had never painted as well as now.",
        "2023-05-09",
    ),
}


@pytest.fixture(scope="module")
def asked(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, cache_dir: Path
) -> Iterator[Chain]:
    folder = tmp_path_factory.mktemp("port")
    for name, (text, day) in _ARTICLES.items():
        write(folder, name, text, day)
    archive = Archive(tmp_path_factory.mktemp("data"), encoder)
    sync_folders(archive, [folder])
    yield open_chain(Settings(cache_dir=cache_dir), archive)
    archive.close()


def _texts(answer: Answer) -> str:
    return " ".join(statement.text for statement in answer.statements)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("¿Quién dirige el puerto de Vigo?", "short"),
        ("Has the strike ended?", "yesno"),
        ("¿Firmó el puerto el acuerdo?", "yesno"),
        ("¿Qué sabemos de la directora del puerto?", "summary"),
        ("Warum streiken die Hafenarbeiter?", "explanation"),
        ("Que pense Marta Souto de la grève ?", "position"),
        ("Elenca i romanzi premiati", "listing"),
        ("Cronología de la huelga", "timeline"),
        ("Resuma a greve dos estivadores", "summary"),
        ("Сравни Марту Соуто и Луиса Варелу", "comparison"),
        ("Marta Souto", "name"),
        ("moltes gràcies", "greeting"),
        ("¿Cuántos artículos hay sobre Vigo?", "count"),
        ("Who wrote the article on the strike?", "author"),
    ],
)
def test_what_is_asked(encoder: Encoder, question: str, kind: str) -> None:
    [vector], [tokens] = encoder.encode_questions([question]), encoder.tokenize([question])
    assert kind_classifier().kind(vector, tokens.ids) == kind


@pytest.mark.parametrize(
    "question",
    [
        "¿Entre qué dos países crece la tensión?",
        "Between which two countries is tension growing?",
        "Zwischen welchen zwei Ländern wachsen die Spannungen?",
        "Entre quels pays la tension monte-t-elle ?",
        "Tra quali due paesi sta crescendo la tensione?",
        "Entre que países está a crescer a tensão?",
        "Entre quins dos països creix la tensió?",
        "Между какими странами растёт напряжённость?",
    ],
)
def test_between_whom_a_thing_is_is_a_fact(encoder: Encoder, question: str) -> None:
    assert asked_kind(encoder, [question]) == "short"


@pytest.mark.parametrize(
    "question",
    [
        "director del fmi",
        "entrenador del Athletic",
        "de que partido es cavaco silva",
        "edad de giuseppe burlotti",
        "Contre qui Clarence Adams a-t-il défendu sa ceinture ?",
        "Wessen Rücktritt hat die Übergangslage ausgelöst?",
        "On té la seu OMSA Alimentación?",
        "Canto custan as propinas?",
        "como se llama el niño atacado",
    ],
)
def test_facts_are_asked_for_as_hasty_people_type(encoder: Encoder, question: str) -> None:
    assert asked_kind(encoder, [question]) == "short"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Quando saiu a nova lei?", "short"),
        ("When was the mayor elected?", "short"),
        ("Cando saíu a nova do incendio?", "day"),
        ("When was the article on the strike published?", "day"),
        ("¿Cuándo salió el artículo sobre la huelga?", "day"),
        ("Quando è uscito l'articolo sul porto?", "day"),
        ("Wanneer werd het artikel over de brand gepubliceerd?", "day"),
        ("Quen escribiu o artigo sobre a fábrica?", "author"),
        ("Chi ha scritto l'articolo sul porto?", "author"),
    ],
)
def test_who_wrote_an_article_and_when_it_came_out_is_told_by_these_words(
    question: str, kind: str
) -> None:
    assert catalog_kind(question, "short") == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many species of ctenophores have not been described?", "short"),
        ("¿Cuántas toneladas de explosivos lanzó Estados Unidos en Vietnam?", "short"),
        ("How many viewers do Media Park's channels have?", "short"),
        ("Wie viele Arten sind noch nicht benannt?", "short"),
        ("¿Cuántos artículos hay sobre Vigo?", "count"),
        ("How many texts deal with the lighthouse?", "count"),
        ("Combien de papiers traitent des loups ?", "count"),
        ("Wie oft wird Messi erwähnt?", "count"),
        ("and in 2021?", "count"),  # after how many articles
    ],
)
def test_how_many_of_anything_but_articles_is_a_fact(question: str, kind: str) -> None:
    assert catalog_kind(question, "count") == kind


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("dockers' strike", True),
        ("entrenador del Athletic", True),
        ("elecciones catalanas?", False),
        ("who trains Athletic", False),
        ("and who trains Athletic", False),
        ("de la huelga de los estibadores de Vigo", False),
    ],
)
def test_a_few_words_may_name_a_subject(text: str, names: bool) -> None:
    assert names_subject(text) == names


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("desde cuando esta vigente el acuerdo", True),
        ("quem confiscou o petroleiro", True),
        ("¿Cuándo empezó la huelga?", True),
        ("Cronología de la huelga", False),
        ("Compara cuántos días duraron las huelgas", False),
        ("What happened when the strike ended?", False),
    ],
)
def test_who_and_when_ask_for_a_fact(question: str, fact: bool) -> None:
    assert asks_fact(question) == fact


@pytest.mark.parametrize(
    ("follow_up", "before", "kind"),
    [
        ("¿Y dónde?", "Did the mayor resign?", "short"),
        ("and where?", "What happened in Cádiz?", "short"),
        ("Und wo?", "¿Cuánto costó el puente?", "short"),
        ("And who else?", "¿Cuánto costó el puente?", "short"),
        ("And in 2021?", "How much did the bridge cost?", "short"),
        ("¿Y la ministra?", "¿Dimitió el alcalde?", "yesno"),
        ("¿Y por qué?", "¿Dimitió el alcalde?", "explanation"),
        ("And did she resign?", "How much did the bridge cost?", "yesno"),
        ("muchas gracias", "How much did the bridge cost?", "greeting"),
    ],
)
def test_a_follow_up_of_few_words_asks_on(
    encoder: Encoder, follow_up: str, before: str, kind: str
) -> None:
    assert asked_kind(encoder, [follow_up, before]) == kind


@pytest.mark.parametrize(
    "question", ["Fasse alles zusammen", "Bitte fass den Streit zusammen", "Vat het nieuws samen"]
)
def test_a_verb_that_is_parted_asks_for_a_summary(encoder: Encoder, question: str) -> None:
    assert asked_kind(encoder, [question]) == "summary"


@pytest.mark.parametrize(
    "question",
    [
        "How many scientists from the WHO took part in the Wuhan mission?",
        "How much more easily does the new variant spread?",
        "Combien d'hommes ont été arrêtés et pourquoi ?",
        "What did the platform do with the post comparing covid to the flu?",
        "What did the mayor do with the letter that compares both bridges?",
    ],
)
def test_how_many_and_what_somebody_did_is_one_fact(encoder: Encoder, question: str) -> None:
    assert asked_kind(encoder, [question]) == "short"


@pytest.mark.parametrize(
    ("question", "behind"),
    [
        ("¿Qué expulsó el volcán?", " 1 <b id='x'>&amp;</b><script>document.title=1</script>"),
        ("Who met the Venezuelan ambassador?", " From my notes: summary, list, all."),
        ("¿Por qué dimitió el ministro?", " Gracias, saludos cordiales a todo el equipo"),
        ("Wer wurde gewählt?", " Danke für die Zusammenfassung von gestern!"),
    ],
)
def test_what_is_pasted_behind_a_question_asks_for_nothing(
    encoder: Encoder, question: str, behind: str
) -> None:
    assert asked_kind(encoder, [question + behind]) == asked_kind(encoder, [question])


def test_what_asks_behind_a_question_still_counts(encoder: Encoder) -> None:
    for text in (
        "Can you help me? I need to know why the mayor resigned.",
        "¿Qué tal? Resume todo",
    ):
        assert asked_kind(encoder, [text]) != "greeting"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("¿Se reunió Lukashenko con el embajador de Venezuela?", "yesno"),
        ("Se o ministro sair, quem assume o cargo?", "short"),
        ("Si el ministro dimite, ¿quién asume el cargo?", "short"),
        ("Wenn der Minister zurücktritt, wer übernimmt das Amt?", "short"),
        ("If the mayor resigns, who takes over?", "short"),
        ("If the mayor resigns, will there be elections?", "yesno"),
        ("Si la alcaldesa dimite, ¿habrá elecciones?", "yesno"),
        ("se reunio lukashenko con el embajador", "yesno"),
        ("¿Se confirmó que el ministro dimitió?", "yesno"),
        ("Si è dimesso il ministro dei trasporti?", "yesno"),
        ("Es va reunir Lukashenko amb l'ambaixador?", "yesno"),
        ("¿Se sabe quién mató a la alcaldesa?", "short"),
        ("¿Se conoce cuánto costó el puente?", "short"),
    ],
)
def test_a_verb_with_its_se_asks_whether_it_is_so(
    encoder: Encoder, question: str, kind: str
) -> None:
    assert asked_kind(encoder, [question]) == kind


@pytest.mark.parametrize(
    "question",
    [
        "What did Edward Holm say about the 13 sequences?",
        "¿Qué dijo Ruiz sobre las 13 secuencias?",
        "Was sagte Moser über die 13 Briefe?",
        "Qu'a dit Roux des 13 lettres ?",
        "O que disse Ana Lima sobre as 13 cartas?",
    ],
)
def test_what_somebody_said_is_theirs(encoder: Encoder, question: str) -> None:
    assert asked_kind(encoder, [question]) == "position"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("¿Cuántas historias originales escribió Marta Souto?", "short"),
        ("How many novels did Marta Souto write?", "short"),
        ("¿Cuántas noticias escribió Luis Varela?", "count"),
        ("How many stories are there about Marta Souto?", "count"),
    ],
)
def test_what_somebody_wrote_is_counted_only_of_an_author(
    encoder: Encoder, question: str, kind: str
) -> None:
    asked = catalog_kind(question, asked_kind(encoder, [question]))
    known = {"Luis Varela"}
    assert of_whom(question, asked, [], lambda names: [n for n in names if n in known])[0] == kind


def test_vectors_of_another_model_ask_for_a_fact(encoder: Encoder) -> None:
    vector = encoder.encode_questions(["hola"])[0][:-1]
    assert KindClassifier().kind(vector, [1]) == "short"


def test_a_timeline_is_in_order_each_event_with_its_own_day(asked: Chain) -> None:
    answer = asked.ask("Give me a timeline of the strike of the dockers of Vigo")
    assert answer.kind == "timeline"
    days = [statement.day for statement in answer.statements if statement.day_said]
    assert days == ["2023-03-03", "2023-04-10", "2023-06-02"]
    shown = [statement.day for statement in answer.statements]
    assert shown == sorted(shown)
    assert all(c.quote in _ARTICLES[c.article][0] for c in answer.citations)
    assert "3 March 2023: Dockers" in answer.text


@pytest.mark.parametrize(
    ("side", "text", "named"),
    [
        ("Novavax", "Vaccines in trials: Moderna. Novavax. Sputnik.", True),
        ("Sanofi", "Vaccines in trials: Moderna. Novavax. Sputnik.", False),
        ("Vox", "Vox asked for it, and nobody else.", True),
        ("Marta Souto", "Marta Lago asked for it.", False),
    ],
)
def test_a_side_that_is_only_named_is_not_absent(side: str, text: str, named: bool) -> None:
    question = check_question(f"Compare the port and {side}")
    without = without_passage(question, [side], [passage("a", text, "en")])
    assert without == ([] if named else [side])


def test_a_summary_is_of_whom_it_asks_and_of_no_namesake(asked: Chain) -> None:
    answer = asked.ask("What do we know about Marta Souto?")
    assert answer.kind == "summary"
    assert "Souto" in _texts(answer)
    assert "namesake" not in {citation.article for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("What is the latest news on Vox?", "Vox"),
        ("Was gibt es Neues vom Stausee?", "Stausee"),
        ("¿De quién es la crónica del embalse?", "embalse"),
    ],
)
def test_what_asks_for_articles_is_not_their_subject(question: str, about: str) -> None:
    assert subject(check_question(question)) == about


def test_a_position_is_the_speakers_own(asked: Chain) -> None:
    answer = asked.ask("What did Luis Varela say about the strike?")
    assert answer.kind == "position"
    assert "absurd" in _texts(answer)
    assert "Souto" not in _texts(answer)


def test_a_first_name_that_stands_once_is_the_speakers(tmp_path: Path, encoder: Encoder) -> None:
    folder = tmp_path / "press"
    write(
        folder,
        "mayor",
        "Claudia Prados met the traders of the old town of Soria on Monday. "
        "It rained for hours and the stalls stayed closed all morning. "
        "The mayor Prados said that the market would reopen in May after the repairs of the roof.",
        "2023-04-01",
    )
    write(folder, "singer", "The singer Claudia Reina sang at the market for two hours.")
    archive = Archive(tmp_path / "data", encoder)
    sync_folders(archive, [folder])
    answer = open_chain(Settings(), archive).ask("What does Claudia Prados say about the market?")
    assert "would reopen in May" in _texts(answer)
    archive.close()


@pytest.mark.parametrize(
    "question",
    [
        "Marta Merkel",
        "Wer ist Marta Merkel?",
        "Was wissen wir über Marta Merkel?",
        "Chronologie über Marta Merkel",
        "Who is Marta Merkel?",
    ],
)
def test_nothing_is_told_of_a_namesake(asked: Chain, question: str) -> None:
    assert not asked.ask(question).answerable


@pytest.mark.parametrize(
    "question",
    [
        "Summarise the news about Dutch tulips",
        "Timeline of the Chernobyl accident",
        "Fasse die Nachrichten über holländische Tulpen zusammen",
        "Que sait-on de la guerre des Malouines ?",
        "Che cosa sappiamo di Valentino Rossi?",
        "¿Qué se sabe del precio del aceite de oliva?",
        "Resuma as notícias sobre o carnaval do Rio",
    ],
)
def test_what_no_article_is_on_is_not_summed_up(asked: Chain, question: str) -> None:
    assert not asked.ask(question).answerable


@pytest.mark.parametrize(
    "question",
    [
        "Summarise the news about the dockers' strike",
        "Fasse die Nachrichten über den Streik der Hafenarbeiter zusammen",
        "Que sait-on de la bibliothèque de Silleda ?",
        "¿Qué se sabe de la huelga de los estibadores?",
        "Resuma as notícias sobre o porto de Vigo",
    ],
)
def test_what_articles_are_on_is_summed_up(asked: Chain, question: str) -> None:
    answer = asked.ask(question)
    assert answer.kind == "summary"
    assert {c.article for c in answer.citations} <= {"strike", "talks", "end", "library"}


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("Summarise the news about toxic politics in Spain", "toxic politics in Spain"),
        ("Fasse die Nachrichten über den Falklandkrieg zusammen", "Falklandkrieg"),
        ("¿Qué se sabe del precio del aceite?", "precio del aceite"),
        ("Résume les articles sur l'accident de Tchernobyl", "accident de Tchernobyl"),
        ("Что известно о выборах в Японии?", "выборах в Японии"),
        ("Summarise everything", ""),
    ],
)
def test_what_a_summary_is_asked_of(question: str, clause: str) -> None:
    assert subject_clause(check_question(question)) == clause


@pytest.mark.parametrize("question", ["Who is Marta Souto?", "Wer ist Marta Souto?"])
def test_who_somebody_is_is_what_there_is_on_them(asked: Chain, question: str) -> None:
    answer = asked.ask(question)
    assert answer.answerable
    assert "union leader" in answer.text


@pytest.mark.parametrize(
    ("question", "language", "name"),
    [
        ("¿Quién es Yaku Pérez?", "es", "Yaku Pérez"),
        ("Who was Ana de la Vega", "en", "Ana de la Vega"),
        ("Кто такой Гильермо Лассо?", "ru", "Гильермо Лассо"),
        ("Wer ist Angela Merkel?", "de", "Angela Merkel"),
        ("Wer ist Bürgermeister von Hamburg?", "de", ""),
        ("Who is the mayor of Leeds?", "en", ""),
        ("Who is Ana Ruiz married to?", "en", ""),
    ],
)
def test_whom_a_question_introduces(question: str, language: str, name: str) -> None:
    assert introduced(question, language) == name


def test_what_happened_somewhere_is_told_where_no_fact_answers(asked: Chain) -> None:
    answer = asked.ask("What happened in the port of Vigo?")
    assert answer.answerable
    assert "strike" in answer.text


def test_a_summary_of_the_article_on_something_is_of_that_alone(asked: Chain) -> None:
    answer = asked.ask("Résume l'article sur la bibliothèque de Silleda")
    assert answer.kind == "summary"
    assert {citation.article for citation in answer.citations} == {"library"}


def test_a_bare_name_is_listed_where_it_stands_in_a_row(tmp_path: Path, encoder: Encoder) -> None:
    folder = tmp_path / "press"
    write(folder, "actress", "The actress Victoria Abril opened the festival.", "2023-04-01")
    write(folder, "doses", "In April the airport of Victoria got the doses, Abril Ruiz says.")
    archive = Archive(tmp_path / "data", encoder)
    sync_folders(archive, [folder])
    listed = about(archive, check_question("Victoria Abril"), 9)
    assert [each.article for each in listed] == ["actress"]
    assert len(about(archive, check_question("Abril Victoria"), 9)) == 2
    archive.close()


def test_an_explanation_is_the_sentence_that_says_why(asked: Chain) -> None:
    answer = asked.ask("Why did the library of Silleda close?")
    assert answer.kind == "explanation"
    assert "because the roof leaked" in _texts(answer)


def test_a_list_is_whole_and_its_items_are_not_the_questions(asked: Chain) -> None:
    answer = asked.ask("Which novels won the prize of the critics?")
    assert answer.kind == "listing"
    assert [s.text for s in answer.statements] == ["Agua Mansa", "Tierra Negra", "Cielo Roto"]


def test_an_absent_side_is_named(asked: Chain) -> None:
    answer = asked.ask("Compare Marta Souto and Helmut Brandstetter")
    assert answer.kind == "comparison"
    assert [n.values["subject"] for n in answer.notes] == ["Helmut Brandstetter"]


@pytest.mark.parametrize(
    "name", ["Marta Brandstetter", "Luis Brandstetter", "Ignacio Brandstetter"]
)
@pytest.mark.parametrize(
    "asking", ["What do we know about {}?", "What happened with {}?", "What did {} say?"]
)
def test_of_nobody_nothing_is_told_though_a_part_of_the_name_is_somebodys(
    asked: Chain, asking: str, name: str
) -> None:
    assert not asked.ask(asking.format(name)).answerable


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What is the difference between Hans Müller and Olga Braun?", "comparison"),
        ("Helmut Brandstetter", "name"),
        ("Timeline of the strike of Rostock", "timeline"),
    ],
)
def test_where_nothing_is_told_of_many_the_nearest_is_shown(
    asked: Chain, question: str, kind: AskedKind
) -> None:
    answer = asked.ask(question, kind=kind)
    assert not answer.answerable
    assert answer.nearest


def test_a_side_that_shares_a_first_name_is_absent(asked: Chain) -> None:
    answer = asked.ask("Compare Marta Souto and Luis Brandstetter")
    assert [n.values["subject"] for n in answer.notes] == ["Luis Brandstetter"]
    assert "Brandstetter:" not in answer.text


@pytest.mark.parametrize(
    "question", ["Summarise everything", "Resúmelo todo", "Fasse alles zusammen", "Résume tout"]
)
def test_a_summary_of_everything_counts_the_articles_and_names_the_latest(
    asked: Chain, question: str
) -> None:
    answer = asked.ask(question, kind="summary")
    assert answer.lead is not None
    assert answer.lead.values["number"] == len(_ARTICLES)
    assert answer.citations[0].article == "end"


def test_articles_are_counted_and_the_latest_come_first(asked: Chain) -> None:
    answer = asked.ask("How many articles mention Vigo?")
    assert answer.kind == "count"
    assert answer.answer == "3"
    assert [citation.article for citation in answer.citations] == ["end", "talks", "strike"]


def test_what_is_merely_near_a_bare_subject_is_not_told() -> None:
    text = "Los remedios caseros alivian, si se toman con prudencia, los síntomas del resfriado."
    near = Sentence(passage("a", text), 0, text, np.ones(1), likeness=0.86, before="")
    assert brief(check_question("receta de tortilla de patatas"), [near]) is None
    assert brief(check_question("remedios para el resfriado"), [near]) is not None


def test_on_a_subject_of_some_articles_they_tell(asked: Chain) -> None:
    answer = asked.ask("dockers' strike")
    assert answer.kind == "name"
    assert "strike" in answer.statements[0].text


def test_a_name_that_is_nobodys_is_not_found(asked: Chain) -> None:
    assert not asked.ask("Ottokar Zwiebelfisch").answerable


def test_a_greeting_gets_one_line(asked: Chain) -> None:
    answer = asked.ask("Thank you very much!")
    assert answer.kind == "greeting"
    assert not answer.statements
    assert answer.text.count("\n") == 0
    assert answer.text


@pytest.mark.parametrize(
    "text",
    ["hola", "graciass", "obrigadoo", "buenos días", "¿qué tal?", "muchas gracias por todo",
     "salut", "спасибо", "नमस्ते"],
)  # fmt: skip
def test_what_greets_or_thanks_is_a_greeting(encoder: Encoder, text: str) -> None:
    assert asked_kind(encoder, [text]) == "greeting"


@pytest.mark.parametrize(
    "word",
    ["premio", "gol", "mina", "robo", "sal", "paro", "liga", "agradeció", "yesterday", "prochain",
     "gestern wieder", "gracias al acuerdo"],
)  # fmt: skip
def test_a_word_that_greets_nobody_is_looked_up(encoder: Encoder, word: str) -> None:
    assert asked_kind(encoder, [word]) != "greeting"


def test_what_is_like_a_greeting_is_looked_up_where_an_article_has_it(encoder: Encoder) -> None:
    for word in ("halloo", "salut", "mercis"):
        assert greets(word, holds=lambda _: False)
        assert not greets(word, holds=lambda _: True)
    assert greets("hola", holds=lambda _: True)
    assert not greets("hora", holds=lambda _: False)  # another word, not a slip of "hola"


def test_what_is_kept_of_an_answer_is_the_answer(asked: Chain) -> None:
    answer = asked.ask("Give me a timeline of the strike of the dockers of Vigo")
    kept = turn_of(Turn(answer.question, answer).as_json()).answer
    assert kept is not None
    assert list(kept.statements) == list(answer.statements)


@pytest.mark.parametrize("question", ["Summarise everything", "Resúmelo todo"])
def test_everything_is_summed_up_without_repeats(asked: Chain, question: str) -> None:
    answer = asked.ask(question)
    texts = [statement.text for statement in answer.statements]
    assert len(texts) == len(set(texts))
    assert len(texts) <= 6


@pytest.mark.parametrize(
    ("text", "language", "published", "day"),
    [
        ("firmado el 7 de mayo de 2025 en Moscú", "es", None, "2025-05-07"),
        ("It began on March 3, as planned.", "en", "2023-04-01", "2023-03-03"),
        ("Am 24. Dezember schloss das Werk.", "de", "2023-01-10", "2022-12-24"),
        ("entre el 3 de marzo y el 4 de abril", "es", "2023-04-01", ""),
        ("el 31 de febrero de 2020", "es", None, ""),
        ("el 3 de marzo", "es", None, ""),
    ],
)
def test_the_day_that_a_sentence_says(
    text: str, language: str, published: str | None, day: str
) -> None:
    assert said_day(text, language, published) == day


def test_where_the_questions_language_is_unsure_the_readers_words_it(asked: Chain) -> None:
    assert asked.ask("Zbigniew Kowalczyk", languages=["es"]).language == "es"
    assert asked.ask("Zbigniew Kowalczyk", languages=["en"]).text.startswith("The articles do not")
    sure = asked.ask("¿Quién ganó la liga de balonmano?", languages=["en"])
    assert sure.language == "es"


def test_a_time_that_the_archive_does_not_reach_is_said_to_be_set_aside(
    asked: Chain, cache_dir: Path
) -> None:
    late = open_chain(Settings(cache_dir=cache_dir, today=date(2025, 3, 1)), asked._archive)
    answer = late.ask("Why did the library of Silleda close last week?")
    assert "No article is of that time: all were asked." in answer.text
    assert not answer.filter
    then = open_chain(Settings(cache_dir=cache_dir, today=date(2023, 5, 25)), asked._archive)
    answer = then.ask("Why did the library of Silleda close last week?")
    assert "all were asked" not in answer.text
