"""The embedded model's tokenizer, holding of its quarter of a million pieces only those that some
texts can use.

The `tokenizers` library takes a second and 290 MB to build the whole vocabulary; a question needs
a few hundred pieces. How a text is split depends only on the pieces that are in it, so one with
fewer pieces splits it alike (tests/index/test_tokenizer.py)."""

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
import orjson
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from hemeroteca.index.errors import CheckpointError
from hemeroteca.index.text.sentences import Span

_WORDS_REMEMBERED = 50_000  # words repeat; this is about 20 MB


class LazyTokenizer:
    """The unigram tokenizer in the file `path`. Safe to use from several threads.

    Raises CheckpointError if the file holds none."""

    def __init__(self, path: Path) -> None:
        try:
            # 17 MB, which the standard library's reader takes three times as long for.
            written = orjson.loads(path.read_bytes())
            vocabulary = written["model"].pop("vocab")
            self._ids = {piece: n for n, (piece, _) in enumerate(vocabulary)}
            self._scores = np.array([score for _, score in vocabulary])
            # All the rest of the file, over as little of a vocabulary as it can be loaded with.
            special = [token["content"] for token in written["added_tokens"]]
            unknown = vocabulary[written["model"]["unk_id"]][0]
            # A piece that is unknown scores relative to the least of all, so that one must stay.
            least = vocabulary[int(self._scores.argmin())][0]
            self._always = list(dict.fromkeys([*special, unknown, least]))
            self._unknown = self._always.index(unknown)
            for token in written["added_tokens"]:
                token["id"] = self._always.index(token["content"])
            written["model"] |= {"vocab": self._scored(self._always), "unk_id": self._unknown}
            for token in written["post_processor"]["special_tokens"].values():
                token["ids"] = [self._always.index(content) for content in token["tokens"]]
            self._frame = Tokenizer.from_str(orjson.dumps(written).decode())
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CheckpointError(
                "cannot read the tokenizer {path} ({reason})", path=path, reason=repr(error)
            ) from error
        self._special = re.compile("|".join(map(re.escape, special)))
        self._longest = max(map(len, self._ids))
        self._pieces_of = lru_cache(_WORDS_REMEMBERED)(self._find)

    def score(self, piece: str) -> float:
        """The log probability of a piece of the vocabulary, -inf of any other."""
        return float(self._scores[self._ids[piece]]) if piece in self._ids else -math.inf

    def encode(
        self, texts: list[str], add_special_tokens: bool
    ) -> list[tuple[list[int], list[Span]]]:
        """The ids of every text's tokens, and the character span of each."""
        pieces = list(dict.fromkeys([*self._always, *self._pieces(texts)]))
        tokenizer = Tokenizer(Unigram(self._scored(pieces), self._unknown, byte_fallback=False))
        tokenizer.normalizer = self._frame.normalizer
        tokenizer.pre_tokenizer = self._frame.pre_tokenizer
        tokenizer.post_processor = self._frame.post_processor
        tokenizer.add_special_tokens(list(self._frame.get_added_tokens_decoder().values()))
        ids = [self._ids[piece] for piece in pieces]
        return [
            ([ids[n] for n in text.ids], text.offsets)
            for text in tokenizer.encode_batch(texts, add_special_tokens=add_special_tokens)
        ]

    def _pieces(self, texts: list[str]) -> Iterable[str]:
        """Every piece of the vocabulary that is part of a word of `texts`."""
        words: set[str] = set()
        for text in texts:
            for part in self._special.split(text):
                normal = self._frame.normalizer.normalize_str(part)
                words.update(word for word, _ in self._frame.pre_tokenizer.pre_tokenize_str(normal))
        for word in words:
            yield from self._pieces_of(word)

    def _find(self, word: str) -> list[str]:
        parts = (
            word[start:end]
            for start in range(len(word))
            for end in range(start + 1, min(start + self._longest, len(word)) + 1)
        )
        return list(dict.fromkeys(part for part in parts if part in self._ids))

    def _scored(self, pieces: list[str]) -> list[tuple[str, float]]:
        return [(piece, float(self._scores[self._ids[piece]])) for piece in pieces]
