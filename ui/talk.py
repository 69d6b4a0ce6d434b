"""The conversation as the page shows it: each question, and its answer or why there is none."""

from collections.abc import Sequence
from html import escape

from ui.messages import said
from ui.turn import Turn

EXAMPLES = (
    "Who met the Venezuelan ambassador?",
    "¿Cuándo se firmó el acuerdo de asociación estratégica?",
    "How long did the fighter jets fly in Venezuelan airspace?",
)


def talk_html(
    turns: Sequence[Turn],
    language: str,
    votes: Sequence[int] = (),
    waiting: str | None = None,
) -> str:
    """The turns, oldest first, and the question that is being answered, if one is; `votes` are
    those on the turns (1, -1, 0), none if empty."""
    shown = [_turn(at, turn, votes[at] if votes else 0, language) for at, turn in enumerate(turns)]
    if waiting is not None:
        thinking = escape(said(language, "thinking"))
        shown.append(f'{_question(waiting)}<div class="answer waiting">{thinking}</div>')
    inside = "".join(shown) or _welcome(language)
    label = escape(said(language, "conversation"))
    return f'<div class="talk" role="log" aria-live="polite" aria-label="{label}">{inside}</div>'


def _welcome(language: str) -> str:
    examples = "".join(
        f'<button type="button" data-event="example" data-text="{escape(text)}">'
        f"{escape(text)}</button>"
        for text in EXAMPLES
    )
    return (
        f'<div class="welcome"><p>{escape(said(language, "intro"))}</p>'
        f'<p class="hint">{escape(said(language, "examples"))}</p>{examples}</div>'
    )


def _question(text: str) -> str:
    return f'<p class="question">{escape(text)}</p>'


def _turn(at: int, turn: Turn, vote: int, language: str) -> str:
    tools = _tools(at, turn, vote, language)
    return _question(turn.question) + _period(turn) + _outcome(at, turn, tools, language)


def _period(turn: Turn) -> str:
    if turn.period == (None, None):
        return ""
    first, last = (escape(day or "…") for day in turn.period)
    return f'<p class="asked-of">{first} – {last}</p>'


def _outcome(at: int, turn: Turn, tools: str, language: str) -> str:
    if turn.answered is None:
        return f'<div class="answer failed" role="alert">{escape(turn.text)}</div>'
    if not turn.answered:
        mark = escape(said(language, "absent_mark"))
        first = escape(turn.text.split("\n\n")[0])
        return f'<div class="answer absent"><b class="badge">{mark}</b><p>{first}</p>{tools}</div>'
    return (
        f'<div class="answer found"><p class="short">{escape(turn.answer)} '
        f"{_markers(at, turn)}</p>{_quote(turn)}{tools}</div>"
    )


def _markers(at: int, turn: Turn) -> str:
    return "".join(
        f'<button type="button" class="marker" data-event="show" data-turn="{at}" '
        f'data-n="{citation.n}" aria-label="[{citation.n}] {escape(citation.title)}">'
        f"[{citation.n}]</button>"
        for citation in turn.evidence
    )


def _quote(turn: Turn) -> str:
    citation = turn.evidence[0]
    day = f", {escape(citation.date)}" if citation.date else ""
    return (
        f"<blockquote>{escape(citation.quote)}</blockquote>"
        f'<p class="said-by">{escape(citation.title)}{day}</p>'
    )


def _tools(at: int, turn: Turn, vote: int, language: str) -> str:
    """Copy, right and wrong; the vote that was given is pressed, and pressing it takes it back."""
    votes = "".join(
        f'<button type="button" data-event="judge" data-turn="{at}" '
        f'data-vote="{0 if vote == value else value}" '
        f'aria-pressed="{"true" if vote == value else "false"}">'
        f"{escape(said(language, name))}</button>"
        for name, value in (("good", 1), ("bad", -1))
    )
    copy = escape(said(language, "copy"))
    return (
        f'<p class="tools"><button type="button" data-copy="{escape(turn.text)}">{copy}</button>'
        f"{votes}</p>"
    )
