"""Whose words a sentence tells."""

import pytest

from hemeroteca.index.text.terms import cognates
from hemeroteca.rag.kinds.speech import spoken_by
from tests.helpers import passage

_OWN = [
    ("es", "Ana Soto", "El cierre es injusto, dijo ayer Ana Soto."),
    ("es", "Ana Soto", "“El cierre es injusto”, sostuvo Soto."),
    ("es", "Ana Soto", "Ana Soto, alcaldesa de Lugo, señaló que el cierre es injusto."),
    ("es", "Ana Soto", "La alcaldesa de Lugo, Ana Soto, señaló que el cierre es injusto."),
    ("es", "Ana Soto", "Según la alcaldesa Ana Soto, el cierre es injusto."),
    ("es", "Ana Soto", "Para Ana Soto, el cierre es injusto."),
    ("es", "Ana Soto", "Desde Lugo, la presidenta de Bolivia Ana Soto afirmó que cerrarán."),
    ("es", "Ana Soto", "Soto, que perdió ante Luis Rey, ha criticado el cierre."),
    ("es", "Ana Soto", "Ana Soto y Luis Rey defendieron el cierre."),
    ("en", "Ann Moss", "“The closure is unfair,” said the mayor, Ann Moss."),
    ("en", "Ann Moss", "“The closure is unfair,” Moss told The Post."),
    ("en", "Ann Moss", "Ann Moss, the mayor of Leeds, said that the closure was unfair."),
    ("en", "Ann Moss", "According to Moss, the closure is unfair."),
    ("en", "Ann Moss", "Moss later dismissed the plan."),
    ("de", "Anna Moser", "Die Schließung sei ungerecht, sagte Bürgermeisterin Anna Moser."),
    ("de", "Anna Moser", "Anna Moser, Chefin der Grünen, kritisierte die Schließung."),
    ("de", "Anna Moser", "Am Montag hat Moser die Schließung kritisiert."),
    ("de", "Anna Moser", "Laut Moser ist die Schließung ungerecht."),
    ("fr", "Anne Morin", "« La fermeture est injuste », a déclaré Anne Morin."),
    ("fr", "Anne Morin", "Anne Morin, maire de Lyon, estime que la fermeture est injuste."),
    ("fr", "Anne Morin", "Selon la maire Anne Morin, la fermeture est injuste."),
    ("it", "Anna Mori", "«La chiusura è ingiusta», ha detto Anna Mori."),
    ("it", "Anna Mori", "Secondo Mori, la chiusura è ingiusta."),
    ("pt", "Ana Moura", "“O fecho é injusto”, disse a autarca Ana Moura."),
    ("pt", "Ana Moura", "Ana Moura considera que o fecho é injusto."),
    ("ca", "Anna Mas", "«El tancament és injust», va dir Anna Mas."),
    ("ru", "Анна Мосина", "Анна Мосина заявила, что закрытие несправедливо."),
    # How somebody judges a thing.
    ("es", "Ana Soto", "“Injusto”, definió el cierre la líder vecinal, Ana Soto, el jueves."),
    ("es", "Ana Soto", "Ana Soto describió el cierre como “injusto”."),
    ("en", "Ann Moss", "Ann Moss branded the closure “unfair”."),
    ("de", "Anna Moser", "Anna Moser bewertete die Schließung als „ungerecht“."),
    ("fr", "Anne Morin", "« Injuste », décrit Anne Morin."),
    ("it", "Anna Mori", "Anna Mori giudica ingiusta la chiusura."),
    ("pt", "Ana Moura", "Ana Moura definiu o fecho como “injusto”."),
    ("ca", "Anna Mas", "Anna Mas va qualificar el tancament d'injust."),
    ("gl", "Ana Souto", "Ana Souto cualificou o peche de inxusto."),
]
_OTHERS = [
    ("es", "Ana Soto", "El abogado de Ana Soto dijo que el cierre es injusto."),
    ("es", "Ana Soto", "El portavoz de la alcaldesa Soto aseguró que cerrarán."),
    ("es", "Ana Soto", "Luis Rey acusó a Ana Soto de mentir sobre el cierre."),
    ("es", "Ana Soto", "Ana Soto fue acusada de mentir sobre el cierre."),
    ("es", "Ana Soto", "Tras las declaraciones de Soto, Luis Rey anunció el cierre."),
    ("es", "Ana Soto", "“Ana Soto dijo que no”, recordó Luis Rey en el pleno."),
    ("es", "Ana Soto", "Ana Soto inauguró el puente de Lugo el lunes."),
    ("es", "Ana Soto", "Ana Belén dijo que el cierre es injusto."),
    ("es", "Ana Soto", "Fuentes policiales revelaron ayer que Soto mintió."),
    ("en", "Ann Moss", "Police said that Moss lied."),
    ("en", "Ann Moss", "A spokesman for Ann Moss said the closure was unfair."),
    ("en", "Ann Moss", "Moss's lawyer said the closure was unfair."),
    ("en", "Ann Moss", "The Moss campaign said the closure was unfair."),
    ("en", "Ann Moss", "Paul Reed accused Ann Moss of lying."),
    ("en", "Ann Moss", "Ann Moss was accused of lying."),
    ("en", "Ann Moss", "The man who shot Moss said he was sorry."),
    ("de", "Anna Moser", "Der Sprecher von Anna Moser sagte, die Schließung sei gerecht."),
    ("de", "Anna Moser", "Der Minister kritisierte Moser."),
    ("fr", "Anne Morin", "L'avocat d'Anne Morin a déclaré que la fermeture est juste."),
    ("fr", "Anne Morin", "Paul Roux critique Anne Morin."),
    ("it", "Anna Mori", "Il portavoce di Anna Mori ha detto che la chiusura è giusta."),
    ("pt", "Ana Moura", "O advogado de Ana Moura disse que o fecho é justo."),
]


