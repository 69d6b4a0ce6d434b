"""Questions that learn to find: which passages hold the answer, what words tell, what is lost."""

import random

import numpy as np
import pytest
import torch

from hemeroteca.index.article import Article
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.sync import sync_documents
from training.questions.average import moved
from training.questions.data import Passages, Sought
from training.questions.network import OWN_LAYERS, QuestionNetwork
from training.questions.train import Taught
from training.questions.words import Words

TEXTS = [
    "El alcalde de Lugo abrió el puente nuevo.",
    "La alcaldesa cerró la biblioteca vieja de Cádiz.",
    "The mayor opened the bridge of Lugo.",
]
LANGUAGES = ["es", "es", "en"]


def test_an_answer_is_held_by_the_passages_that_it_lies_in(encoder: Encoder) -> None:
    passages = Passages(encoder)
    text = " ".join(
        f"La frase número {n} habla del puerto de Vigo y de sus barcos." for n in range(60)
    )
    passages.add("a", "Otra cosa.", "Otra cosa.", "es")
    passages.add("b", text, "", "es")
    start = text.index("número 47")
    (held,) = passages.holding("b", (start, start + 9))
    assert "número 47" in passages.texts[held]
    assert passages.holding("b", (0, len(text))) == []
    assert passages.languages == ["es"] * len(passages.texts)


def test_words_are_met_as_the_retriever_meets_them(archive: Archive) -> None:
    sync_documents(
        archive,
        [
            Article(f"{n}", t, of, hash="0")
            for n, (t, of) in enumerate(zip(TEXTS, LANGUAGES, strict=True))
        ],
    )
    question = "¿Quién abrió el puente de Lugo?"
    ids = {
        passage.article: passage.id
        for n in range(3)
        for passage in archive.catalog.passages_of(f"{n}")
    }
    scores = archive.fulltext.score(question, ["en", "es"], list(ids.values()), "es")
    best = archive.fulltext.best_possible(question, ["en", "es"], "es")
    met = Words(TEXTS, LANGUAGES).met(question, "es")
    for n, language in enumerate(LANGUAGES):
        assert met[n] == pytest.approx(scores.get(ids[f"{n}"], 0) / best[language], abs=0.05)
    assert met[0] > met[1]


def test_the_loss_is_the_negative_log_share_of_what_holds_the_answer() -> None:
    taught = Taught.__new__(Taught)
    taught.languages = np.array(["es", "es", "en"])
    taught.apart = torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.9, 0.0]])
    taught.sought = [Sought("?", "es", [0, 2], "news", "train")]
    taught.words = Words(TEXTS, LANGUAGES)
    vectors = torch.tensor([[0.01, 0.0]])
    # At a temperature of .01 the scores are 1, 0 and .9.
    shares = torch.tensor([1.0, 0.0, 0.9]).exp()
    among_all = -float(((shares[0] + shares[2]) / shares.sum()).log())
    in_spanish = -float((shares[0] / shares[:2].sum()).log())
    seen = {round(float(taught.loss(vectors, [0], random.Random(n))), 4) for n in range(40)}
    assert {round(among_all, 4), round(in_spanish, 4), 0.0} <= seen


def test_what_is_learnt_is_gone_by_the_share_that_is_wished(encoder: Encoder) -> None:
    network = QuestionNetwork(encoder)
    begun = network.weights()
    assert len({name.split(".")[2] for name in begun}) == OWN_LAYERS
    np.testing.assert_allclose(
        network.encode(["¿Quién vino?"]).numpy(),
        encoder.encode_questions(["¿Quién vino?"]),
        atol=0.02,
    )
    one, three = ({name: weight + n for name, weight in begun.items()} for n in (1, 3))
    between = moved(begun, [(one, 0.25), (three, 0.5)])
    assert all(torch.allclose(between[name], weight + 1.75) for name, weight in begun.items())
