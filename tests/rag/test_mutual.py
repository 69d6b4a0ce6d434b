"""Questions of what two do together, asked from either side."""

import pytest

from hemeroteca.rag.understand.mutual import turned_round

BOTH_WAYS = [
    ("¿Con quién se reunió el embajador?", "¿Quién se reunió con el embajador?"),
    ("¿Con quiénes se han reunido los ministros?", "¿Quiénes se han reunido con los ministros?"),
    ("¿Con quién mantuvo una reunión Ana Ruiz?", "¿Quién mantuvo una reunión con Ana Ruiz?"),
    ("¿Con quién va a reunirse Ana Ruiz?", "¿Quién va a reunirse con Ana Ruiz?"),
    ("Com quem se encontrou o presidente?", "Quem se encontrou com o presidente?"),
    ("Con quen falou a conselleira?", "Quen falou con a conselleira?"),
    ("Amb qui s'ha reunit la consellera?", "Qui s'ha reunit amb la consellera?"),
    ("Con chi si è incontrato Marco Bassi?", "Chi si è incontrato con Marco Bassi?"),
    ("Avec qui s'est entretenu le ministre?", "Qui s'est entretenu avec le ministre?"),
    ("Who did the ambassador meet?", "Who met the ambassador?"),
    ("Who did Ana Ruiz talk to?", "Who talked to Ana Ruiz?"),
    ("Who will the minister meet with?", "Who will meet with the minister?"),
    ("Who has Peter Vos met?", "Who has met Peter Vos?"),
    ("Who did the prince marry?", "Who married the prince?"),
    ("Mit wem traf sich der neue Botschafter?", "Wer traf sich mit dem neuen Botschafter?"),
    ("Mit wem hat die Kanzlerin gesprochen?", "Wer hat mit der Kanzlerin gesprochen?"),
    ("Wen hat Anna Roth getroffen?", "Wer hat Anna Roth getroffen?"),
]


@pytest.mark.parametrize(("one", "other"), BOTH_WAYS)
def test_each_form_becomes_the_other(one: str, other: str) -> None:
    assert turned_round(one) == other
    assert turned_round(other) == one


@pytest.mark.parametrize(
    ("question", "turned"),
    [
        ("con quien se reunio lukashenko", "Quien se reunio con lukashenko?"),
        ("With whom did Ana Ruiz meet in Oslo?", "Who met with Ana Ruiz in Oslo?"),
        ("To whom did the mayor speak yesterday?", "Who spoke to the mayor yesterday?"),
        ("Avec qui le ministre s'est-il entretenu ?", "Qui s'est entretenu avec le ministre?"),
        ("Qui le président a-t-il rencontré ?", "Qui a rencontré le président?"),
        ("¿Con quién habló Putin por teléfono?", "¿Quién habló con Putin por teléfono?"),
    ],
)
def test_more_ways_to_ask_have_one_form_from_the_other_side(question: str, turned: str) -> None:
    assert turned_round(question) == turned


@pytest.mark.parametrize(
    "question",
    [
        "¿Con quién se reunió ayer?",
        "¿Quién detuvo al embajador?",
        "¿Quién encontró con vida al adolescente?",
        "¿A quién llamó el ministro?",
        "Who did the police arrest?",
        "Who played Hamlet?",
        "Who beat Spain?",
        "Wen hat die Polizei verhaftet?",
        "Where did the ambassador meet the minister?",
        "¿Cuándo se reunió Lukashenko con el embajador?",
        "¿Con qué se reunió?",
        "",
        "?",
    ],
)
def test_what_holds_one_way_only_is_left(question: str) -> None:
    assert turned_round(question) == ""