def _own(language: str, name: str, text: str) -> list[str]:
    of = passage("a", text, language=language)
    return [text[start:end] for start, end in spoken_by(cognates(name), of)]


@pytest.mark.parametrize(("language", "name", "text"), _OWN)
def test_somebodys_words_are_theirs(language: str, name: str, text: str) -> None:
    assert _own(language, name, text) == [text]


@pytest.mark.parametrize(("language", "name", "text"), _OTHERS)
def test_anothers_words_are_not(language: str, name: str, text: str) -> None:
    assert _own(language, name, text) == []


@pytest.mark.parametrize(
    ("language", "name", "first", "second"),
    [
        ("es", "Ana Soto", "Ana Soto habló en el pleno.", "También pidió más tiempo."),
        ("es", "Ana Soto", "La alcaldesa Ana Soto llegó.", "La alcaldesa pidió más tiempo."),
        ("es", "Ana Soto", "“Es injusto”, dijo Soto.", "“No lo vamos a permitir nunca”."),
        ("en", "Ann Moss", "Ann Moss spoke in Leeds.", "She said that it was unfair."),
        ("en", "Ann Moss", "Mayor Ann Moss was in Leeds.", "“It is unfair,” said the mayor."),
        ("de", "Anna Moser", "Anna Moser sprach im Rat.", "Sie forderte mehr Zeit."),
        ("fr", "Anne Morin", "Anne Morin était à Lyon.", "Elle a demandé plus de temps."),
        # What newspapers call who holds an office, not to name them again.
        ("es", "Ana Soto", "La presidenta Ana Soto viajó.", "La mandataria aseguró que cerrarán."),
        (
            "es",
            "Ana Soto",
            "Ana Soto, alcaldesa de Lugo, calló.",
            "Luego la edil dijo que cerrarán.",
        ),
        (
            "en",
            "Ann Moss",
            "Senator Ann Moss was in Leeds.",
            "The lawmaker said that it was unfair.",
        ),
        ("pt", "Ana Moura", "A deputada Ana Moura saiu.", "A parlamentar disse que fecharão."),
        (
            "fr",
            "Anne Morin",
            "La députée Anne Morin partit.",
            "La parlementaire a critiqué la loi.",
        ),
    ],
)
def test_a_verb_without_a_name_is_theirs_of_whom_was_told(
    language: str, name: str, first: str, second: str
) -> None:
    assert second in _own(language, name, f"{first} {second}")


@pytest.mark.parametrize(
    ("language", "name", "first", "second"),
    [
        ("es", "Ana Soto", "Luis Rey atacó a Ana Soto.", "Dijo que el cierre es injusto."),
        ("es", "Ana Soto", "Ana Soto atacó al ministro Luis Rey.", "El ministro dijo que no."),
        ("es", "Ana Soto", "Ana Soto inauguró el puente.", "“Es feo”, dijo Luis Rey."),
        (
            "es",
            "Ana Soto",
            "La alcaldesa Ana Soto vio al presidente Rey.",
            "El mandatario dijo no.",
        ),
        ("es", "Ana Soto", "Ana Soto dimitió.", "Canal reveló la noche del lunes que Soto mintió."),
        ("en", "Ann Moss", "Paul Reed attacked Ann Moss.", "He said that it was unfair."),
        ("en", "Ann Moss", "Ann Moss opened the bridge.", "“It is ugly.”"),
    ],
)
def test_a_verb_without_a_name_is_nobodys_else(
    language: str, name: str, first: str, second: str
) -> None:
    assert second not in _own(language, name, f"{first} {second}")


def test_another_passage_of_the_article_tells_what_the_speaker_is() -> None:
    text = "que no”. El presidente afirmó que cerrarán."
    of, words = passage("a", text, language="es"), text.index("El")
    soto, rey = "El presidente Juan Soto viajó.", "El presidente Luis Rey vio a Juan Soto."
    assert spoken_by(cognates("Soto"), of, [soto]) == [(words, len(text))]
    assert spoken_by(cognates("Soto"), of, [rey]) == []
    assert spoken_by(cognates("Soto"), of) == []
