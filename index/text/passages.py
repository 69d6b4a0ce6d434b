"""Articles to passages: sentence-aligned pieces that the encoder can take whole."""

from collections.abc import Callable

from hemeroteca.index.article import Article, Passage
from hemeroteca.index.text.sentences import Span, sentence_spans

# Tokens a passage may have: a few paragraphs of news, and what the reader was trained on.
MAX_PASSAGE_TOKENS = 256

TokenOffsets = Callable[[list[str]], list[list[Span]]]


def split_article(
    article: Article, token_offsets: TokenOffsets, max_tokens: int = MAX_PASSAGE_TOKENS
) -> list[Passage]:
    """The passages of `article`, in order, without overlap and without leaving text out.

    Each is a run of whole sentences, the headline first, of at most `max_tokens` tokens, of about
    equal length within the article; only a sentence that is longer by itself is cut, at a token's
    beginning.
    `token_offsets` gives the tokens' character spans for each of some texts. The passage's id is
    made of the article, the revision and the offsets, so the same text never has two ids.
    `article.text[start:end] == passage.text`."""
    text = article.text
    sentences = sentence_spans(text, article.language, article.opening)
    units: list[tuple[Span, int]] = []  # span, tokens
    for span, offsets in zip(
        sentences, token_offsets([text[start:end] for start, end in sentences]), strict=True
    ):
        units.extend(_cut_long(span, offsets, max_tokens))
    return [passage_of(article, start, end) for start, end in _group(units, max_tokens)]


def passage_of(article: Article, start: int, end: int) -> Passage:
    """The passage that `article.text[start:end]` is."""
    return Passage(
        id=f"{article.id}@{article.hash[:12]}:{start}-{end}",
        article=article.id,
        text=article.text[start:end],
        start=start,
        end=end,
        title=article.title,
        date=article.date,
        language=article.language,
        source=article.source,
        publication=article.publication,
        headline=max(0, min(article.body, end) - start),
    )


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
