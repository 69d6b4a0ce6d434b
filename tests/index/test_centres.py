"""The middle of each language's vectors, and likeness apart from the languages."""

import json
from pathlib import Path

import numpy as np
import pytest

from hemeroteca.index.stores.archive import Archive
from hemeroteca.index.stores.centres import Centres
from hemeroteca.index.sync import sync_folders
from tests.helpers import write


def test_a_centre_is_the_mean_and_the_less_of_others_the_more_passages() -> None:
    many, one = np.full((100, 2), (0.0, 1.0), np.float32), np.array([[1.0, 0.0]], np.float32)
    means = Centres.of({"es": many, "en": one}).means
    # 10 / 100 = .1 of the other's mean beside 100 passages; 10 / 1 = 10 beside one.
    assert means["es"] == pytest.approx((0.1 / 100.1, 100 / 100.1))
    assert means["en"] == pytest.approx((1 / 11, 10 / 11))


def test_centres_are_the_same_as_text() -> None:
    centres = Centres.of({"es": np.eye(3, dtype=np.float32), "zh": np.eye(3, dtype=np.float32)[:1]})
    again = Centres.load(centres.dump())
    assert list(again.means) == ["es", "zh"]
    for language, mean in centres.means.items():
        assert np.array_equal(again.means[language], mean.astype(np.float32))


def test_a_likeness_is_apart_from_the_languages() -> None:
    rng = np.random.default_rng(0)
    said = rng.normal(size=(50, 8))
    tongue = {"es": np.full(8, 3.0), "en": np.full(8, -3.0)}
    centres = Centres.of({name: said + direction for name, direction in tongue.items()})
    question = said[7] + tongue["es"]
    passages = np.stack([said[3] + tongue["es"], said[7] + tongue["en"]])
    assert question @ passages[0] > question @ passages[1]  # its language wins
    wrong, right = centres.likenesses(question, passages, ["es", "en"])
    assert right > wrong


def test_a_passage_that_is_all_of_its_language_has_a_likeness() -> None:
    rng = np.random.default_rng(1)
    vectors = {"es": rng.normal(size=(30, 8)), "en": rng.normal(size=(1, 8))}
    centres = Centres.of(vectors)
    found = centres.likenesses(vectors["en"][0], vectors["en"], ["en"])
    assert np.isfinite(found).all()
    same = Centres({"es": np.ones(4), "en": np.ones(4)})
    assert np.isfinite(same.likenesses(np.ones(4), np.ones((2, 4)), ["es", "en"])).all()


def test_the_centres_follow_the_archive(tmp_path: Path, archive: Archive) -> None:
    folder = tmp_path / "press"
    write(folder, "a", "El alcalde abrió ayer la feria del libro en la plaza mayor de la ciudad.")
    sync_folders(archive, [folder])
    assert archive.centres is None  # one language
    write(folder, "b", "The mayor opened the book fair yesterday in the main square of the city.")
    sync_folders(archive, [folder])
    assert archive.centres is not None
    assert set(archive.centres.means) == {"es", "en"}
    # As a version left it that knew of none; nothing is new.
    archive.catalog.set_meta("centres", None)
    assert sync_folders(archive, [folder]).embedded == 0
    assert archive.centres is not None
    (folder / "b.txt").unlink()
    sync_folders(archive, [folder])
    assert archive.centres is None


def test_centres_are_told_by_some_passages_of_many(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    texts = [f"El puerto número {n} de la costa movió ayer {n} buques de carga." for n in range(40)]
    path.write_text("\n".join(json.dumps({"id": n, "text": t}) for n, t in enumerate(texts)))
    sync_folders(archive, [path])
    for most in (1, 7, 40, 100):
        ids = archive.catalog.sample("es", most)
        assert len(ids) == len(set(ids))
        assert most / 2 <= len(ids) <= most or len(ids) == 40
    assert archive.catalog.sample("en", 5) == []
