"""How many tokens a text is for the user's model: a prompt has to fit what it reads at once."""

from math import ceil

from hemeroteca.rag.writer.server import ModelServer

# Of a server that does not count. Over paragraphs of XQuAD in twelve languages, GPT-4's tokens are
# not shorter than 1.86 bytes of UTF-8 on average, those of SmolLM2, which is made for English, than
# 1.38 (both Chinese).
_BYTES_PER_TOKEN = 1.3
_LEARNT = 0.9  # of the bytes that a token was in a text like it
_ENOUGH_TO_LEARN = 200  # tokens
FRAME_TOKENS = 8  # of the words that a chat puts around a message


class TokenCounter:
    """Counts as the server does, where it tells; else by what a token was in earlier prompts of
    like script, and before the first by a bound. Safe to use from several threads."""

    def __init__(self, server: ModelServer) -> None:
        self._server = server
        self._bytes_per_token: dict[int, float] = {}

    def count(self, text: str) -> int:
        """The tokens of `text`, or rather more."""
        counted = self._server.count(text)
        if counted is None:
            return self.estimate(text)
        self.learn(text, counted)
        return counted

    def estimate(self, text: str) -> int:
        """The same without asking."""
        learnt = self._bytes_per_token.get(_script(text), 0.0) * _LEARNT
        return ceil(len(text.encode()) / max(learnt, _BYTES_PER_TOKEN))

    def learn(self, text: str, tokens: int) -> None:
        """That `text` was so many `tokens`."""
        if tokens < _ENOUGH_TO_LEARN:
            return
        script, found = _script(text), len(text.encode()) / tokens
        self._bytes_per_token[script] = min(found, self._bytes_per_token.get(script, found))


def _script(text: str) -> int:
    """How much of a text is ASCII, in tenths: what languages of one script share."""
    return round(10 * sum(c.isascii() for c in text) / max(1, len(text)))
