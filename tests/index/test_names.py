"""The persons, places and organisations that a text names."""

import time

import pytest

from hemeroteca.index.text.names import names


def _told(text: str, language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names(text, language):
        found.setdefault(name.kind, []).append(name.text)
    return found


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "es",
            "El presidente Pedro Castillo visitó Colombia. Según el Ministerio de Salud y "
            "Protección Social, Juan de la Cruz no viajó.",
            {
                "person": ["Pedro Castillo", "Juan de la Cruz"],
                "place": ["Colombia"],
                "organisation": ["Ministerio de Salud y Protección Social"],
            },
        ),
        (
            "pt",
            "O juiz Sérgio Moro ouviu João Vaccari e Mônica Moura em São Paulo.",
            {"person": ["Sérgio Moro", "João Vaccari", "Mônica Moura"], "place": ["São Paulo"]},
        ),
        (
            "en",
            "Helena Duarte's office in Kenya wrote to the World Health Organization. Mr. John A. "
            "Smith said so.",
            {
                "person": ["Helena Duarte", "John A. Smith"],
                "place": ["Kenya"],
                "organisation": ["World Health Organization"],
            },
        ),
        (
            "de",
            "Wie bekannt wurde, hat Landesrat Hans Berger Anerkennung verdient, und für die Art "
            "Pionier hat auch Angela Merkel in Österreich gesprochen.",
            {"person": ["Hans Berger", "Angela Merkel"], "place": ["Österreich"]},
        ),
        (
            "fr",
            "Hier, la présidente Ursula von der Leyen et Jean Dupont étaient à Paris.",
            {"person": ["Ursula von der Leyen", "Jean Dupont"], "place": ["Paris"]},
        ),
        (
            "it",
            "Ieri il regista Nanni Moretti era ospite a Londra.",
            {"person": ["Nanni Moretti"], "place": ["Londra"]},
        ),
        (
            "ca",
            "El president Pere Aragonès és a França.",
            {"person": ["Pere Aragonès"], "place": ["França"]},
        ),
        (
            "gl",
            "O conselleiro Manuel Vila foi a Noruega.",
            {"person": ["Manuel Vila"], "place": ["Noruega"]},
        ),
        ("sv", "Anna Andersson bor i Sverige.", {}),
    ],
)  # fmt: skip
def test_names_are_told_by_what_has_them(
    language: str, text: str, told: dict[str, list[str]]
) -> None:
    assert _told(text, language) == told


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "En la calle Juan Bravo hay un premio Ana Ruiz."),  # of a street, a prize
        ("es", "La Navidad pasó en paz."),  # an island's name as well
        ("en", "Putin Meets Juan Pérez While Mary Jones Waits"),  # a headline in capitals
        ("es", "PEDRO SÁNCHEZ HABLA CON ANA BOTÍN"),
        ("fr", "Parti de Lyon, il arrive."),
        ("en", "The Florida Straits and the Harris Hospital are far."),
        ("es", "El Ministerio de Ciencia, Tecnología e Innovación informa."),  # cut it is another
        ("es", "Ayer ratificó la enmienda el Congreso de EE.UU. en sesión."),
        ("de", "Die Art Pionier und der politische Roman von Gregor."),
    ],
)
def test_what_is_no_name_of_these_is_left_out(language: str, text: str) -> None:
    assert _told(text, language) == {}


def test_a_person_goes_by_the_fullest_of_the_names() -> None:
    text = "Andrés López Obrador habló. Andrés Manuel López Obrador calló. Ana Ruiz rió."
    assert _told(text, "es")["person"] == ["Andrés Manuel López Obrador", "Ana Ruiz"]


def test_spellings_have_one_key() -> None:
    [one] = names("Ayer habló mucho José Pérez.", "es")
    [other] = names("Ayer habló mucho Jose Perez.", "es")
    assert (one.text, other.text) == ("José Pérez", "Jose Perez")
    assert one.key == other.key == "jose perez"


def test_names_take_little_time() -> None:
    text = "El presidente Juan Pérez visitó ayer Colombia con Ana Ruiz de Lima. " * 200
    names(text, "es")
    started = time.process_time()
    names(text, "es")
    assert time.process_time() - started < 0.5  # of 14,000 characters; embedding them takes seconds
