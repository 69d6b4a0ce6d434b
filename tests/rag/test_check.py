"""A claim checked against articles: what decides by hand, what is quoted in real articles."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.filter import Filter
from hemeroteca.index.period import Period
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_folders
from hemeroteca.rag.check import Check
from hemeroteca.rag.claim import ClaimError, check_claim
from hemeroteca.rag.claim_checker import ClaimChecker
from hemeroteca.rag.question import QuestionError
from hemeroteca.rag.render_check import check_text, verdict_text
from hemeroteca.rag.verifier.decide import decide
from hemeroteca.rag.verifier.judge import VerifierError, load_verifier
from hemeroteca.rag.verifier.judgement import Judgement, Premise
from hemeroteca.rag.verifier.sources import judge_sources
from tests.helpers import write
from tests.judging import (
    CONTRADICTED,
    HAS_WEIGHTS,
    LIKELY,
    OPEN,
    RULE,
    STATED,
    FakeVerifier,
)

DESIGNED = "Helena Duarte designed the reading room."
# What two sentences of the article speak of alike.
REOPENED = "The public library of Porto reopened with the room that Helena Duarte designed."


def _checker(archive: Archive, by_words: dict[str, Judgement]) -> ClaimChecker:
    return ClaimChecker(archive, lambda: FakeVerifier(by_words))  # type: ignore[arg-type,return-value]


def _assert_quoted(archive: Archive, check: Check) -> None:
    """Every quote is what stands in its article at its offsets."""
    for each in check.evidence:
        citation = each.citation
        article = archive.document(citation.article)
        assert article is not None
        assert article.text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    ("judgements", "verdict", "confidence", "deciding", "unsure"),
    [
        ([], "not said", 1.0, [], False),
        ([OPEN, OPEN], "not said", 0.9, [0, 1], False),
        ([OPEN, STATED], "stated", 0.95, [1], False),
        ([OPEN, CONTRADICTED, OPEN], "contradicted", 0.96, [1], False),
        # Both sides, the one that states it first; as sure as the less sure of them.
        ([CONTRADICTED, OPEN, STATED], "conflicting", 0.95, [2, 0], False),
        # Likely is not enough to say so, but too much to say nothing: the likeliest is first.
        ([OPEN, LIKELY], "not said", 0.2, [1, 0], True),
        # A true claim that is called false costs more: .85 is enough for one and not for the other.
        ([Judgement(0.85, 0.1, 0.05)], "stated", 0.85, [0], False),
        ([Judgement(0.1, 0.85, 0.05)], "not said", 0.05, [0], True),
        # Of many that say the same three are enough, the surest.
        ([LIKELY, *[replace(STATED, stated=0.9 + n / 100) for n in range(5)]],
         "stated", 0.94, [5, 4, 3], False),
    ],
)  # fmt: skip
def test_what_sentences_make_of_a_claim_together(
    judgements: list[Judgement],
    verdict: str,
    confidence: float,
    deciding: list[int],
    unsure: bool,
) -> None:
    decision = decide(judgements, RULE)
    assert (decision.verdict, list(decision.deciding)) == (verdict, deciding)
    assert decision.confidence == pytest.approx(confidence)
    assert decision.unsure is unsure


@pytest.mark.parametrize(
    ("likeness", "verdict", "deciding"),
    [
        ([0.9, 0.84, 0.7], "stated", [0]),
        ([0.84, 0.9, 0.9], "contradicted", [1]),
        ([0.9, 0.89, 0.7], "conflicting", [0, 1]),
        ([], "conflicting", [0, 1]),
    ],
)
def test_what_speaks_of_something_else_is_no_disagreement(
    likeness: list[float], verdict: str, deciding: list[int]
) -> None:
    decision = decide([STATED, CONTRADICTED, OPEN], RULE, likeness)
    assert (decision.verdict, list(decision.deciding)) == (verdict, deciding)


@given(
    st.lists(
        st.tuples(st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.01, 1)).map(
            lambda each: Judgement(*(part / sum(each) for part in each))
        ),
        max_size=12,
    )
)
def test_nothing_is_decided_below_its_probability(judgements: list[Judgement]) -> None:
    decision = decide(judgements, RULE)
    deciding = [judgements[n] for n in decision.deciding]
    verdicts = {each.verdict for each in deciding}
    assert 0 <= decision.confidence <= 1
    assert len({*decision.deciding}) == len(deciding) <= 6
    match decision.verdict:
        case "stated":
            assert verdicts == {"stated"}
            assert all(each.stated >= RULE.stated_from for each in deciding)
        case "contradicted":
            assert verdicts == {"contradicted"}
            assert all(each.contradicted >= RULE.contradicted_from for each in deciding)
        case "conflicting":
            assert verdicts == {"stated", "contradicted"}
        case "not said":
            assert all(each.stated < RULE.stated_from for each in judgements)
            assert all(each.contradicted < RULE.contradicted_from for each in judgements)


def test_a_stated_claim_shows_its_sentence(newspaper_archive: Archive) -> None:
    check = _checker(newspaper_archive, {"Helena Duarte": STATED}).check(DESIGNED)
    assert (check.verdict, check.confidence, check.unsure) == ("stated", 0.95, False)
    [evidence] = check.evidence
    quote = "The architect Helena Duarte designed its new reading room."
    assert evidence.citation.quote == quote
    assert (evidence.citation.date, evidence.citation.n) == ("2024-03-04", 1)
    assert check.text.startswith(f"The articles say so.\n\n[1] “{quote}”\nThe public library")
    assert "4 March 2024" in check.text
    assert check.judged > 1
    assert {"retrieve", "judge", "total"} <= set(check.timings_ms)
    _assert_quoted(newspaper_archive, check)
    said = json.loads(json.dumps(check.as_dict()))
    assert said["evidence"][0]["verdict"] == "stated"
    assert said["evidence"][0]["citation"]["quote"] == quote


@pytest.mark.parametrize(
    ("by_words", "claim", "said"),
    [
        ({"Duarte": CONTRADICTED}, DESIGNED, "The articles say the contrary."),
        ({"Duarte": CONTRADICTED}, "La arquitecta Duarte no diseñó la sala de lectura de Oporto.",
         "Los artículos dicen lo contrario."),
        ({"Duarte": LIKELY}, DESIGNED, "It is not sure whether the articles say so."),
        ({}, DESIGNED, "The articles do not say."),
        ({"Duarte": STATED, "reopened": CONTRADICTED}, REOPENED, "The articles disagree."),
    ],
)  # fmt: skip
def test_a_verdict_is_a_sentence_in_the_claims_language(
    newspaper_archive: Archive, by_words: dict[str, Judgement], claim: str, said: str
) -> None:
    check = _checker(newspaper_archive, by_words).check(claim)
    assert verdict_text(check) == said
    assert check.text.split("\n\n")[0] == said
    assert check.evidence
    _assert_quoted(newspaper_archive, check)


def test_both_sides_of_a_disagreement_are_shown(newspaper_archive: Archive) -> None:
    by_words = {"Duarte": STATED, "reopened": CONTRADICTED}
    text = _checker(newspaper_archive, by_words).check(REOPENED).text
    parts = text.split("\n\n")
    assert parts[:2] == ["The articles disagree.", "For it:"]
    assert parts[2].startswith("[1] “The architect Helena Duarte designed")
    assert parts[3] == "Against it:"
    assert parts[4].startswith("[2] “The public library of Porto reopened")


def test_what_a_headline_or_the_sentence_before_says_is_not_shown_by_another(
    archive: Archive, tmp_path: Path
) -> None:
    said = "El embalse de Riolobo reventó el lunes."
    (tmp_path / "press.jsonl").write_text(
        json.dumps({"title": "Revienta el embalse de Riolobo", "text": f"{said} Nadie avisó."})
    )
    sync_folders(archive, [tmp_path])

    class Around(FakeVerifier):
        """Finds stated what holds the words anywhere around."""

        def judge(self, statement: str, premise: Premise) -> Judgement:
            whole = f"{premise.headline} {premise.before} {premise.text}"
            return super().judge(statement, replace(premise, text=whole))

    verifier = Around({"embalse de Riolobo": STATED})
    checker = ClaimChecker(archive, lambda: verifier)  # type: ignore[arg-type,return-value]
    check = checker.check("El embalse reventó el lunes.")
    assert check.verdict == "stated"
    assert {e.citation.quote for e in check.evidence} == {said, "Revienta el embalse de Riolobo"}


def test_what_nothing_says_shows_what_comes_nearest(newspaper_archive: Archive) -> None:
    check = _checker(newspaper_archive, {}).check(DESIGNED)
    assert "The nearest passages:" in check.text
    assert len(check.evidence) == 3
    assert [each.judgement.verdict for each in check.evidence] == ["not said"] * 3


def test_a_claim_is_checked_against_the_articles_that_are_chosen(
    newspaper_archive: Archive,
) -> None:
    checker = _checker(newspaper_archive, {"Duarte": STATED})
    german = checker.check(DESIGNED, Filter(languages=("de",)))
    assert {each.citation.language for each in german.evidence} == {"de"}
    assert check_text(german).startswith("The chosen articles do not say.")
    later = checker.check(DESIGNED, Filter(Period.from_iso("2024-08-01", "")))
    assert check_text(later).startswith("The articles of this period do not say.")
    assert later.undated == 1  # the article on the volcano
    before = checker.check(DESIGNED, Filter(Period.from_iso("", "1999-01-01")))
    assert (before.verdict, before.evidence, before.judged) == ("not said", [], 0)


def test_a_sentence_is_judged_with_what_stands_around_it(archive: Archive, tmp_path: Path) -> None:
    record = {
        "title": "Absuelta la ministra", "paper": "El Faro", "date": "2021-03-04",
        "text": "La ministra negó los pagos ante el juez. Fue absuelta ayer en Lugo.",
    }  # fmt: skip
    (tmp_path / "press.jsonl").write_text(json.dumps(record) + "\n")
    # The same text in another paper: said once.
    write(tmp_path, "copy", record["text"], "2021-03-05")
    sync_folders(archive, [tmp_path])
    verifier = FakeVerifier({"absuelta ayer": STATED})
    checker = ClaimChecker(archive, lambda: verifier)  # type: ignore[arg-type,return-value]
    check = checker.check("La ministra fue absuelta.")
    premises = {premise.text: premise for _, premise in verifier.asked}
    acquitted = premises["Fue absuelta ayer en Lugo."]
    assert acquitted.before == "La ministra negó los pagos ante el juez."
    assert len(set(verifier.asked)) == len(verifier.asked)
    # A headline decides, too, and is not read twice.
    assert premises["Absuelta la ministra"].headline == ""
    assert check.verdict == "stated"
    [evidence] = check.evidence
    assert {evidence.citation.article, *(c["article"] for c in evidence.citation.also)} == {
        "press/1" if archive.document("press/1") else evidence.citation.article, "copy"
    }  # fmt: skip
    _assert_quoted(archive, check)


def test_a_short_sentence_decides_as_well(archive: Archive, tmp_path: Path) -> None:
    write(
        tmp_path, "a", "Circula que Ana Ruiz murió en Lugo esta semana. Es un bulo.", "2021-03-04"
    )
    sync_folders(archive, [tmp_path])
    check = _checker(archive, {"Es un bulo.": CONTRADICTED}).check("Ana Ruiz murió en Lugo.")
    assert [each.citation.quote for each in check.evidence] == ["Es un bulo."]


def test_what_asks_or_does_not_end_decides_nothing(archive: Archive, tmp_path: Path) -> None:
    write(tmp_path, "a", "¿Murió Ana Ruiz en Lugo ayer? " + "Ana Ruiz y otros " * 30 + "rieron.")
    sync_folders(archive, [tmp_path])
    verifier = FakeVerifier({"Ana": STATED}, longest=200)
    checker = ClaimChecker(archive, lambda: verifier)  # type: ignore[arg-type,return-value]
    check = checker.check("Ana Ruiz murió en Lugo.")
    assert check.verdict == "not said"
    assert not verifier.asked


def test_an_empty_archive_does_not_say(archive: Archive) -> None:
    check = _checker(archive, {}).check(DESIGNED)
    assert (check.verdict, check.evidence, check.text) == (
        "not said", [], "The articles do not say."
    )  # fmt: skip


@settings(max_examples=25)
@given(
    claim=st.sampled_from(
        ("Maduro visitó Minsk.", "The bridge cost forty million euros.", DESIGNED,
         "Camille Fournier dirige el museo.", "Quishpe cerró las escuelas.", "cats")
    ),
    words=st.sampled_from(("a", "e", "la", "de", "in", "Duarte", "Lukashenko", "Elbe")),
    judgement=st.sampled_from((STATED, CONTRADICTED, LIKELY, OPEN)),
)  # fmt: skip
def test_every_quote_stands_in_its_article(
    newspaper_archive: Archive, claim: str, words: str, judgement: Judgement
) -> None:
    check = _checker(newspaper_archive, {words: judgement}).check(claim)
    _assert_quoted(newspaper_archive, check)
    for each in check.evidence:
        assert each.citation.quote in check.text
    assert [each.citation.n for each in check.evidence] == [*range(1, len(check.evidence) + 1)]


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("", "The claim is empty"),
        (" \n", "The claim is empty"),
        ("¡…! 😀", "has no words"),
        ("a " * 300, "at most 500 are checked at once: check it sentence by sentence"),
        ("\udcff es", "no text"),
        ("Who met the ambassador?", "This is a question: ask it"),
        ("who met the ambassador", "This is a question"),
        ("¿Quién se reunió con el embajador?", "This is a question"),
        ("He asked: “Who met the ambassador?”", "This is a question"),
        ("大使に会ったのは誰ですか？", "This is a question"),
    ],
)
def test_what_cannot_be_checked_is_one_sentence(claim: str, said: str) -> None:
    with pytest.raises(ClaimError, match=said):
        check_claim(claim)


@pytest.mark.parametrize(
    "claim", ["Ana met him.", "When Ana resigned, Eva won.", "Qué día hizo ayer.", "Lima", "1999"]
)
def test_what_states_something_is_checked(claim: str) -> None:
    assert check_claim(f" {claim} ").text == claim


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(QuestionError, match="swap the dates"):
        check_claim(DESIGNED, Filter(Period.from_iso("2021-01-02", "2021-01-01")))


def test_sources_are_judged_together_as_far_as_they_fit() -> None:
    verifier = FakeVerifier({"Eva": STATED, "Ana": CONTRADICTED}, longest=30)
    judge: Callable[[list[str]], Judgement]
    judge = lambda sources: judge_sources(verifier, "Eva ganó.", sources)  # type: ignore[arg-type]  # noqa: E731
    assert judge(["Hubo voto.", "Eva ganó."]) == STATED
    assert [premise.text for _, premise in verifier.asked] == ["Hubo voto. Eva ganó."]
    # Longer: the part that leaves least open counts.
    assert judge(["Llovió mucho en toda Lugo.", "Eva ganó en Lugo."]) == STATED
    # A source of several sentences is parted, too.
    assert judge(["Llovió mucho en toda Lugo. Eva ganó en Lugo."]) == STATED
    with pytest.raises(VerifierError):
        judge(["Llovió mucho en toda Lugo y en toda Vigo."])
    with pytest.raises(VerifierError):
        judge([" "])


@pytest.mark.skipif(not HAS_WEIGHTS, reason="the verifier's weights are not here")
@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Alexander Lukashenko met the Venezuelan ambassador.", {"contradicted", "conflicting"}),
        ("Lukashenko no se reunió con el embajador de Venezuela.", {"stated", "conflicting"}),
        ("Helena Duarte designed the new reading room of the library.",
         {"contradicted", "conflicting"}),
        ("The mayor of Latacunga ordered the schools to close.", {"contradicted", "conflicting"}),
        ("Camille Fournier won the Tour de France.", {"stated", "conflicting"}),
    ],
)  # fmt: skip
def test_the_real_verifier_says_nothing_that_is_plainly_wrong(
    newspaper_archive: Archive, encoder: Encoder, claim: str, wrong: set[str]
) -> None:
    checker = ClaimChecker(newspaper_archive, lambda: load_verifier(encoder))
    check = checker.check(claim)
    assert check.verdict not in wrong, check.text
    _assert_quoted(newspaper_archive, check)


@pytest.mark.parametrize(
    ("claim", "source", "stated"),
    [
        (
            "The rains left 232 dead in Valencia.",
            "Las lluvias dejaron 223 muertos en Valencia.",
            False,
        ),
        (
            "The rains left 223 dead in Valencia.",
            "Las lluvias dejaron doscientos veintitrés muertos en Valencia.",
            True,
        ),
        (
            "Iberdrola invertirá 2.500 millones de euros en Brasil.",
            "La empresa Iberdrola invertirá 1.500 millones de euros en Brasil antes de 2028.",
            False,
        ),
        (
            "Le musée de Calais a vendu 60 000 billets cette année.",
            "El museo de Calais vendió sesenta mil entradas este año, tras 12 meses de obras.",
            True,
        ),
        (
            "Two ministers resigned.",
            "Dimitieron la ministra de Sanidad y el de Trabajo, a los 40 y 50 años.",
            True,
        ),
    ],
)
def test_a_claim_with_other_numbers_is_not_stated(
    encoder: Encoder, claim: str, source: str, stated: bool
) -> None:
    judged = judge_sources(load_verifier(encoder), claim, [source])
    assert (judged.verdict == "stated") == stated


_TREASURER = {
    "title": "Detenido el tesorero de la cofradía de San Roque",
    "paper": "El Faro",
    "date": "2024-03-05",
    "text": (
        "La Guardia Civil detuvo ayer en Alborea a Evaristo Llano, de 58 años. La denuncia la"
        " presentó la hermana mayor, Consuelo Barba. Su abogado, Néstor Iriarte, defiende que el"
        " dinero se invirtió en el retablo. Quedó en libertad con cargos."
    ),
}


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Evaristo Llano fue detenido.", "stated"),
        ("Evaristo Llano was released.", "stated"),  # "he" is of the sentence before
        ("Pilar Ubeda fue detenida.", "not said"),
        ("Ester Quiroga was arrested.", "not said"),
        ("Ester Quiroga wurde verhaftet.", "not said"),
        ("La cofradía de Ribera tiene nuevo tesorero.", "not said"),
    ],
)
def test_a_sentence_on_others_says_nothing_of_whom_a_claim_names(
    archive: Archive, tmp_path: Path, claim: str, verdict: str
) -> None:
    """A headline and a sentence in which somebody is arrested, over whoever is named."""
    (tmp_path / "press.jsonl").write_text(json.dumps(_TREASURER) + "\n")
    sync_folders(archive, [tmp_path])
    said = {"detuvo": STATED, "denuncia": STATED, "abogado": STATED, "Detenido": STATED}
    said |= {"libertad": STATED}
    text = _TREASURER["text"]
    assert all(word in f"{_TREASURER['title']} {text}" for word in said)
    assert _checker(archive, said).check(claim).verdict == verdict


_PRESS = [
    _TREASURER,
    {
        "title": "Huelga de basura en Torrevella", "paper": "La Ría", "date": "2024-06-04",
        "text": "El alcalde, Vicent Soler, amenazó con traer brigadas de otra empresa. La concejala"
        " de Limpieza, Rosa Candel, presentó el viernes su dimisión.",
    },
    {
        "title": "Muere un ciclista en Casas del Olmo", "paper": "El Adaja", "date": "2024-09-10",
        "text": "El ciclista Bruno Lara, de 34 años, murió el sábado atropellado por una furgoneta"
        " en Casas del Olmo. El conductor, Damián Poveda, dio positivo y sigue en prisión. Un"
        " bombero de 29 años, Kevin Morales, sufrió quemaduras en los brazos.",
    },
]  # fmt: skip


@pytest.mark.skipif(not HAS_WEIGHTS, reason="the verifier's weights are not here")
@pytest.mark.parametrize(
    ("claim", "stated"),
    [
        ("Evaristo Llano fue detenido.", True),
        ("Evaristo Llano was arrested.", True),
        ("Consuelo Barba fue detenida.", False),
        ("Néstor Iriarte fue detenido.", False),
        ("Vicent Soler was arrested.", False),
        ("Rosa Candel dimitió.", True),
        ("Rosa Candel resigned.", True),
        ("Rosa Candel murió.", False),
        ("Bruno Lara died.", True),
        ("Damián Poveda murió.", False),
        ("Kevin Morales died.", False),
        ("Bruno Lara murió el 7 de septiembre.", True),
        ("Bruno Lara murió el 10 de septiembre.", False),
        ("Bruno Lara was killed on 8 September.", False),
    ],
)
def test_what_one_did_and_when_is_not_said_of_another(
    archive: Archive, tmp_path: Path, claim: str, stated: bool
) -> None:
    """Short claims on people who stand near what somebody did, by the verifier that is shipped."""
    lines = [json.dumps(record) for record in _PRESS]
    (tmp_path / "press.jsonl").write_text("\n".join(lines) + "\n")
    sync_folders(archive, [tmp_path])
    verifier = load_verifier(archive.encoder)
    assert (ClaimChecker(archive, lambda: verifier).check(claim).verdict == "stated") == stated
