"""The embedded model's tokenizer against the same with its whole vocabulary."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from hemeroteca.index.encoder.e5 import E5
from hemeroteca.index.encoder.encoder import Encoder
from hemeroteca.index.encoder.tokenizer import LazyTokenizer
from hemeroteca.index.errors import CheckpointError


@pytest.fixture(scope="module")
def path(encoder: Encoder) -> Path:
    assert isinstance(encoder.model, E5)
    return encoder.model.folder / "tokenizer.json"


@pytest.fixture(scope="module")
def whole(path: Path) -> Tokenizer:
    return Tokenizer.from_file(str(path))


@pytest.fixture(scope="module")
def lazy(path: Path) -> LazyTokenizer:
    return LazyTokenizer(path)


@given(st.lists(st.text(max_size=60), max_size=4), st.booleans())
@example(["query: ¿Quién es José Ibáñez?", "El embajador   llegó\na Moscú.", "", " "], True)
@example(["王毅会见了大使。", "大統領は", "서울에서", "नई दिल्ली", "ﬁn ½ é"], True)
@example(["<s>hola", "a<mask>b", "</s> <unk><pad>", "▁▁a", "<s", "🙂‍↔️"], False)
def test_tokens_and_spans_are_those_of_the_whole_vocabulary(
    whole: Tokenizer, lazy: LazyTokenizer, texts: list[str], special: bool
) -> None:
    expected = whole.encode_batch(texts, add_special_tokens=special)
    assert lazy.encode(texts, add_special_tokens=special) == [(t.ids, t.offsets) for t in expected]


@pytest.mark.parametrize("content", [None, "", "{}", '{"model": {"vocab": []}}'])
def test_a_file_that_holds_no_tokenizer_is_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "tokenizer.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(CheckpointError, match=r"cannot read the tokenizer .*tokenizer\.json"):
        LazyTokenizer(path)
