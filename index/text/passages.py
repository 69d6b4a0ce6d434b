"""Articles to passages: sentence-aligned pieces that the encoder can take whole."""

from collections.abc import Callable

from llama_index.core.schema import Document, TextNode

from hemeroteca.index.text.sentences import Span, sentence_spans

# Tokens a passage may have: a few paragraphs of news, and what the reader was trained on.
MAX_PASSAGE_TOKENS = 256

TokenOffsets = Callable[[list[str]], list[list[Span]]]


def split_article(
    document: Document, token_offsets: TokenOffsets, max_tokens: int = MAX_PASSAGE_TOKENS
) -> list[TextNode]:
    """The passages of `document`, in order, without overlap and without leaving text out.

    Each is a run of whole sentences of at most `max_tokens` tokens, of about equal length within
    the article; only a sentence that is longer by itself is cut, at a token's beginning.
    `token_offsets` gives the tokens' character spans for each of some texts. The node's id is
    made of the article, the revision and the offsets, so the same text never has two ids.
    `document.text[start:end] == node.text`, with `start` and `end` in its metadata."""
    text, facts = document.text, document.metadata
    sentences = sentence_spans(text, facts["language"], facts["body"])
    units: list[tuple[Span, int]] = []  # span, tokens
    for span, offsets in zip(
        sentences, token_offsets([text[start:end] for start, end in sentences]), strict=True
    ):
        units.extend(_cut_long(span, offsets, max_tokens))
    return [_node(document, start, end) for start, end in _group(units, max_tokens)]


def _cut_long(span: Span, offsets: list[Span], max_tokens: int) -> list[tuple[Span, int]]:
    if len(offsets) <= max_tokens:
        return [(span, len(offsets))]
    starts = [span[0]] + [
        span[0] + offsets[i][0] for i in range(max_tokens, len(offsets), max_tokens)
    ]
    # A character may be several tokens, hence the set: a piece must hold at least one.
    starts = sorted(set(starts))
    ends = [*starts[1:], span[1]]
    return [((start, end), max_tokens) for start, end in zip(starts, ends, strict=True)]


def _group(units: list[tuple[Span, int]], max_tokens: int) -> list[Span]:
    """As few runs of units as `max_tokens` allows, the longest of them as short as possible."""
    fewest = len(_fill(units, max_tokens))
    low, high = max((tokens for _, tokens in units), default=0), max_tokens
    while low < high:
        middle = (low + high) // 2
        if len(_fill(units, middle)) > fewest:
            low = middle + 1
        else:
            high = middle
    return _fill(units, low)


def _fill(units: list[tuple[Span, int]], limit: int) -> list[Span]:
    spans: list[Span] = []
    used = 0
    for (start, end), tokens in units:
        if spans and used + tokens <= limit:
            spans[-1] = (spans[-1][0], end)
            used += tokens
        else:
            spans.append((start, end))
            used = tokens
    return spans


def _node(document: Document, start: int, end: int) -> TextNode:
    facts = document.metadata
    return passage_node(
        f"{facts['article']}@{facts['hash'][:12]}:{start}-{end}",
        document.text[start:end],
        start,
        end,
        {key: facts[key] for key in ("article", "title", "date", "day", "language", "source")},
    )


def passage_node(
    identity: str, text: str, start: int, end: int, article: dict[str, object]
) -> TextNode:
    """The one form in which passages travel through the program."""
    return TextNode(
        id_=identity,
        text=text,
        start_char_idx=start,
        end_char_idx=end,
        metadata={**article, "start": start, "end": end},
    )
